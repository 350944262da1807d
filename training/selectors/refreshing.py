"""Whose refresher is to begin."""

from __future__ import annotations

from datetime import datetime, timedelta

from people.selectors import days_of_people
from training.models.status import ProgramStatus
from training.selectors.audience import people_out_of_audience_unscoped


def statuses_to_refresh_unscoped(now: datetime) -> list[ProgramStatus]:
    """Completed, of active people, whose window is open on the day that it is where they work; by programme."""
    latest_day_anywhere = (now + timedelta(days=1)).date()
    waiting = ProgramStatus.objects.filter(
        is_open=False, is_released=False, opens_on__lte=latest_day_anywhere, learner__is_active=True
    ).select_related("assignment", "program")
    statuses = list(waiting.filter(assignment__completion__isnull=False).order_by("program", "learner"))
    days = days_of_people({status.learner_id for status in statuses}, now)
    left = people_out_of_audience_unscoped(
        {(status.learner_id, status.program_id) for status in statuses if status.assignment.is_by_rule}, now
    )
    return [
        status
        for status in statuses
        if status.opens_on
        and status.opens_on <= days[status.learner_id]
        and (status.learner_id, status.program_id) not in left
    ]
