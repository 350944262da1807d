from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.contributions import register_due_work
from people.contributions import PersonalData, register_personal_data


class StandardsConfig(AppConfig):
    name = "standards"
    verbose_name = _("Standards")

    def ready(self) -> None:
        from standards import receivers  # noqa: F401  (connects them)
        from standards.services.reviews import send_review_reminders

        register_due_work("Review reminders sent", send_review_reminders)

        register_personal_data(
            PersonalData("standards.ClauseText", ("owner",)),
            PersonalData("standards.ClauseVersion", ("published_by", "approved_by"), is_fact=True),
            PersonalData("standards.ClauseVersionAuthor", ("user",), is_fact=True),
            PersonalData("standards.Edition", ("published_by",), is_fact=True),
            PersonalData("standards.Acknowledgement", ("learner",), is_fact=True),
            PersonalData("standards.ClauseReview", ("reviewed_by",), is_fact=True),
            PersonalData("standards.ClauseReviewNote", ("review__reviewed_by",), ("text",)),
            PersonalData("standards.ReviewReminder", ("owner",)),
            PersonalData("standards.Enquiry", ("asker",), is_fact=True),
            PersonalData("standards.EnquiryText", ("enquiry__asker",), ("text",)),
            PersonalData("standards.EnquiryReply", ("replied_by",), is_fact=True),
        )
