from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.contributions import register_due_work
from outbox.contributions import register_notice_kind
from people.contributions import PersonalData, register_personal_data


class StandardsConfig(AppConfig):
    name = "standards"
    verbose_name = _("Standards")

    def ready(self) -> None:
        from standards import receivers  # noqa: F401  (connects them)
        from standards.contributions import register_document_advice
        from standards.selectors.charter import charter_advice
        from standards.services.approving import APPROVAL_ASKED
        from standards.services.charter import print_due_charter
        from standards.services.printing import print_due_editions
        from standards.services.reviews import REVIEW_DUE, tell_of_due_reviews

        register_document_advice(charter_advice)
        register_notice_kind(APPROVAL_ASKED)
        register_notice_kind(REVIEW_DUE)
        register_due_work("Reviews asked for", tell_of_due_reviews)
        register_due_work("Editions set as PDF", print_due_editions)
        register_due_work("Customer charter set as PDF", print_due_charter)
        register_personal_data(
            PersonalData("standards.ClauseText", ("owner",)),
            PersonalData("standards.ClauseVersion", ("published_by", "approved_by"), is_fact=True),
            PersonalData("standards.ClauseVersionAuthor", ("user",), is_fact=True),
            PersonalData("standards.Edition", ("published_by",), is_fact=True),
            PersonalData("standards.Acknowledgement", ("learner",), is_fact=True),
            PersonalData("standards.ClauseReview", ("reviewed_by",), is_fact=True),
            PersonalData("standards.ClauseReviewNote", ("review__reviewed_by",), ("text",)),
            PersonalData("standards.Enquiry", ("asker",), is_fact=True),
            PersonalData("standards.EnquiryText", ("enquiry__asker",), ("text",)),
            PersonalData("standards.EnquiryReply", ("replied_by",), is_fact=True),
            PersonalData("standards.CitationCheck", ("checked_by",), is_fact=True),
            PersonalData("wagtail_localize.StringTranslation", ("last_translated_by",)),
            PersonalData("wagtail_localize.SegmentOverride", ("last_translated_by",)),
        )
