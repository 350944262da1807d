"""How a state of an assignment is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.enums import Status
from training.domain.states import AssignmentFacts, Overlay, Standing, State

SHOWN = {
    State.ASSIGNED: Status.ASSIGNED,
    State.IN_PROGRESS: Status.IN_PROGRESS,
    State.CERTIFIED: Status.CERTIFIED,
    State.WINDOW_OPEN: Status.REFRESH,
    State.EXPIRED: Status.EXPIRED,
    State.RELEASED: Status.RELEASED,
}
OVERLAID = {
    Overlay.WAIVED: Status.WAIVED,
    Overlay.ON_LEAVE: Status.ON_LEAVE,
    Overlay.OVERDUE: Status.OVERDUE,
}


def shown(where: Standing) -> Status:
    """What people see: what lies over the state, if anything does."""
    return OVERLAID[where.overlay] if where.overlay else SHOWN[where.state]


def still_holds(row: Any, today: date) -> bool:
    """Whether what was completed is valid on this day. A refresher from which somebody was released takes nothing away."""
    return row.completed_on is not None and (row.expires_on is None or row.expires_on >= today)


def facts_of(row: Any, *, is_started: bool) -> AssignmentFacts:
    """row: a ProgramStatus with its overlays (`with_overlays`)."""
    return AssignmentFacts(
        due_on=row.due_on,
        is_started=is_started,
        completed_on=row.completed_on,
        expires_on=row.expires_on,
        is_released=row.is_released,
        opens_on=row.opens_on,
        is_waived=row.is_waived,
        is_on_leave=row.is_on_leave,
    )
