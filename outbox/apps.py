from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "outbox"
    verbose_name = _("Outbox")

    def ready(self) -> None:
        from core.contributions import register_due_work
        from outbox.services import send_due_mail

        register_due_work("Mails sent", send_due_mail)
