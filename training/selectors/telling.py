"""Who is to be told what of their programmes, and who supervises them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from core.domain.dates import local_day
from core.enums import Status
from core.selectors import organisation_today
from people.models import Membership, Team, TeamSupervision, User
from people.selectors import zones_of_people
from training.domain.telling import DUE_DAYS, EXPIRY_DAYS, LATEST
from training.models.assignments import ProgramAssignment
from training.models.status import ProgramStatus
from training.selectors.deltas import delta_statuses_unscoped
from training.selectors.team import needs_of_team, team_matrix_for_supervisor

LINES = 10
A_DAY_OR_SO = timedelta(days=1)
"""What may lie between the organisation's day and somebody's own."""


@dataclass(frozen=True)
class Telling:
    """A status whose person may have to be told something. today: where that person works."""

    status: ProgramStatus
    today: date
    zone: ZoneInfo

    @property
    def assigned_on(self) -> date:
        return local_day(self.status.assignment.assigned_at, self.zone)


def due_or_late_unscoped(now: datetime) -> list[Telling]:
    """Open for the first time, with a due date that is near or was missed not long ago."""
    today = organisation_today(now)
    asked = _asked(today).filter(is_open=True, completed_on=None, due_on__range=_near(today, DUE_DAYS))
    return _with_days(asked, now)


def deltas_due_or_late_unscoped(now: datetime) -> list[Telling]:
    """What changed, due near or missed not long ago, of people who are there and needn't wait."""
    today = organisation_today(now)
    near = _near(today, DUE_DAYS)
    at_it = ProgramAssignment.objects.open().filter(delta__isnull=False, learner__is_active=True)
    # Leave and extensions make a due date later, never earlier.
    learners = set(at_it.filter(due_on__lte=near[1]).values_list("learner", flat=True))
    asked = [
        status
        for status in delta_statuses_unscoped(learners, today)
        if status.due_on and near[0] <= status.due_on <= near[1] and not (status.is_waived or status.is_on_leave)
    ]
    return _with_days(asked, now)


def expiring_or_expired_unscoped(now: datetime) -> list[Telling]:
    """Certified, and in the window or nearly, or expired not long ago."""
    today = organisation_today(now)
    asked = _asked(today).filter(is_open=True, is_released=False, expires_on__range=_near(today, EXPIRY_DAYS))
    return _with_days(asked, now)


def supervisors_unscoped(now: datetime) -> list[User]:
    """Active people who supervise a team today."""
    supervising = TeamSupervision.objects.on(organisation_today(now)).filter(user=OuterRef("pk"))
    return list(User.objects.active().filter(Exists(supervising)).order_by("pk"))


def week_of_team(viewer: User, now: datetime) -> dict[str, Any]:
    """How it is with the teams that this person supervises: counts of people, and the first of what is late."""
    matrix = team_matrix_for_supervisor(viewer, now)
    needs = needs_of_team(matrix, most=LINES).first
    return {
        "people": matrix.people,
        "overdue": matrix.counts.get(Status.OVERDUE, 0),
        "expired": matrix.counts.get(Status.EXPIRED, 0),
        "refresh": matrix.counts.get(Status.REFRESH, 0),
        "lines": [f"{need.person.name}: {need.program.title}" for need in needs if need.status.is_loud],
    }


def supervisors_upwards_unscoped(people: Collection[int], now: datetime) -> dict[int, list[set[int]]]:
    """By person (id): who supervises them, then who supervises a team above, and so on. Nobody supervises themselves."""
    today = organisation_today(now)
    above = dict(Team.objects.values_list("pk", "parent"))
    supervising: dict[int, set[int]] = defaultdict(set)
    active = TeamSupervision.objects.on(today).filter(user__is_active=True)
    for team, user in active.values_list("team", "user"):
        supervising[team].add(user)
    memberships = Membership.objects.filter(user__in=people).on(today).order_by("starts_on", "pk")
    teams = dict(memberships.values_list("user", "team"))
    return {person: list(_upwards(teams.get(person), above, supervising, person)) for person in people}


def _upwards(
    team: int | None, above: dict[int, int | None], supervising: dict[int, set[int]], person: int
) -> Iterator[set[int]]:
    seen = {person}
    while team is not None:
        if found := supervising[team] - seen:
            seen |= found
            yield found
        team = above.get(team)


def _near(today: date, stages: Collection[int]) -> tuple[date, date]:
    """Days of which somebody may have to be told today. stages: so many days before."""
    return today - timedelta(days=LATEST) - A_DAY_OR_SO, today + timedelta(days=max(stages)) + A_DAY_OR_SO


def _asked(today: date) -> QuerySet[ProgramStatus]:
    """Of people who are there, without those who needn't or are away."""
    asked = ProgramStatus.objects.asked_on(today).filter(learner__is_active=True)
    return asked.select_related("program", "assignment", "learner").order_by("learner", "program")


def _with_days(statuses: Iterable[ProgramStatus], now: datetime) -> list[Telling]:
    found = list(statuses)
    zones = zones_of_people({status.learner_id for status in found}, now)
    return [Telling(status, local_day(now, zones[status.learner_id]), zones[status.learner_id]) for status in found]
