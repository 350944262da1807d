from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from people.contributions import PersonalData, register_personal_data


class StandardsConfig(AppConfig):
    name = "standards"
    verbose_name = _("Standards")

    def ready(self) -> None:
        from standards import receivers  # noqa: F401  (connects them)

        register_personal_data(
            PersonalData("standards.ClauseText", ("owner",)),
            PersonalData("standards.ClauseVersion", ("published_by", "approved_by"), is_fact=True),
            PersonalData("standards.ClauseVersionAuthor", ("user",), is_fact=True),
            PersonalData("standards.Edition", ("published_by",), is_fact=True),
            PersonalData("standards.Acknowledgement", ("learner",), is_fact=True),
            PersonalData("wagtail_localize.StringTranslation", ("last_translated_by",)),
            PersonalData("wagtail_localize.SegmentOverride", ("last_translated_by",)),
        )
