from standards.models.acknowledgements import AcknowledgedClause, Acknowledgement
from standards.models.clauses import Clause, ClauseVersion, ClauseVersionText
from standards.models.editions import Edition, EditionClause
from standards.models.pages import ChapterPage, ClauseText, StandardsPage, drafted_codes
from standards.models.prints import CharterFile, EditionFile

__all__ = [
    "AcknowledgedClause",
    "Acknowledgement",
    "ChapterPage",
    "CharterFile",
    "Clause",
    "ClauseText",
    "ClauseVersion",
    "ClauseVersionText",
    "Edition",
    "EditionClause",
    "EditionFile",
    "StandardsPage",
    "drafted_codes",
]
