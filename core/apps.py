from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from core import checks  # noqa: F401  (registers them)
        from core.contributions import register_due_work
        from core.services import publish_scheduled

        register_due_work("Pages published as scheduled", publish_scheduled)
