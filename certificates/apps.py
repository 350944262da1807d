from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.contributions import register_due_work
from outbox.contributions import register_notice_kind
from people.contributions import PersonalData, register_personal_data
from standards.contributions import register_clause_counts


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        from certificates import receivers  # noqa: F401  (connects them)
        from certificates.selectors import clause_counts
        from certificates.services import CERTIFICATE_READY, render_due_certificates

        register_notice_kind(CERTIFICATE_READY)
        register_clause_counts(clause_counts)
        register_due_work("Certificates set as PDF", render_due_certificates)

        register_personal_data(
            PersonalData("certificates.Certificate", ("learner",), is_fact=True, words=_("Certificates")),
            PersonalData("certificates.CertificateHolder", ("certificate__learner",), ("name",), names=("name",)),
            PersonalData("certificates.CertificateFile", ("certificate__learner",), ("file",)),
        )
