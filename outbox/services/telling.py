"""Telling somebody something: only a row is written. What is in it is for the bell at once, and for the next mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.selectors import organisation
from outbox.contributions import NoticeKind, notice_kinds
from outbox.domain.quiet import QuietHours, first_moment_to_tell
from outbox.models import Notice

ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class Message:
    """What to tell one person. recipient: their id; key, context, url: see Notice; zone: of the branch where they work."""

    recipient: int
    key: str
    context: Mapping[str, Any]
    url: str
    zone: ZoneInfo


def tell(
    *, recipient: Any, kind: str, key: str, context: Mapping[str, Any], url: str, now: datetime, zone: ZoneInfo
) -> None:
    """Tell one person something, once: what they were told under this key is neither told again nor changed."""
    tell_many(kind=kind, messages=[Message(recipient.pk, key, context, url, zone)], now=now)


def tell_many(*, kind: str, messages: Iterable[Message], now: datetime) -> None:
    """Tell many people something of one kind; each only what they weren't told yet. A query for the quiet hours, one a thousand messages.

    Raises KeyError for a kind that nobody registered, ValueError for an address that isn't a path on this site.
    """
    # In one order, or two who tell the same many could wait for each other.
    known, to_tell = notice_kinds()[kind], sorted(messages, key=lambda message: (message.recipient, message.key))
    if not to_tell:
        return
    quiet = None if known.is_urgent else _quiet_hours()
    rows = [_notice(known, message, quiet, now) for message in to_tell]
    Notice.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)


def _notice(kind: NoticeKind, message: Message, quiet: QuietHours | None, now: datetime) -> Notice:
    if not message.url.startswith("/") or message.url.startswith("//"):
        raise ValueError(f"“{message.url}” is not a path on this site.")
    return Notice(
        recipient_id=message.recipient,
        kind=kind.name,
        key=message.key,
        context=dict(message.context),
        url=message.url,
        created_at=now,
        is_in_bell=kind.bell,
        send_after=first_moment_to_tell(now, message.zone, quiet) if kind.mail else None,
    )


def _quiet_hours() -> QuietHours | None:
    own = organisation()
    if own.quiet_from is None or own.quiet_until is None:
        return None
    return QuietHours(own.quiet_from, own.quiet_until)
