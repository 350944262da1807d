"""Chainable reads on people; `for_viewer` is the one scope that says whom a person may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, Self

from django.apps import apps
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable

from people.enums import Role

WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 960))
"""Between the tries of mailing an invitation; after the last it is for the administrators to look."""


class DatedQuerySet(models.QuerySet):
    def on(self, day: date | Combinable) -> Self:
        """Rows that hold on this day, first and last day included."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def overlapping(self, starts_on: date, ends_on: date | None) -> Self:
        """Rows that hold on any of these days; without an end, on any from the first on."""
        rows = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
        return rows if ends_on is None else rows.filter(starts_on__lte=ends_on)


class TeamQuerySet(models.QuerySet):
    def supervised_by(self, user: Any, day: date) -> list[Any]:
        """Teams that this person supervises on this day, sub-teams included, with their branches.

        The tree is small: it is walked in memory, and takes one query.
        """
        own = user.supervisions.on(day).filter(team=OuterRef("pk"))
        teams: list[Any] = list(self.select_related("branch").annotate(is_own=Exists(own)))
        found = with_subteams([team.pk for team in teams if team.is_own], [(team.pk, team.parent_id) for team in teams])
        return [team for team in teams if team.pk in found]

    def with_subteams(self, *teams: int) -> set[int]:
        """Ids of these teams and all below them. One query."""
        return with_subteams(teams, self.values_list("pk", "parent"))


def with_subteams(teams: Iterable[int], tree: Iterable[tuple[int, int | None]]) -> set[int]:
    """These teams and all below them. tree: each team with the one that it is part of."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for team, parent in tree:
        children[parent].append(team)
    found, waiting = set(), list(teams)
    while waiting:
        team = waiting.pop()
        if team not in found:
            found.add(team)
            waiting.extend(children[team])
    return found


class InvitationQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Asked for, and not sent yet."""
        return self.filter(requested_at__isnull=False, sent_at=None, accepted_at=None)

    def due(self, now: datetime) -> Self:
        """Those to be mailed now: never tried, or tried some times and long enough ago."""
        untried = Q(tries=0)
        again = (Q(tries=tries, tried_at__lte=now - wait) for tries, wait in enumerate(WAITS, start=1))
        return self.waiting().filter(reduce(or_, again, untried), expires_at__gt=now, user__is_active=True)


class UserQuerySet(models.QuerySet):
    def never_signed_in(self) -> Self:
        """Active accounts that nobody has used yet, and whose person has no password."""
        return self.active().filter(last_login=None, password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def active(self) -> Self:
        return self.filter(is_active=True)

    def administrators(self) -> Self:
        """Active members of the group, and superusers."""
        members = apps.get_model("auth.Group").objects.filter(name=Role.ADMINISTRATOR, user=OuterRef("pk"))
        return self.active().filter(Q(is_superuser=True) | Exists(members))

    def lock(self, person: Any) -> None:
        """Hold this person's row until the transaction ends, so that two tabs come one after the other.

        Rows that point to the person may be written meanwhile.
        """
        self.select_for_update(no_key=True).get(pk=person.pk)

    def lock_all(self, people: Collection[int]) -> list[Any]:
        """The same for many, by id: always in the same order, so that two transactions never wait for each other."""
        return list(self.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))

    def with_second_factor(self) -> Self:
        """Each with `has_second_factor`: whether they have set up codes besides the password."""
        codes = apps.get_model("mfa.Authenticator").objects.filter(user=OuterRef("pk"), type="totp")
        return self.annotate(has_second_factor=Exists(codes))

    def for_viewer(self, viewer: Any, *, day: date) -> Self:
        """Whom `viewer` may see: an administrator everybody, a supervisor the teams supervised today, everyone themselves."""
        if viewer.has_perm("people.view_all_people"):
            return self
        teams = apps.get_model("people.Team").objects.supervised_by(viewer, day)
        memberships = apps.get_model("people.Membership").objects.on(day)
        return self.filter(Q(pk=viewer.pk) | Exists(memberships.filter(user=OuterRef("pk"), team__in=teams)))
