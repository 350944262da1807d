"""Where people worked on a day: one place each, the newest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from people.models import Membership, User
from training.models.organisation import NONE
from training.selectors.status import among


class Place(NamedTuple):
    """Ids."""

    branch: int
    team: int
    job_role: int


NOWHERE = Place(NONE, NONE, NONE)


def placing_unscoped(day: date) -> QuerySet[Membership]:
    """Of each person the newest membership that holds on this day."""
    return Membership.objects.on(day).exclude(Exists(_newer(day, "user", "starts_on", "pk")))


def placed_unscoped(rows: QuerySet[Any], person: str, day: date) -> QuerySet[Any]:
    """Those rows whose person is in a team on this day, each joined with that one membership. person: the field of them.

    Said of the join itself: to look the memberships up first would double the work of a database.
    """
    path = f"{person}__memberships"
    holds = Q(**{f"{path}__ends_on__isnull": True}) | Q(**{f"{path}__ends_on__gte": day})
    joined = rows.filter(holds, **{f"{path}__starts_on__lte": day})
    joined = joined.annotate(membership=F(f"{path}__pk"), placed_on=F(f"{path}__starts_on"))
    return joined.filter(~Exists(_newer(day, person, "placed_on", "membership")))


def _newer(day: date, person: str, starts_on: str, pk: str) -> QuerySet[Membership]:
    """Memberships of the same person that hold on this day and are newer. The last three: the columns of the outer row."""
    return Membership.objects.on(day).filter(
        Q(starts_on__gt=OuterRef(starts_on)) | Q(starts_on=OuterRef(starts_on), pk__gt=OuterRef(pk)),
        user=OuterRef(person),
    )


def places_unscoped(learners: Collection[int], day: date) -> dict[int, Place]:
    """By id, of those of these people who worked on this day, now over: where.

    Who has left since counts by a membership that ended. An account that is off without one tells no day: it is nobody's.
    """
    active = User.objects.active().filter(among("pk", learners)).values_list("pk", flat=True)
    rows = (
        Membership.objects.on(day)
        .filter(among("user", learners), Q(user__is_active=True) | Q(ends_on__isnull=False))
        .order_by("starts_on", "pk")
        .values_list("user", "team__branch", "team", "job_role")
    )
    return dict.fromkeys(active, NOWHERE) | {user: Place(*place) for user, *place in rows}
