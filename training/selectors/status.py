"""Where people stand with their programmes, worked out from the facts alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

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


def computed_statuses_unscoped(
    learners: Collection[int], programs: Collection[int] | None = None
) -> list[ProgramStatus]:
    """One unsaved row for each of these people (ids) and each programme that they were ever assigned. A fixed number of queries."""
    of_these = Q(learner__in=learners) if programs is None else Q(learner__in=learners, program__in=programs)
    cycles = ProgramAssignment.objects.filter(of_these).latest_cycles()
    latest = list(cycles.select_related("completion", "release").order_by("learner", "program"))
    done = _done(cycles)
    dues = dues_unscoped(latest)
    held = _newest_completions(of_these)
    return [
        _row(
            assignment,
            dues[assignment.pk],
            done[assignment.pk],
            held.get((assignment.learner_id, assignment.program_id)),
        )
        for assignment in latest
    ]


def people_in_chunks_unscoped() -> Iterator[list[int]]:
    """Ids of everybody who was ever assigned something, some hundred at a time."""
    last = 0
    people = ProgramAssignment.objects.order_by("learner").values_list("learner", flat=True).distinct()
    while chunk := list(people.filter(learner__gt=last)[:BATCH]):
        yield chunk
        last = chunk[-1]


def differences_unscoped(learners: Collection[int]) -> list[tuple[int, int]]:
    """(person, programme) of each status of these people that isn't what the facts say: wrong, missing or too many."""
    kept = {(row.learner_id, row.program_id): row for row in ProgramStatus.objects.filter(learner__in=learners)}
    right = {(row.learner_id, row.program_id): row for row in computed_statuses_unscoped(learners)}
    return sorted(pair for pair in kept.keys() | right.keys() if _values(kept.get(pair)) != _values(right.get(pair)))


def _values(row: ProgramStatus | None) -> tuple[object, ...] | None:
    return (
        None if row is None else tuple(getattr(row, "assignment_id" if name == "assignment" else name) for name in KEPT)
    )


def _row(
    assignment: ProgramAssignment, due_on: date | None, done: int, held: ProgramCompletion | None
) -> ProgramStatus:
    is_released = hasattr(assignment, "release")
    return ProgramStatus(
        learner_id=assignment.learner_id,
        program_id=assignment.program_id,
        assignment_id=assignment.pk,
        due_on=due_on,
        done=done,
        is_open=not is_released and not hasattr(assignment, "completion"),
        is_released=is_released,
        completed_on=held.completed_on if held else None,
        expires_on=held.expires_on if held else None,
        opens_on=(held.opens_on or held.expires_on) if held else None,
    )


def _done(cycles: QuerySet[ProgramAssignment]) -> dict[int, int]:
    """Assignment id → activities needed in its kind of cycle that are done."""
    asked = asked_in_cycle(cycle="assignment__", activity="activity__")
    done = Completion.objects.filter(asked, assignment__in=cycles, activity__is_optional=False)
    counted = done.order_by().values("assignment").annotate(count=Count("pk")).values_list("assignment", "count")
    return defaultdict(int, counted)


def dues_unscoped(assignments: Collection[ProgramAssignment]) -> dict[int, date | None]:
    """Assignment id → when it is due, by the newest extension if there is one, and later by the leave since."""
    leaves, zone = _leaves({assignment.learner_id for assignment in assignments}), organisation_zone()
    extended = {
        extension.assignment_id: extension
        for extension in Extension.objects.filter(assignment__in=[each.pk for each in assignments]).order_by(
            "granted_at", "pk"
        )
    }
    return {each.pk: _due(each, extended.get(each.pk), leaves[each.learner_id], zone) for each in assignments}


def _due(
    assignment: ProgramAssignment, extension: Extension | None, leaves: Iterable[Stretch], zone: ZoneInfo
) -> date | None:
    """Leave that is over moves the day; while somebody is away for they don't know how long, lists say that instead."""
    due_on, since = (
        (extension.due_on, extension.granted_at) if extension else (assignment.due_on, assignment.assigned_at)
    )
    return due_on and due_after_leave(due_on, since.astimezone(zone).date(), leaves, date.max)


def _leaves(people: Collection[int]) -> dict[int, list[Stretch]]:
    found: dict[int, list[Stretch]] = defaultdict(list)
    over = LeaveOfAbsence.objects.filter(user__in=people, ends_on__isnull=False)
    for person, starts_on, ends_on in over.values_list("user", "starts_on", "ends_on"):
        found[person].append(Stretch(starts_on, ends_on))
    return found


def _newest_completions(of_these: Q) -> dict[tuple[int, int], ProgramCompletion]:
    """(person, programme) → the completion that holds, or held last. What changed is learnt in a cycle of its own, and moves no date."""
    cycles = ProgramAssignment.objects.filter(of_these).exclude(kind=AssignmentKind.DELTA)
    completions = ProgramCompletion.objects.filter(assignment__in=cycles).select_related("assignment")
    return {
        (each.assignment.learner_id, each.assignment.program_id): each
        for each in completions.order_by("assignment__cycle")
    }
