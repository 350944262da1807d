"""Exceptions that somebody grants: more time, a waiver, what was learnt elsewhere, leave of absence."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.files import File
from django.db import transaction

from people.models import LeaveOfAbsence, User
from training.models.assignments import ProgramAssignment
from training.models.exceptions import Extension, PriorLearning, Waiver, WaiverEnd
from training.models.programs import Program, ProgramActivity
from training.services.completing import complete_by_prior_learning
from training.services.status import keep_status


class NothingOpen(Exception):
    """The assignment is completed or released: there is nothing to extend or to close."""


class Contradiction(Exception):
    """The dates can't be: an end before the beginning, a later day that is an earlier one, leave that runs already."""


@transaction.atomic
def extend_assignment(
    *, assignment: ProgramAssignment, due_on: date, reason: str, by: User, now: datetime
) -> Extension:
    """Due on a later day. The same day twice is once. Raises NothingOpen, or Contradiction for a day that isn't later."""
    User.objects.lock(assignment.learner)
    if not ProgramAssignment.objects.open().filter(pk=assignment.pk).exists():
        raise NothingOpen
    newest = assignment.extensions.last()
    if newest and newest.due_on == due_on:
        return newest
    present = newest.due_on if newest else assignment.due_on
    if present and due_on <= present:
        raise Contradiction
    extension = Extension.objects.create(
        assignment=assignment, due_on=due_on, reason=reason, granted_by=by, granted_at=now
    )
    keep_status(learners=[assignment.learner_id], programs=[assignment.program_id])
    return extension


@transaction.atomic
def waive_program(
    *,
    learner: User,
    program: Program,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    evidence: File[bytes] | None = None,
    by: User,
    now: datetime,
) -> Waiver:
    """The person need not do it meanwhile. The same waiver twice is once. Raises Contradiction for an end before the beginning."""
    if ends_on and ends_on < starts_on:
        raise Contradiction
    User.objects.lock(learner)
    same = Waiver.objects.filter(learner=learner, program=program, starts_on=starts_on, ends_on=ends_on, end=None)
    if waiver := same.first():
        return waiver
    return Waiver.objects.create(
        learner=learner,
        program=program,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        evidence=evidence or "",
        granted_by=by,
        granted_at=now,
    )


@transaction.atomic
def end_waiver(*, waiver: Waiver, ended_on: date, reason: str, by: User, now: datetime) -> WaiverEnd:
    """It holds no longer, from this day on. Twice is once."""
    User.objects.lock(waiver.learner)
    defaults = {"ended_on": ended_on, "reason": reason, "granted_by": by, "granted_at": now}
    return WaiverEnd.objects.get_or_create(waiver=waiver, defaults=defaults)[0]


@transaction.atomic
def record_prior_learning(
    *,
    assignment: ProgramAssignment,
    activities: Collection[ProgramActivity],
    learnt_on: date,
    reason: str,
    evidence: File[bytes] | None = None,
    by: User,
    now: datetime,
) -> PriorLearning:
    """Learnt elsewhere, and shown: these activities of the assignment are done. Raises NothingOpen.

    What was done already stays as it was done. The same learning of the same activities twice is once.
    """
    User.objects.lock(assignment.learner)
    same = PriorLearning.objects.filter(learner=assignment.learner, learnt_on=learnt_on, reason=reason)
    if learning := same.filter(completions__assignment=assignment, completions__activity__in=activities).first():
        return learning
    if not ProgramAssignment.objects.open().filter(pk=assignment.pk).exists():
        raise NothingOpen
    learning = PriorLearning.objects.create(
        learner=assignment.learner,
        learnt_on=learnt_on,
        reason=reason,
        evidence=evidence or "",
        granted_by=by,
        granted_at=now,
    )
    complete_by_prior_learning(assignment=assignment, activities=activities, learning=learning, now=now)
    return learning


@transaction.atomic
def record_leave(*, user: User, starts_on: date, ends_on: date | None, by: User, now: datetime) -> LeaveOfAbsence:
    """Away from one day to another, or for nobody knows how long: what is due waits, and moves by these days.

    Leave from the same day is that leave, with a new end. Raises Contradiction for one that runs into another, or ends before it begins.
    """
    User.objects.lock(user)
    if ends_on and ends_on < starts_on:
        raise Contradiction
    others = LeaveOfAbsence.objects.filter(user=user).exclude(starts_on=starts_on)
    if others.overlapping(starts_on, ends_on).exists():
        raise Contradiction
    leave, _ = LeaveOfAbsence.objects.update_or_create(
        user=user, starts_on=starts_on, defaults={"ends_on": ends_on, "recorded_by": by, "recorded_at": now}
    )
    keep_status(learners=[user.pk])
    return leave
