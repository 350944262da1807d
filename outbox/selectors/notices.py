"""Notices: one's own, what was told, and all of them for administrators."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from outbox.contributions import notice_kinds
from outbox.models import Mail, Notice


def notices_for_person(viewer: Any) -> QuerySet[Notice]:
    """What stands in this person's bell, the newest first."""
    return Notice.objects.in_bell().filter(recipient=viewer)


def notice_for_person(viewer: Any, public_id: UUID) -> Notice | None:
    return notices_for_person(viewer).filter(public_id=public_id).first()


def unread_count(person: str = "pk") -> Coalesce:
    """How many notices somebody hasn't read, as a column of a query on people: it costs no query of its own.

    person: where that query has the person's id.
    """
    unread = Notice.objects.unread().filter(recipient=OuterRef(person)).order_by().values("recipient")
    return Coalesce(Subquery(unread.annotate(count=Count("*")).values("count")), 0)


def told_unscoped(keys: Iterable[str]) -> set[tuple[int, str]]:
    """(person, key) of what was told already, of these keys."""
    return set(Notice.objects.filter(key__in=list(keys)).values_list("recipient_id", "key"))


def notices_for_report() -> QuerySet[Notice]:
    """For who may see the whole outbox: the newest first, with person and mail."""
    return Notice.objects.filter(kind__in=notice_kinds()).select_related("recipient", "mail")


def mails_for_report() -> QuerySet[Mail]:
    """For who may see the whole outbox."""
    return Mail.objects.all()
