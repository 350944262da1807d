from standards.models.acknowledgements import AcknowledgedClause, Acknowledgement
from standards.models.citations import CitationCheck
from standards.models.clauses import Clause, ClauseVersion, ClauseVersionText
from standards.models.editions import Edition, EditionClause
from standards.models.pages import ChapterKept, ChapterPage, ClauseText, StandardsPage, drafted_codes

__all__ = [
    "AcknowledgedClause",
    "Acknowledgement",
    "ChapterKept",
    "ChapterPage",
    "CitationCheck",
    "Clause",
    "ClauseText",
    "ClauseVersion",
    "ClauseVersionText",
    "Edition",
    "EditionClause",
    "StandardsPage",
    "drafted_codes",
]
