"""Who has which programme: assigning, releasing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from people.models import User
from people.selectors import days_of_people
from training.enums import AssignmentKind
from training.models.assignments import AssignmentRelease, ProgramAssignment, ProgramCompletion
from training.models.programs import Program
from training.selectors.programs import latest_assignments_unscoped
from training.services.completing import credit_earlier_work
from training.services.status import keep_status
from training.signals import programs_assigned


class AlreadyClosed(Exception):
    """The assignment is completed or released: it can't be released any more."""


@transaction.atomic
def assign_program(
    *,
    program: Program,
    learner: User,
    by: User | None,
    now: datetime,
    reason: str = "",
    kind: str = AssignmentKind.MANUAL,
    due_on: date | None = None,
) -> ProgramAssignment:
    """Assign to one person. Who is still at it or still certified keeps that assignment; else a new cycle begins."""
    made = assign_people(
        program=program, learners=[learner.pk], by=by, now=now, reason=reason, kind=kind, due_on=due_on
    )
    return made[0] if made else latest_assignments_unscoped([learner.pk], program)[learner.pk]


@transaction.atomic
def assign_people(
    *,
    program: Program,
    learners: Collection[int],
    by: User | None,
    now: datetime,
    reason: str = "",
    kind: str = AssignmentKind.MANUAL,
    due_on: date | None = None,
    is_by_rule: bool = False,
) -> list[ProgramAssignment]:
    """Begin a cycle for each of these people (by id) who is neither at it nor certified. The new assignments.

    `due_on` is fixed now, in the time zone of each one's branch. Earlier work counts in the first cycle only.
    """
    people = User.objects.lock_all(learners)
    days = days_of_people([person.pk for person in people], now)
    latest = latest_assignments_unscoped(learners, program)
    made = ProgramAssignment.objects.bulk_create(
        ProgramAssignment(
            learner=person,
            program=program,
            cycle=latest[person.pk].cycle + 1 if person.pk in latest else 1,
            kind=kind,
            reason=reason,
            assigned_by=by,
            assigned_at=now,
            due_on=due_on or program.deadline.counted_from(days[person.pk], person.employed_on),
            is_by_rule=is_by_rule,
        )
        for person in people
        if person.pk not in latest or _is_over(latest[person.pk], days[person.pk])
    )
    credit_earlier_work(assignments=[assignment for assignment in made if assignment.cycle == 1], now=now)
    keep_status(learners=learners, programs=[program.pk])
    programs_assigned.send(sender=ProgramAssignment, assignments=made, now=now)
    return made


@transaction.atomic
def release_assignment(
    *, assignment: ProgramAssignment, by: User | None, now: datetime, reason: str = ""
) -> AssignmentRelease:
    """The person no longer has to do it, nor learn what changed in it; what is on record stays. Twice is once.

    Raises AlreadyClosed for a completed one.
    """
    User.objects.lock(assignment.learner)
    if ProgramCompletion.objects.filter(assignment=assignment).exists():
        raise AlreadyClosed
    defaults = {"released_at": now, "released_by": by, "reason": reason}
    release = AssignmentRelease.objects.get_or_create(assignment=assignment, defaults=defaults)[0]
    of_program = ProgramAssignment.objects.open().filter(learner=assignment.learner_id, program=assignment.program_id)
    AssignmentRelease.objects.bulk_create(
        AssignmentRelease(assignment=changed, **defaults) for changed in of_program.exclude(delta=None)
    )
    keep_status(learners=[assignment.learner_id], programs=[assignment.program_id])
    return release


def _is_over(assignment: ProgramAssignment, today: date) -> bool:
    """Whether a new cycle may begin: released, or certified and expired."""
    if hasattr(assignment, "release"):
        return True
    completion = getattr(assignment, "completion", None)
    return completion is not None and completion.expires_on is not None and completion.expires_on < today
