from standards.models.acknowledgements import AcknowledgedClause, Acknowledgement
from standards.models.approvals import NotApproved, SecondPersonTask, SecondPersonTaskState
from standards.models.citations import CitationCheck
from standards.models.clauses import Clause, ClauseVersion, ClauseVersionText
from standards.models.editions import Edition, EditionClause
from standards.models.enquiries import Enquiry, EnquiryReply, EnquiryText
from standards.models.pages import ChapterKept, ChapterPage, StandardsPage, drafted_codes
from standards.models.prints import CharterFile, EditionFile
from standards.models.reviews import ClauseReview, ClauseReviewNote
from standards.models.written import ClauseTag, ClauseText

__all__ = [
    "AcknowledgedClause",
    "Acknowledgement",
    "ChapterKept",
    "ChapterPage",
    "CharterFile",
    "CitationCheck",
    "Clause",
    "ClauseReview",
    "ClauseReviewNote",
    "ClauseTag",
    "ClauseText",
    "ClauseVersion",
    "ClauseVersionText",
    "Edition",
    "EditionClause",
    "EditionFile",
    "Enquiry",
    "EnquiryReply",
    "EnquiryText",
    "NotApproved",
    "SecondPersonTask",
    "SecondPersonTaskState",
    "StandardsPage",
    "drafted_codes",
]
