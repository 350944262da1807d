"""What a supervisor does for many people at once: whole or not at all, a fixed number of queries, twice is once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from outbox.services import tell_many
from people.models import User
from people.selectors import zones_of_people
from training.models.exceptions import Extension, Waiver
from training.models.programs import Program
from training.selectors.many import (
    Sorted,
    to_assign_unscoped,
    to_extend_unscoped,
    to_remind_unscoped,
    to_waive_unscoped,
)
from training.services.assigning import assign_people
from training.services.status import keep_status
from training.services.telling import reminder


@transaction.atomic
def remind_many(*, people: Collection[int], program: Program | None, now: datetime) -> Sorted:
    """Remind these people (ids) of a programme, or of all that is overdue or expired. Whom it reached, and whom not."""
    User.objects.lock_all(people)
    found = to_remind_unscoped(people=people, program=program, now=now)
    zones = zones_of_people(found.takes.keys(), now)
    messages = [reminder(status=status, zone=zones[status.learner_id], now=now) for status in found.statuses]
    tell_many(kind="reminder", messages=messages, now=now)
    return found


@transaction.atomic
def assign_many(*, people: Collection[int], program: Program, reason: str, by: User, now: datetime) -> Sorted:
    """Assign it to whom it is new."""
    User.objects.lock_all(people)
    found = to_assign_unscoped(people=people, program=program, now=now)
    assign_people(program=program, learners=list(found.takes), by=by, now=now, reason=reason)
    return found


@transaction.atomic
def extend_many(
    *, people: Collection[int], program: Program, due_on: date, reason: str, by: User, now: datetime
) -> Sorted:
    """Due on a later day, for whom it is later."""
    User.objects.lock_all(people)
    found = to_extend_unscoped(people=people, program=program, due_on=due_on, now=now)
    Extension.objects.bulk_create(
        Extension(assignment=status.assignment, due_on=due_on, reason=reason, granted_by=by, granted_at=now)
        for status in found.statuses
    )
    keep_status(learners=found.takes.keys(), programs=[program.pk])
    return found


@transaction.atomic
def waive_many(
    *,
    people: Collection[int],
    program: Program,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    by: User,
    now: datetime,
) -> Sorted:
    """They need not do it meanwhile. Evidence is of one person: it goes with a waiver of one."""
    User.objects.lock_all(people)
    found = to_waive_unscoped(people=people, program=program, starts_on=starts_on, ends_on=ends_on, now=now)
    terms = {"program": program, "starts_on": starts_on, "ends_on": ends_on, "reason": reason}
    Waiver.objects.bulk_create(
        Waiver(learner_id=person, granted_by=by, granted_at=now, **terms) for person in found.takes
    )
    return found
