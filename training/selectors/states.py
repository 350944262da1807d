"""How a state of an assignment is shown."""

from __future__ import annotations

from core.enums import Status
from training.domain.states import Overlay, Standing, State

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
