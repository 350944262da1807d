"""The days by which somebody has to do something, for their calendar."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from people.models import LeaveOfAbsence, User
from people.selectors import branch_for_person, local_today
from training.enums import CalendarDayKind
from training.models.assignments import ProgramAssignment
from training.models.exceptions import Extension
from training.models.status import ProgramStatus
from training.selectors.deltas import delta_statuses_unscoped


@dataclass(frozen=True)
class CalendarDay:
    """assignment: of what the day is. moved: how often what is on record has moved it, by more time or by leave."""

    assignment: ProgramAssignment
    kind: CalendarDayKind
    day: date
    moved: int

    @property
    def title(self) -> str:
        return self.assignment.title

    @property
    def uid(self) -> uuid.UUID:
        """The same for as long as it is about the same thing, whatever day it moves to."""
        what = "expiry" if self.kind is CalendarDayKind.EXPIRY else "due"
        return uuid.uuid5(self.assignment.public_id, what)


def calendar_days_for_learner(learner: User, now: datetime) -> list[CalendarDay]:
    """What they have open by when, and until when the rest holds; nothing done, waived or past. A fixed number of queries."""
    today = local_today(branch_for_person(learner, now), now)
    extended = Counter(Extension.objects.filter(assignment__learner=learner).values_list("assignment", flat=True))
    leaves = list(
        LeaveOfAbsence.objects.filter(user=learner, ends_on__isnull=False).values_list("recorded_at", flat=True)
    )
    return [
        CalendarDay(
            assignment=assignment,
            kind=kind,
            day=day,
            moved=extended[assignment.pk] + sum(at >= assignment.assigned_at for at in leaves),
        )
        for assignment, kind, day in sorted(_days(learner, today), key=lambda found: found[2])
    ]


def _days(learner: User, today: date) -> Iterator[tuple[ProgramAssignment, CalendarDayKind, date]]:
    held: Any = ProgramStatus.objects.filter(learner=learner, is_released=False).with_overlays(today)
    programs = held.select_related("assignment__program").order_by("program__title")
    for row in (*programs, *delta_statuses_unscoped([learner.pk], today)):
        due_on = row.due_on if row.is_open and not row.is_on_leave else None
        if due_on and not row.is_waived:
            yield row.assignment, _due(row.assignment), due_on
        # A refresher is due when what it refreshes expires: said once.
        if row.expires_on and row.expires_on >= today and row.expires_on != due_on and not row.is_waived:
            yield row.assignment, CalendarDayKind.EXPIRY, row.expires_on


def _due(assignment: ProgramAssignment) -> CalendarDayKind:
    return CalendarDayKind.REFRESHER if assignment.is_refresher else CalendarDayKind.DUE
