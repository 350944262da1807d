"""A team’s matrix: people × programmes. The database counts, sorts and pages; what a cell says, the domain says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, CharField, Count, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from core.domain.batches import in_batches
from core.enums import Status
from people.models import Membership, Team, User
from training.domain.states import AssignmentFacts, standing
from training.enums import RANK, WORST_FIRST, AssignmentKind
from training.models.programs import Program
from training.querysets import learns_what_changed, overlays
from training.selectors.failures import Failure, failed_often
from training.selectors.programs import with_totals
from training.selectors.states import shown
from training.selectors.team.scope import TeamScope, team_scope_for_supervisor
from training.selectors.team.sorting import BY_NAME, Sort, sorted_memberships


@dataclass(frozen=True)
class Cell:
    """One person × one programme. It names nobody: many people’s cells are equal, and are one.

    has_delta: what changed in it is still to be learnt, whatever the status.
    """

    status: Status
    on: date | None = None
    done: int = 0
    total: int = 0
    has_delta: bool = False

    @property
    def is_fine(self) -> bool:
        """Nobody has to do anything about it, not even learn what changed."""
        return self.status.is_fine and not self.has_delta

    @property
    def shows_progress(self) -> bool:
        return self.status is Status.IN_PROGRESS

    @property
    def shows_date(self) -> bool:
        return self.on is not None and not self.shows_progress


NOTHING = Cell(Status.NOT_ASSIGNED)


@dataclass(frozen=True)
class Column:
    """A programme. totals: how many activities are needed the first time, and in a refresher."""

    pk: int
    title: str
    slug: str
    totals: tuple[int, int]


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


@dataclass(frozen=True)
class TeamMatrix:
    """People × programmes of a scope. `people` and `counts` (of people by status) are before a status narrows them to `found`.

    programs: those that anybody in the scope was ever assigned. failures: what was failed twice, by status (id).
    memberships: of the people found, in their order.
    """

    scope: TeamScope
    programs: list[Column]
    counts: dict[Status, int]
    failures: Mapping[int, list[Failure]]
    people: int
    found: int
    memberships: QuerySet[Membership]

    @property
    def today(self) -> date:
        return self.scope.today

    @property
    def teams(self) -> list[Team]:
        return self.scope.teams


def team_matrix_for_supervisor(
    viewer: User, now: datetime, *, status: Status | None = None, sort: Sort = BY_NAME, **narrowed: Any
) -> TeamMatrix:
    """The matrix of the teams supervised today. narrowed: as `team_scope_for_supervisor` takes it. Two queries, and one for its rows."""
    scope = team_scope_for_supervisor(viewer, now, **narrowed)
    summary = _summary(scope)
    memberships = scope.memberships
    if status:
        memberships = memberships.filter(user__in=scope.statuses.filter(rank=RANK[status]).values("learner"))
    return TeamMatrix(
        scope=scope,
        programs=summary.programs,
        counts=summary.counts,
        failures=summary.failures,
        people=summary.people,
        found=summary.counts.get(status, 0) if status else summary.people,
        memberships=sorted_memberships(scope, memberships, sort),
    )


def matrix_rows(matrix: TeamMatrix, start: int, stop: int) -> list[MatrixRow]:
    """The people of one page, the first of all being 0. One query."""
    return _rows(matrix, matrix.memberships[start:stop])


def all_matrix_rows(matrix: TeamMatrix) -> Iterator[MatrixRow]:
    """Everybody’s rows, read part by part: for a file of any length."""
    for part in in_batches(list(matrix.memberships.values_list("pk", flat=True))):
        yield from _rows(matrix, part)


@dataclass
class _Summary:
    """What there is in a scope: the programmes, how many people have a status, failures by status (id), how many people."""

    programs: list[Column] = field(default_factory=list)
    counts: dict[Status, int] = field(default_factory=dict)
    failures: dict[int, list[Failure]] = field(default_factory=lambda: defaultdict(list))
    people: int = 0


def _summary(scope: TeamScope) -> _Summary:
    """One query for the four."""
    found = _Summary()
    for kind, pk, text, slug, count, other_count in _summary_rows(scope):
        if kind == "program":
            found.programs.append(Column(pk, text, slug, (count, other_count)))
        elif kind == "status":
            found.counts[WORST_FIRST[pk]] = count
        elif kind == "failure":
            found.failures[pk].append(Failure(text, count))
        else:
            found.people = count
    found.programs.sort(key=lambda column: (column.title.casefold(), column.pk))
    return found


def _summary_rows(scope: TeamScope) -> QuerySet[Any, Any]:
    no_text, none = Value("", output_field=CharField()), Value(0)
    programs = with_totals(Program.objects.filter(pk__in=scope.statuses.values("program"))).order_by()
    statuses = scope.statuses.order_by().values("rank").annotate(count=Count("learner", distinct=True))
    people = scope.there.values(kind=Value("people")).annotate(count=Count("user", distinct=True))
    failures = failed_often(scope.people)
    return programs.values_list(Value("program"), "pk", "title", "slug", "total_first", "total_refresher").union(
        statuses.values_list(Value("status"), "rank", no_text, no_text, "count", none),
        people.values_list("kind", none, no_text, no_text, "count", none),
        *(rows.values_list(Value("failure"), "status", "what", no_text, "times", none) for rows in failures),
        all=True,
    )


class _Assigned(NamedTuple):
    """What is on record of one status, apart from whose it is: a company has many thousands, and many are alike."""

    due_on: date | None
    done: int
    completed_on: date | None
    expires_on: date | None
    opens_on: date | None
    is_released: bool
    is_refresher: bool
    is_waived: bool
    is_on_leave: bool
    has_delta: bool


KEPT = _Assigned._fields[:6]
ANNOTATED = _Assigned._fields[6:]
WHO = ("pk", "user", "hex", "user__name", "team", "job_role__name")


def _rows(matrix: TeamMatrix, memberships: Any) -> list[MatrixRow]:
    """memberships: a part of the matrix's, as a slice or as their ids."""
    found = _with_statuses(matrix.memberships.filter(pk__in=memberships), matrix.scope)
    people: dict[int, tuple[Any, ...]] = {}
    assigned: dict[tuple[int, int], _Assigned] = {}
    columns = (*WHO, *(f"user__statuses__{name}" for name in ("program", *KEPT)), *ANNOTATED)
    for row in found.values_list(*columns):
        people[row[0]] = row[1 : len(WHO)]
        assigned[row[0], row[len(WHO)]] = _Assigned(*row[len(WHO) + 1 :])
    teams = {team.pk: (team, day) for day, there in matrix.scope.days.items() for team in there}
    cell = cache(_cell)
    return [
        MatrixRow(
            person=User.from_db(None, ("id", "public_id", "name"), (person, UUID(public_id), name)),
            team=teams[team][0],
            job_role=job_role,
            cells=[
                cell(own, program.totals[own.is_refresher], teams[team][1]) if own else NOTHING
                for program in matrix.programs
                for own in [assigned.get((pk, program.pk))]
            ],
        )
        for pk, (person, public_id, name, team, job_role) in people.items()
    ]


