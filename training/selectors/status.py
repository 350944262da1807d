"""Where people stand with their programmes, worked out from the facts alone: from all, or from those before some moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from core.domain.batches import BATCH
from core.selectors import organisation_zone
from people.models import LeaveOfAbsence
from training.domain.states import Stretch, due_after_leave
from training.enums import AssignmentKind
from training.models.assignments import Completion, ProgramAssignment, ProgramCompletion
from training.models.exceptions import Extension
from training.models.status import ProgramStatus
from training.querysets import asked_in_cycle

KEPT = ("assignment", "due_on", "done", "is_open", "is_released", "completed_on", "expires_on", "opens_on")
Pair = tuple[int, int]


class KeptFacts(NamedTuple):
    """What a ProgramStatus keeps, by ids: a company has millions, and rows of models would take four times as long."""

    assignment: int
    due_on: date | None
    done: int
    is_open: bool
    is_released: bool
    completed_on: date | None
    expires_on: date | None
    opens_on: date | None


class _Cycle(NamedTuple):
    pk: int
    learner: int
    program: int
    due_on: date | None
    assigned_at: datetime
    released_at: datetime | None
    completed_at: datetime | None


class _Held(NamedTuple):
    completed_on: date | None = None
    expires_on: date | None = None
    opens_on: date | None = None


def facts_unscoped(
    learners: Collection[int], programs: Collection[int] | None = None, *, until: datetime | None = None
) -> dict[Pair, KeptFacts]:
    """(person, programme) → what is to be kept of it, for each programme that these people (ids) were ever assigned.

    until: of facts from before this moment only. A fixed number of queries.
    """
    these, theirs = (_of(learners, programs, prefix) for prefix in ("", "assignment__"))
    latest = _latest_cycles(these, until)
    done, held = _done(theirs, until), _newest_completions(theirs, until)
    dues = _dues(latest, _leaves(learners), _extended(theirs, until))
    return {
        (each.learner, each.program): _facts(
            each, dues[each.pk], done[each.pk], held.get((each.learner, each.program), _Held()), until
        )
        for each in latest
    }


def computed_statuses_unscoped(
    learners: Collection[int], programs: Collection[int] | None = None, *, until: datetime | None = None
) -> list[ProgramStatus]:
    """One unsaved row for each of these people (ids) and each programme that they were ever assigned; see `facts_unscoped`."""
    return [
        ProgramStatus(learner_id=learner, program_id=program, assignment_id=facts.assignment, **_but_assignment(facts))
        for (learner, program), facts in facts_unscoped(learners, programs, until=until).items()
    ]


def dues_unscoped(assignments: Collection[ProgramAssignment]) -> dict[int, date | None]:
    """Assignment id → when it is due, by the newest extension if there is one, and later by the leave since."""
    cycles = [
        _Cycle(each.pk, each.learner_id, each.program_id, each.due_on, each.assigned_at, None, None)
        for each in assignments
    ]
    leaves = _leaves({cycle.learner for cycle in cycles})
    return _dues(cycles, leaves, _extended(Q(assignment__in=[cycle.pk for cycle in cycles]), None))


def among(field: str, people: Collection[int]) -> Q:
    """That the field holds one of these ids. A range is told by its ends: thousands of ids take longer to say than to look up."""
    if isinstance(people, range):
        return Q(**{f"{field}__gte": people.start, f"{field}__lt": people.stop})
    return Q(**{f"{field}__in": people})


def people_in_chunks_unscoped(program: int | None = None) -> Iterator[range]:
    """Ids of everybody who was ever assigned something, some hundred at a time; or this programme, some thousand."""
    last, size = 0, BATCH if program is None else 20 * BATCH
    of_it = {} if program is None else {"program": program}
    people = ProgramAssignment.objects.filter(**of_it).order_by("learner").values_list("learner", flat=True).distinct()
    while chunk := list(people.filter(learner__gt=last)[:size]):
        yield range(chunk[0], chunk[-1] + 1)
        last = chunk[-1]


def differences_unscoped(learners: Collection[int]) -> list[Pair]:
    """(person, programme) of each status of these people that isn't what the facts say: wrong, missing or too many."""
    rows = ProgramStatus.objects.filter(among("learner", learners)).values_list("learner", "program", *KEPT)
    kept = {(learner, program): KeptFacts(*facts) for learner, program, *facts in rows}
    right = facts_unscoped(learners)
    return sorted(pair for pair in kept.keys() | right.keys() if kept.get(pair) != right.get(pair))


