"""A mail as it goes out: HTML and text, in its reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from core.selectors import base_address, organisation, organisation_zone
from outbox.contributions import NoticeText, optional_kinds
from outbox.models import Mail
from outbox.selectors import unsubscribe_token


@dataclass(frozen=True)
class Part:
    """One notice of a mail. address: complete, with the site's own."""

    text: NoticeText
    address: str


def composed(*, mail: Mail, connection: Any = None) -> EmailMultiAlternatives:
    """The whole mail, told in the language of whoever gets it; times are the organisation's."""
    language = mail.recipient.language
    spoken = language if language in settings.INTERFACE_LANGUAGES else settings.LANGUAGE_CODE
    with override(spoken), timezone.override(organisation_zone()):
        return _composed(mail, spoken, connection)


def _composed(mail: Mail, language: str, connection: Any) -> EmailMultiAlternatives:
    base, notices = base_address(), mail.notices.order_by("created_at", "pk")
    parts = [Part(notice.text, base + notice.url) for notice in notices]
    optional = sorted({notice.kind for notice in notices} & optional_kinds())
    stop = _stop_address(mail, optional, base) if optional else ""
    subject = _subject(parts)
    context: dict[str, Any] = {
        "language": language,
        "called": mail.recipient.get_short_name(),
        "organisation": organisation().name,
        "parts": parts,
        "subject": subject,
        "settings_address": base + reverse("notice_settings"),
        "stop_address": stop,
    }
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("outbox/mail.txt", context),
        to=[mail.recipient.email],
        headers=_headers(mail, stop, base),
        connection=connection,
    )
    message.attach_alternative(render_to_string("outbox/mail.html", context), "text/html")
    return message


def _subject(parts: Sequence[Part]) -> str:
    """One line, whatever stands in a title."""
    title = " ".join(parts[0].text.title.split())
    if not (more := len(parts) - 1):
        return title
    return ngettext("%(title)s, and %(count)s more", "%(title)s, and %(count)s more", more) % {
        "title": title,
        "count": more,
    }


def _headers(mail: Mail, stop: str, base: str) -> dict[str, str]:
    """The same Message-ID at each try. RFC 3834: nobody's machine answers it; RFC 8058: mail programs offer to stop it."""
    headers = {
        "Message-ID": f"<{mail.public_id}@{urlsplit(base).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def _stop_address(mail: Mail, kinds: list[str], base: str) -> str:
    return base + reverse("notice_unsubscribe", args=[unsubscribe_token(mail.recipient, kinds)])