def _with_statuses(memberships: QuerySet[Membership], scope: TeamScope) -> QuerySet[Membership, Any]:
    """A row for each status of each of these people, and one without a status for who has none."""
    today = scope.day_of("user")
    is_expression = isinstance(today, Combinable)
    found = memberships.alias(today=today) if is_expression else memberships
    is_refresher = Q(user__statuses__assignment__kind=AssignmentKind.RECERTIFICATION)
    return found.annotate(
        hex=Cast("user__public_id", CharField()),  # made a UUID once a person, and not once a status
        is_refresher=ExpressionWrapper(is_refresher, BooleanField()),
        has_delta=learns_what_changed(learner="user", program="user__statuses__program"),
        **overlays(OuterRef("today") if is_expression else today, learner="user", program="user__statuses__program"),
    )


def _cell(assigned: _Assigned, total: int, today: date) -> Cell:
    """total: how many activities are needed in this kind of cycle."""
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
    return Cell(status, _day(status, facts), assigned.done, total, assigned.has_delta)


def _day(status: Status, facts: AssignmentFacts) -> date | None:
    """The day that a cell tells: until when it holds, held, or is to be done."""
    if status in (Status.RELEASED, Status.WAIVED):
        return None
    return facts.due_on if facts.completed_on is None else facts.expires_on
