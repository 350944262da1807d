from standards.models.acknowledgements import AcknowledgedClause, Acknowledgement
from standards.models.clauses import Clause, ClauseVersion, ClauseVersionText
from standards.models.editions import Edition, EditionClause
from standards.models.enquiries import Enquiry, EnquiryReply, EnquiryText
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
    "Enquiry",
    "EnquiryReply",
    "EnquiryText",
    "StandardsPage",
    "drafted_codes",
]
