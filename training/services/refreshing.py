"""Refreshers: when the window of a certificate opens, a new cycle begins by itself. Nothing of the old one is touched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction

from core.domain.batches import in_batches
from people.models import User
from training.enums import AssignmentKind
from training.models.assignments import ProgramAssignment
from training.models.status import ProgramStatus
from training.selectors.refreshing import statuses_to_refresh_unscoped
from training.services.status import keep_status
from training.signals import programs_assigned


def open_refreshers(*, now: datetime) -> int:
    """Begin the refresher of everybody whose window has opened where they work; how many.

    Who is no longer in the audience by whose rule they had the programme isn't asked again. A transaction for each few
    hundred people; done twice, or by two at once, is done once.
    """
    opened = 0
    for _program, statuses in groupby(statuses_to_refresh_unscoped(now), key=lambda status: status.program_id):
        for chunk in in_batches(list(statuses)):
            opened += _open(chunk, now)
    return opened


@transaction.atomic
def _open(statuses: Sequence[ProgramStatus], now: datetime) -> int:
    learners = [status.learner_id for status in statuses]
    User.objects.lock_all(learners)
    program = statuses[0].program
    still = ProgramStatus.objects.filter(program=program, learner__in=learners, is_open=False, is_released=False)
    made = ProgramAssignment.objects.bulk_create(
        ProgramAssignment(
            learner_id=status.learner_id,
            program=program,
            cycle=status.assignment.cycle + 1,
            kind=AssignmentKind.RECERTIFICATION,
            assigned_by=None,
            assigned_at=now,
            due_on=status.expires_on,
            is_by_rule=status.assignment.is_by_rule,
        )
        for status in still.select_related("assignment")
    )
    keep_status(learners=learners, programs=[program.pk])
    programs_assigned.send(sender=ProgramAssignment, assignments=made, now=now)
    return len(made)
