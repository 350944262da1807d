"""How a state of an assignment is shown."""

from __future__ import annotations

from core.enums import Status
from training.domain.states import Standing, State

SHOWN = {
    State.ASSIGNED: Status.ASSIGNED,
    State.IN_PROGRESS: Status.IN_PROGRESS,
    State.CERTIFIED: Status.CERTIFIED,
    State.EXPIRED: Status.EXPIRED,
    State.RELEASED: Status.RELEASED,
}


def shown(where: Standing) -> Status:
    """What people see: overdue lies over the state."""
    return Status.OVERDUE if where.is_overdue else SHOWN[where.state]
