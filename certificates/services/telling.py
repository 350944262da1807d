"""Telling people that their certificate is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import Certificate
from outbox.contributions import NoticeKind, NoticeText
from outbox.services import tell
from people.selectors import zones_of_people


@transaction.atomic
def tell_of_certificate(*, certificate: Certificate, now: datetime) -> None:
    """Once a certificate."""
    tell(
        recipient=certificate.learner,
        kind=CERTIFICATE_READY.name,
        key=f"certificate:{certificate.pk}",
        context={"program": certificate.program_title, "expires_on": certificate.expires_on},
        url=certificate.get_absolute_url(),
        now=now,
        zone=zones_of_people([certificate.learner_id], now)[certificate.learner_id],
    )


def _ready(context: Mapping[str, Any]) -> NoticeText:
    title = _("Your certificate for “%(program)s” is ready") % context
    if not context["expires_on"]:
        return NoticeText(title)
    return NoticeText(title, _("It is valid until %(day)s.") % {"day": date_format(context["expires_on"], "j F Y")})


CERTIFICATE_READY = NoticeKind(
    "certificate_ready", gettext_lazy("Certificates that are ready"), _ready, is_optional=True
)
