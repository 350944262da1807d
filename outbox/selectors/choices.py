"""Which mails a person may do without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from outbox.contributions import notice_kinds, optional_kinds
from outbox.models import Notice, NoticePreference


@dataclass(frozen=True)
class MailChoice:
    """An optional kind of mail. is_wanted: whether it is sent."""

    kind: str
    label: str
    is_wanted: bool


def choices_for_person(viewer: Any) -> list[MailChoice]:
    """The optional kinds of which this person was told something, or that they once refused, by label.

    What somebody never gets (a supervisor's digest, a clause's owner's reminder) would only puzzle them.
    """
    refused = {kind for _, kind in NoticePreference.objects.of([viewer])}
    told = Notice.objects.filter(recipient=viewer, kind__in=optional_kinds()).order_by()
    offered = (refused | set(told.values_list("kind", flat=True).distinct())) & optional_kinds()
    choices = [MailChoice(kind, str(notice_kinds()[kind].label), kind not in refused) for kind in offered]
    return sorted(choices, key=lambda choice: choice.label)
