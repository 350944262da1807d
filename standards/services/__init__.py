"""Every write of the standards, a file for each subject."""

from standards.services.approving import decide_on_chapter, require_second_person
from standards.services.citations import record_citation_check
from standards.services.enquiries import (
    AnsweredMeanwhile,
    ClauseNotInForce,
    TooManyOpen,
    ask_at_clause,
    reply_to_enquiry,
)
from standards.services.importing import Imported, NoDocument, import_document
from standards.services.moving import NotMovable, move_clause
from standards.services.publishing import CodeTaken, publish_chapters, record_publication, record_text
from standards.services.signing import NothingToSign, StandardsChanged, acknowledge_chapter

__all__ = [
    "AnsweredMeanwhile",
    "ClauseNotInForce",
    "CodeTaken",
    "Imported",
    "NoDocument",
    "NotMovable",
    "NothingToSign",
    "StandardsChanged",
    "TooManyOpen",
    "acknowledge_chapter",
    "ask_at_clause",
    "decide_on_chapter",
    "import_document",
    "move_clause",
    "publish_chapters",
    "record_citation_check",
    "record_publication",
    "record_text",
    "reply_to_enquiry",
    "require_second_person",
]
