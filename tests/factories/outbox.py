"""Kinds of notice that only tests know, and people who were told something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from outbox.contributions import NoticeKind, NoticeText, register_notice_kind
from outbox.models import Mail, Notice
from outbox.selectors import unsubscribe_token
from outbox.services import tell
from people.models import User
from tests.factories.people import NOW

KUALA_LUMPUR = ZoneInfo("Asia/Kuala_Lumpur")
DUE, TIP, ALARM, QUIET = "test_due", "test_tip", "test_alarm", "test_quiet"


def said(context: Mapping[str, Any]) -> NoticeText:
    return NoticeText(context.get("title", "Read this"), context.get("body", ""), tuple(context.get("lines", ())))


def register_kinds() -> None:
    register_notice_kind(NoticeKind(DUE, "Due", said))
    register_notice_kind(NoticeKind(TIP, "Tips", said, is_optional=True))
    register_notice_kind(NoticeKind(ALARM, "Alarms", said, is_urgent=True))
    register_notice_kind(NoticeKind(QUIET, "For the bell", said, mail=False))


def notify(
    person: User, key: str = "one", *, kind: str = DUE, now: datetime = NOW, url: str = "/my/", **context: Any
) -> Notice:
    register_kinds()
    tell(recipient=person, kind=kind, key=key, context=context, url=url, now=now, zone=KUALA_LUMPUR)
    return Notice.objects.get(recipient=person, key=key)


def told(person: User) -> dict[str, Any]:
    """For the access test: a notice, a mail that was given up, and the link that stops such mails."""
    notice = notify(person, kind=TIP)
    notice.mail = Mail.objects.create(recipient=person, created_at=NOW, tries=7, error="SMTPRecipientsRefused")
    notice.save()
    return {"notice": notice, "mail": notice.mail, "unsubscribe_token": unsubscribe_token(person, [TIP])}
