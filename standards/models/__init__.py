from standards.models.acknowledgements import AcknowledgedClause, Acknowledgement
from standards.models.approvals import NotApproved, SecondPersonTask, SecondPersonTaskState
from standards.models.clauses import Clause, ClauseVersion, ClauseVersionText
from standards.models.editions import Edition, EditionClause
from standards.models.pages import ChapterPage, ClauseText, StandardsPage, drafted_codes

__all__ = [
    "AcknowledgedClause",
    "Acknowledgement",
    "ChapterPage",
    "Clause",
    "ClauseText",
    "ClauseVersion",
    "ClauseVersionText",
    "Edition",
    "EditionClause",
    "NotApproved",
    "SecondPersonTask",
    "SecondPersonTaskState",
    "StandardsPage",
    "drafted_codes",
]
