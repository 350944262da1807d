"""Assigning by rule: as the rules change, and as people join, change role or leave."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.domain.batches import in_batches
from people.models import User
from training.domain.deadlines import Deadline
from training.enums import AssignmentKind
from training.models.assignments import AssignmentRelease, ProgramAssignment
from training.models.audience import AudienceRule
from training.models.programs import Program
from training.selectors.audience import (
    assignments_to_release_unscoped,
    moved_dates_unscoped,
    people_to_assign_unscoped,
)
from training.services.assigning import assign_people
from training.services.status import keep_status


@transaction.atomic
def set_audience(
    *, program: Program, rules: Iterable[AudienceRule], deadline: Deadline, by: User, now: datetime
) -> None:
    """Keep these rules and this deadline in place of the old ones. `apply_audience` does what follows from them."""
    Program.objects.select_for_update().get(pk=program.pk)
    program.audience_rules.all().delete()
    AudienceRule.objects.bulk_create(rules)
    program.days_to_complete, program.fixed_due_on = deadline.days, deadline.on
    program.save(update_fields=["days_to_complete", "fixed_due_on"])


def apply_audience(
    *, program: Program, learners: Collection[int] | None = None, by: User | None, now: datetime
) -> Iterator[int]:
    """Assign who is in the audience, release who left it; of these people (ids), or of all. Yields how many each step did.

    Each step is a transaction; one that was cut off goes on where it was, since what is done isn't to do any more.
    """
    rules = list(program.audience_rules.all())
    waiting = people_to_assign_unscoped(program, rules, now, among=learners).values_list("pk", flat=True)
    for chunk in in_batches(list(waiting)):
        yield len(_assign(program, chunk, by, now))
    given = assignments_to_release_unscoped(program, rules, now, among=learners).values_list("pk", "learner")
    for some in in_batches(list(given)):
        yield _release(program, dict(some), by, now)


def apply_audiences(*, learners: Collection[int], now: datetime) -> int:
    """After these people (ids) joined, moved or left: every programme with rules; how many assignments began or were released."""
    programs = Program.objects.filter(audience_rules__isnull=False).distinct().order_by("pk")
    return sum(sum(apply_audience(program=program, learners=learners, by=None, now=now)) for program in programs)


def move_due_dates(*, program: Program, now: datetime) -> Iterator[int]:
    """Open assignments are due as the programme says now. Yields how many each step moved."""
    for chunk in in_batches(moved_dates_unscoped(program, program.deadline, now)):
        with transaction.atomic():
            for moved in chunk:
                moved.assignment.due_on = moved.due_on
            ProgramAssignment.objects.bulk_update([moved.assignment for moved in chunk], ["due_on"])
            keep_status(learners=[moved.assignment.learner_id for moved in chunk], programs=[program.pk])
        yield len(chunk)


def _assign(program: Program, learners: Collection[int], by: User | None, now: datetime) -> list[ProgramAssignment]:
    return assign_people(program=program, learners=learners, kind=AssignmentKind.FIRST, is_by_rule=True, by=by, now=now)


@transaction.atomic
def _release(program: Program, assignments: dict[int, int], by: User | None, now: datetime) -> int:
    """assignments: id → person (id)."""
    User.objects.lock_all(assignments.values())
    still = ProgramAssignment.objects.open().filter(pk__in=assignments)
    released = AssignmentRelease.objects.bulk_create(
        AssignmentRelease(assignment=assignment, released_at=now, released_by=by, reason=_("No longer in the audience"))
        for assignment in still
    )
    keep_status(learners=list(assignments.values()), programs=[program.pk])
    return len(released)
