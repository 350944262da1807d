"""How many people stand where: today from the statuses that are kept, of a day that is over from the facts of then."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from core.enums import Status
from core.selectors import organisation_zone
from people.models import LeaveOfAbsence, Membership, Team
from training.domain.states import AssignmentFacts, standing
from training.domain.tallies import COUNTS, Tally, half_of
from training.enums import WORST_FIRST
from training.models.exceptions import Waiver
from training.models.organisation import ALL
from training.models.programs import Program
from training.models.status import ProgramStatus
from training.selectors.placing import NOWHERE, Place, placed_unscoped, places_unscoped
from training.selectors.programs import with_totals
from training.selectors.states import shown
from training.selectors.status import KeptFacts, among, facts_unscoped, people_in_chunks_unscoped


class Cell(NamedTuple):
    """A place (with its job role) × a programme, by ids; either may be ALL of them."""

    place: Place
    program: int


Tallies = dict[Cell, Tally]


def end_of_day(day: date) -> datetime:
    """The first moment that no longer belongs to it, where the organisation is."""
    return datetime.combine(day + timedelta(days=1), time.min, organisation_zone())


def tallies_today_unscoped(day: date, programs: Collection[int] | None = None) -> Tallies:
    """Of active people, as the statuses are now, in as many queries for however many. programs: ids, in place of all.

    day: today; it decides what is overdue or has expired.
    """
    halves = {program.pk: half_of(program.total_first) for program in _programs(programs)}
    rows = ProgramStatus.objects.filter(learner__is_active=True, is_released=False, program__in=halves)
    placed = placed_unscoped(rows, "learner", day)
    columns = [f"learner__memberships__{name}" for name in ("team", "job_role")]
    # Teams are few: to look their branches up here spares the database a join, and a longer key to sort by.
    branches = dict(Team.objects.order_by().values_list("pk", "branch"))
    somewhere = Membership.objects.on(day).filter(user=OuterRef("learner"))
    found: dict[Cell, Tally] = defaultdict(Tally)
    for team, job_role, program, rank, counts in _grouped(placed, columns, day, halves):
        found[Cell(Place(branches[team], team, job_role), program)] += _tally(WORST_FIRST[rank], *counts)
    for program, rank, counts in _grouped(rows.exclude(Exists(somewhere)), [], day, halves):
        found[Cell(NOWHERE, program)] += _tally(WORST_FIRST[rank], *counts)
    return dict(found)


def tallies_of_day_unscoped(day: date, program: int | None = None) -> Tallies:
    """Of who worked on this day, now over, from the facts of then; of one programme (id), or all."""
    halves = {each.pk: half_of(each.total_first) for each in _programs(None if program is None else [program])}
    counted: Counter[tuple[Cell, Status, bool, bool, bool]] = Counter()
    for learners in people_in_chunks_unscoped(program):
        for (_learner, of), (place, facts, status) in then_unscoped(learners, day, halves).items():
            counted[Cell(place, of), status, *_how_far(facts, halves[of])] += 1
    found: dict[Cell, Tally] = defaultdict(Tally)
    for (cell, status, *reached), people in counted.items():
        if status is not Status.RELEASED:
            found[cell] += _tally(status, people, *(people * is_so for is_so in reached))
    return dict(found)


class Then(NamedTuple):
    """Where somebody worked on a day that is over, what was on record of a programme, and what it was shown as."""

    place: Place
    facts: KeptFacts
    status: Status


def then_unscoped(
    learners: Collection[int], day: date, programs: Collection[int] | None = None
) -> dict[tuple[int, int], Then]:
    """(person, programme) of those of these people (ids) who worked on this day, and had the programme. A fixed number of queries."""
    until = end_of_day(day)
    places = places_unscoped(learners, day)
    waivers = Waiver.objects.on(day, until=until).filter(among("learner", learners))
    waived = set(waivers.values_list("learner", "program"))
    away = set(LeaveOfAbsence.objects.on(day).filter(among("user", learners)).values_list("user", flat=True))
    return {
        pair: Then(places[pair[0]], facts, _shown(facts, day, is_waived=pair in waived, is_on_leave=pair[0] in away))
        for pair, facts in facts_unscoped(learners, programs, until=until).items()
        if pair[0] in places
    }


def rolled_up(tallies: Tallies) -> Tallies:
    """The same, and added up: over the teams of a branch, over branches, over job roles. Programmes stay apart."""
    found: dict[Cell, list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    for (place, program), tally in tallies.items():
        counts = [(column, value) for column, value in enumerate(vars(tally).values()) if value]
        for each in _wider(place):
            sums = found[Cell(each, program)]
            for column, value in counts:
                sums[column] += value
    return {cell: Tally(*sums) for cell, sums in found.items()}


def _wider(place: Place) -> Iterator[Place]:
    for branch, team in ((place.branch, place.team), (place.branch, ALL), (ALL, ALL)):
        for job_role in (place.job_role, ALL):
            yield Place(branch, team, job_role)


def _programs(programs: Collection[int] | None) -> QuerySet[Any]:
    return with_totals(Program.objects.all() if programs is None else Program.objects.filter(pk__in=programs))


def _grouped(rows: Any, columns: list[str], day: date, halves: dict[int, int]) -> Iterator[tuple[Any, ...]]:
    """Of each group: the columns, programme, rank of the status, and its counts (all, started, half, completed)."""
    is_done = Q(completed_on__isnull=False)
    half = Case(*(When(program=pk, then=Value(count)) for pk, count in halves.items()), output_field=IntegerField())
    grouped = (
        rows.with_rank(day)
        .order_by()
        .values_list(*columns, "program", "rank")
        .annotate(
            people=Count("pk"),
            began=Count("pk", filter=is_done | Q(done__gt=0)),
            halfway=Count("pk", filter=is_done | Q(done__gte=half)),
            finished=Count("pk", filter=is_done),
        )
    )
    for row in grouped if halves else ():
        yield *row[:-4], row[-4:]


def _tally(status: Status, people: int, started: int, half: int, completed: int) -> Tally:
    return Tally(started=started, half=half, completed=completed, **{status.name.lower(): people})


def _how_far(facts: KeptFacts, half: int) -> tuple[bool, bool, bool]:
    """Whether they began, did half, did everything."""
    is_done = facts.completed_on is not None
    return is_done or facts.done > 0, is_done or facts.done >= half, is_done


def _shown(facts: KeptFacts, day: date, *, is_waived: bool, is_on_leave: bool) -> Status:
    return shown(
        standing(
            AssignmentFacts(
                due_on=facts.due_on,
                is_started=facts.done > 0,
                completed_on=facts.completed_on,
                expires_on=facts.expires_on,
                is_released=facts.is_released,
                opens_on=facts.opens_on,
                is_waived=is_waived,
                is_on_leave=is_on_leave,
            ),
            day,
        )
    )
