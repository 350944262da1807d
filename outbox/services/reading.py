"""What a person has read, and which mails they do without."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from outbox.models import Notice, NoticePreference
from outbox.selectors import choices_for_person, notices_for_person


def mark_read(*, notice: Notice, now: datetime) -> None:
    """The first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now)


def mark_all_read(*, person: Any, until: datetime, now: datetime) -> None:
    """What they had been told by then; what came after the page was made stays new."""
    notices_for_person(person).filter(read_at=None, created_at__lte=until).update(read_at=now)


@transaction.atomic
def choose_mails(*, person: Any, wanted: Collection[str], by: Any, now: datetime) -> None:
    """Of the mails that this person may choose among: these, and no others."""
    offered = [choice.kind for choice in choices_for_person(person)]
    NoticePreference.objects.filter(user=person, kind__in=set(offered) & set(wanted)).delete()
    stop_mails(person=person, kinds=[kind for kind in offered if kind not in wanted], by=by, now=now)


def stop_mails(*, person: Any, kinds: Collection[str], by: Any, now: datetime) -> None:
    """No more mails of these kinds. Twice is once; what is in no mail yet comes into none."""
    rows = [NoticePreference(user=person, kind=kind) for kind in kinds]
    NoticePreference.objects.bulk_create(rows, ignore_conflicts=True)
