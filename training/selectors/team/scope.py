"""Whom a supervisor's list is about, as queries: a company is never read for a page of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from core.selectors import organisation_today
from people.models import Membership, Team, User
from people.selectors import local_today, teams_for_supervisor
from training.models.status import ProgramStatus


@dataclass(frozen=True)
class TeamScope:
    """teams: all that the viewer supervises today, sub-teams included; chosen: those that were asked for.

    there: the memberships of active people in these today, which may be several of one person. today: the organisation's;
    days: the local day of each chosen team.
    """

    today: date
    teams: list[Team]
    chosen: list[Team]
    days: dict[date, list[Team]]
    there: QuerySet[Membership]

    @cached_property
    def memberships(self) -> QuerySet[Membership]:
        """Of each person the newest, which says where they work."""
        # By a sum, or SQLite would look each of a hundred teams up for each person: by person there are one or two.
        ids = [team.pk for team in self.chosen]
        others = Membership.objects.on(self.today).alias(place=F("team") + 0).filter(place__in=ids)
        later = Q(starts_on__gt=OuterRef("starts_on")) | Q(starts_on=OuterRef("starts_on"), pk__gt=OuterRef("pk"))
        return self.there.filter(~Exists(others.filter(later, user=OuterRef("user"))))

    @cached_property
    def people(self) -> QuerySet[Any]:
        """Their ids."""
        return self.there.values("user")

    @cached_property
    def statuses(self) -> QuerySet[Any]:
        """Every status of these people, with its rank on their own day."""
        return ProgramStatus.objects.filter(learner__in=self.people).with_rank(self.day_of("learner"))

    def day_of(self, person: str) -> date | Combinable:
        """The day that it is where somebody works; person: how to get to them from the row. One day for all, most of the time."""
        others = sorted(self.days, key=lambda day: len(self.days[day]))
        if not others:
            return self.today
        most = others.pop()
        if not others:
            return most
        where = {day: self.memberships.filter(team__in=self.days[day]).values("user") for day in others}
        whens = [When(**{f"{person}__in": people}, then=Value(day)) for day, people in where.items()]
        return Case(*whens, default=Value(most))


def team_scope_for_supervisor(
    viewer: User, now: datetime, *, team_id: int | None = None, branch_id: int | None = None, name: str = ""
) -> TeamScope:
    """The people of the teams supervised today, sub-teams included, narrowed as asked."""
    teams = teams_for_supervisor(viewer, now)
    chosen = [team for team in teams if team_id in (None, team.pk) and branch_id in (None, team.branch_id)]
    today = organisation_today(now)
    days = defaultdict(list)
    for team in chosen:
        days[local_today(team.branch, now)].append(team)
    there = Membership.objects.on(today).filter(team__in=chosen, user__is_active=True).order_by()
    if name:
        there = there.filter(user__name__icontains=name)
    return TeamScope(today, teams, chosen, dict(days), there)