def _but_assignment(facts: KeptFacts) -> dict[str, object]:
    return {name: value for name, value in facts._asdict().items() if name != "assignment"}


def _facts(cycle: _Cycle, due_on: date | None, done: int, held: _Held, until: datetime | None) -> KeptFacts:
    is_released = _was(cycle.released_at, until)
    return KeptFacts(
        assignment=cycle.pk,
        due_on=due_on,
        done=done,
        is_open=not is_released and not _was(cycle.completed_at, until),
        is_released=is_released,
        completed_on=held.completed_on,
        expires_on=held.expires_on,
        opens_on=held.opens_on or held.expires_on,
    )


def _was(at: datetime | None, until: datetime | None) -> bool:
    return at is not None and (until is None or at < until)


def _before(name: str, until: datetime | None) -> Q:
    return Q() if until is None else Q(**{f"{name}__lt": until})


def _of(learners: Collection[int], programs: Collection[int] | None, prefix: str) -> Q:
    programs_too = {} if programs is None else {f"{prefix}program__in": programs}
    return among(f"{prefix}learner", learners) & Q(**programs_too)


def _latest_cycles(these: Q, until: datetime | None) -> Collection[_Cycle]:
    """Of each person and programme the newest; what only asks for what changed doesn't count as one."""
    cycles = ProgramAssignment.objects.filter(these, _before("assigned_at", until)).exclude(kind=AssignmentKind.DELTA)
    columns = ("pk", "learner", "program", "due_on", "assigned_at", "release__released_at", "completion__completed_at")
    rows = (_Cycle(*row) for row in cycles.order_by("learner", "program", "cycle").values_list(*columns))
    return {(each.learner, each.program): each for each in rows}.values()


def _done(theirs: Q, until: datetime | None) -> dict[int, int]:
    """Assignment id → activities needed in its kind of cycle that are done."""
    asked = asked_in_cycle(cycle="assignment__", activity="activity__") & _before("completed_at", until)
    done = Completion.objects.filter(theirs, asked, activity__is_optional=False)
    counted = done.order_by().values("assignment").annotate(count=Count("pk")).values_list("assignment", "count")
    return defaultdict(int, counted)


def _extended(theirs: Q, until: datetime | None) -> dict[int, tuple[date, datetime]]:
    """Assignment id → the day of the newest extension, and when it was granted."""
    granted = Extension.objects.filter(theirs, _before("granted_at", until)).order_by("granted_at", "pk")
    rows = granted.values_list("assignment", "due_on", "granted_at")
    return {assignment: (due_on, granted_at) for assignment, due_on, granted_at in rows}


def _dues(
    cycles: Collection[_Cycle], leaves: dict[int, list[Stretch]], extended: dict[int, tuple[date, datetime]]
) -> dict[int, date | None]:
    """Assignment id → when it is due, by the newest extension if there is one, and later by the leave since."""
    zone = organisation_zone()
    return {
        each.pk: _due(*extended.get(each.pk, (each.due_on, each.assigned_at)), leaves.get(each.learner, ()), zone)
        for each in cycles
    }


def _due(due_on: date | None, since: datetime, leaves: Collection[Stretch], zone: ZoneInfo) -> date | None:
    """Leave that is over moves the day; while somebody is away for they don't know how long, lists say that instead."""
    if due_on is None or not leaves:
        return due_on
    return due_after_leave(due_on, since.astimezone(zone).date(), leaves, date.max)


def _leaves(people: Collection[int]) -> dict[int, list[Stretch]]:
    found: dict[int, list[Stretch]] = defaultdict(list)
    over = LeaveOfAbsence.objects.filter(among("user", people), ends_on__isnull=False)
    for person, starts_on, ends_on in over.values_list("user", "starts_on", "ends_on"):
        found[person].append(Stretch(starts_on, ends_on))
    return found


def _newest_completions(theirs: Q, until: datetime | None) -> dict[Pair, _Held]:
    """(person, programme) → the completion that holds, or held last. What changed is learnt in a cycle of its own, and moves no date."""
    completions = ProgramCompletion.objects.filter(theirs, _before("completed_at", until))
    columns = ("assignment__learner", "assignment__program", *_Held._fields)
    rows: Iterable[tuple[int, int, date, date | None, date | None]] = (
        completions.exclude(assignment__kind=AssignmentKind.DELTA).order_by("assignment__cycle").values_list(*columns)
    )
    return {(learner, program): _Held(*held) for learner, program, *held in rows}
