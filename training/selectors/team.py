"""A team’s matrix: people × programmes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from core.enums import Status
from core.selectors import organisation_today
from people.models import Membership, Team, User
from people.selectors import local_today, teams_for_supervisor
from training.domain.states import AssignmentFacts, standing
from training.enums import AssignmentKind
from training.models.programs import Program
from training.models.status import ProgramStatus
from training.selectors.states import shown


@dataclass(frozen=True)
class Cell:
    """One person × one programme. It names nobody: many people’s cells are equal, and are one."""

    status: Status
    on: date | None = None
    done: int = 0
    total: int = 0
    is_open: bool = False

    @property
    def shows_progress(self) -> bool:
        return self.status is Status.IN_PROGRESS

    @property
    def shows_date(self) -> bool:
        return self.on is not None and not self.shows_progress


@dataclass(frozen=True)
class MatrixRow:
    person: User
    team: Team
    job_role: str
    cells: list[Cell]

    @cached_property
    def fine(self) -> int:
        """How many programmes are in order."""
        return sum(cell.status is Status.CERTIFIED for cell in self.cells)

    @cached_property
    def statuses(self) -> set[Status]:
        return {cell.status for cell in self.cells}


@dataclass(frozen=True)
class TeamMatrix:
    """People × programmes of the teams that somebody supervises today."""

    today: date
    teams: list[Team]
    programs: list[Program]
    rows: list[MatrixRow]
    counts: dict[Status, int] = field(default_factory=dict)
    people: int = 0

    @cached_property
    def overdue(self) -> list[tuple[MatrixRow, Program, Cell]]:
        """Everything overdue or expired, longest first."""
        late = [
            (row, program, cell)
            for row in self.rows
            for program, cell in zip(self.programs, row.cells, strict=True)
            if cell.status.is_loud
        ]
        return sorted(late, key=lambda entry: entry[2].on or self.today)


def team_matrix_for_supervisor(
    viewer: User, now: datetime, *, team_id: int | None = None, name: str = "", status: Status | None = None
) -> TeamMatrix:
    """The matrix of the teams supervised today, sub-teams included, narrowed as asked. `counts` are before `status` narrows."""
    today = organisation_today(now)
    teams = teams_for_supervisor(viewer, now)
    chosen = [team for team in teams if team_id in (None, team.pk)]
    memberships = _memberships(chosen, today, name)
    people = {membership.user_id: membership for membership in memberships}
    assigned = _assigned(people, today)
    programs = list(with_totals(Program.objects.filter(pk__in={program for _, program in assigned})).order_by("title"))
    totals = {program.pk: (program.total_first, program.total_refresher) for program in programs}
    zone_today = {membership.team.branch_id: local_today(membership.team.branch, now) for membership in memberships}
    cell = cache(_cell)
    rows = [
        MatrixRow(
            person=membership.user,
            team=membership.team,
            job_role=membership.job_role.name,
            cells=[
                cell(assigned.get((person, program.pk)), totals[program.pk], zone_today[membership.team.branch_id])
                for program in programs
            ],
        )
        for person, membership in people.items()
    ]
    counts: dict[Status, int] = defaultdict(int)
    for row in rows:
        for seen in row.statuses:
            counts[seen] += 1
    narrowed = [row for row in rows if status is None or status in row.statuses]
    return TeamMatrix(today=today, teams=teams, programs=programs, rows=narrowed, counts=dict(counts), people=len(rows))


def with_totals(programs: QuerySet[Program]) -> QuerySet[Any]:
    """Each with how many activities are needed the first time (`total_first`) and in a refresher (`total_refresher`)."""
    needed = Q(activities__is_active=True, activities__is_optional=False)
    return programs.annotate(
        total_first=Count("activities", filter=needed & Q(activities__in_first=True)),
        total_refresher=Count("activities", filter=needed & Q(activities__in_refresher=True)),
    )


def _memberships(teams: list[Team], today: date, name: str) -> list[Membership]:
    """One membership a person, the newest, in the order of names."""
    rows = (
        Membership.objects.filter(team__in=teams, user__is_active=True, user__name__icontains=name)
        .on(today)
        .select_related("user", "job_role")
        .order_by("user__name", "user", "starts_on")
    )
    by_id = {team.pk: team for team in teams}
    for membership in rows:
        membership.team = by_id[membership.team_id]
    return list(rows)


class _Assigned(NamedTuple):
    """What is on record of one status, apart from whose it is: a company has many thousands, and many are alike."""

    is_refresher: bool
    due_on: date | None
    done: int
    is_open: bool
    completed_on: date | None
    expires_on: date | None
    opens_on: date | None
    is_released: bool
    is_waived: bool
    is_on_leave: bool


def _assigned(people: Collection[int], today: date) -> dict[tuple[int, int], _Assigned]:
    """Where each of these people stands with each programme, by (person, programme)."""
    rows = (
        ProgramStatus.objects.filter(learner__in=people)
        .with_overlays(today)
        .annotate(is_refresher=_is_refresher())
        .values_list("learner", "program", *_Assigned._fields)
    )
    return {(learner, program): _Assigned(*facts) for learner, program, *facts in rows}


def _is_refresher() -> Any:
    return ExpressionWrapper(Q(assignment__kind=AssignmentKind.RECERTIFICATION), BooleanField())


def _cell(assigned: _Assigned | None, totals: tuple[int, int], today: date) -> Cell:
    """totals: how many activities are needed the first time, and in a refresher."""
    if assigned is None:
        return Cell(Status.NOT_ASSIGNED)
    facts = AssignmentFacts(
        due_on=assigned.due_on,
        is_started=assigned.done > 0,
        completed_on=assigned.completed_on,
        expires_on=assigned.expires_on,
        is_released=assigned.is_released,
        opens_on=assigned.opens_on,
        is_waived=assigned.is_waived,
        is_on_leave=assigned.is_on_leave,
    )
    status = shown(standing(facts, today))
    return Cell(status, _day(status, facts), assigned.done, totals[assigned.is_refresher], assigned.is_open)


def _day(status: Status, facts: AssignmentFacts) -> date | None:
    """The day that a cell tells: until when it holds, held, or is to be done."""
    if status in (Status.RELEASED, Status.WAIVED):
        return None
    return facts.due_on if facts.completed_on is None else facts.expires_on
