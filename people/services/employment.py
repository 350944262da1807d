"""Coming to a place of work, and leaving it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from core.domain.batches import in_batches
from core.selectors import organisation_today
from people.models import Membership, TeamSupervision, User
from people.signals import placement_changed


class LeftBeforeFirstDay(Exception):
    """The last day of work would be before the first."""


def tell_placement_changed(*, user_ids: Iterable[int], now: datetime) -> None:
    """To be called in the transaction in which it changed."""
    if changed := set(user_ids):
        placement_changed.send(User, user_ids=changed, now=now)


@transaction.atomic
def end_employment(*, user: User, left_on: date, by: User | None, now: datetime) -> None:
    """left_on: the last day of work. Once it is over the account is switched off, which ends its sessions, and memberships and
    supervisions end with it: at once, or by `end_due_employments`. Raises LeftBeforeFirstDay.
    """
    User.objects.lock(user)
    user.refresh_from_db(fields=["employed_on"])
    if user.employed_on and left_on < user.employed_on:
        raise LeftBeforeFirstDay
    user.left_on = left_on
    user.save(update_fields=["left_on"])
    settle_employment(user_ids=[user.pk], now=now)
    user.refresh_from_db(fields=["is_active"])


@transaction.atomic
def settle_employment(*, user_ids: Collection[int], now: datetime) -> None:
    """Dates of employment or the switch of these accounts are others now: who has left is let go, and those above are told.

    Sessions of accounts that are off end for good: they don't come back to life with their person.
    """
    for some in in_batches(list(user_ids)):
        _let_go(User.objects.filter(pk__in=some, left_on__lt=organisation_today(now)).values_list("pk", flat=True))
        User.objects.filter(pk__in=some, is_active=False).update(sessions_ended=F("sessions_ended") + 1)
    tell_placement_changed(user_ids=user_ids, now=now)


@transaction.atomic
def end_due_employments(*, now: datetime) -> int:
    """Let those go whose last day is over; how many."""
    gone = User.objects.filter(is_active=True, left_on__lt=organisation_today(now))
    ids = list(gone.select_for_update(no_key=True).values_list("pk", flat=True))
    settle_employment(user_ids=ids, now=now)
    return len(ids)


def _let_go(user_ids: Iterable[int]) -> None:
    left = list(user_ids)
    User.objects.filter(pk__in=left).update(is_active=False)
    last_day = Subquery(User.objects.filter(pk=OuterRef("user_id")).values("left_on"))
    for dated in (Membership.objects, TeamSupervision.objects):
        theirs = dated.filter(user__in=left)
        theirs.filter(starts_on__gt=F("user__left_on")).delete()
        theirs.filter(Q(ends_on=None) | Q(ends_on__gt=F("user__left_on"))).update(ends_on=last_day)
