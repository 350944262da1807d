from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.contributions import register_due_work
from outbox.contributions import register_notice_kind
from people.contributions import PersonalData, register_personal_data

DRAFTED = (
    "title",
    "statement",
    "why",
    "looks_like",
    "is_not",
    "you_decide",
    "beyond_that",
    "indicator_target",
    "indicator_measure",
    "indicator_method",
    "pitfalls",
    "source_sha256",
    "change_kind",
)
"""The words of a clause that may not be published yet: no export of somebody's data tells them."""


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
            PersonalData("standards.ClauseText", ("owner",), hidden=DRAFTED, words=_("Clauses owned")),
            PersonalData(
                "standards.ClauseVersion", ("published_by", "approved_by"), is_fact=True, words=_("Work on content")
            ),
            PersonalData("standards.ClauseVersionAuthor", ("user",), is_fact=True, words=_("Work on content")),
            PersonalData("standards.Edition", ("published_by",), is_fact=True, words=_("Work on content")),
            PersonalData("standards.Acknowledgement", ("learner",), is_fact=True, words=_("Chapters signed")),
            PersonalData(
                "standards.AcknowledgedClause",
                ("acknowledgement__learner",),
                is_fact=True,
                shown=("version__clause__code", "version__number"),
                words=_("Clauses signed"),
            ),
            PersonalData("standards.ClauseReview", ("reviewed_by",), is_fact=True, words=_("Clauses looked through")),
            PersonalData(
                "standards.ClauseReviewNote",
                ("review__reviewed_by",),
                ("text",),
                mentions=("text",),
                words=_("Clauses looked through"),
            ),
            PersonalData("standards.Enquiry", ("asker",), is_fact=True, words=_("Questions and suggestions")),
            PersonalData(
                "standards.EnquiryText",
                ("enquiry__asker",),
                ("text",),
                mentions=("text",),
                words=_("Questions and suggestions"),
            ),
            PersonalData(
                "standards.EnquiryReply",
                ("replied_by", "enquiry__asker"),
                is_fact=True,
                mentions=("text",),
                words=_("Answers to questions"),
            ),
            PersonalData("standards.CitationCheck", ("checked_by",), is_fact=True, words=_("Work on content")),
            PersonalData("wagtail_localize.StringTranslation", ("last_translated_by",)),
            PersonalData("wagtail_localize.SegmentOverride", ("last_translated_by",)),
        )
