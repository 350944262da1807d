"""What people see of where an assignment stands."""

from __future__ import annotations

import pytest

from core.enums import Status
from training.domain.states import Overlay, Standing, State
from training.selectors.states import shown


@pytest.mark.parametrize(
    ("where", "status"),
    [
        (Standing(State.ASSIGNED), Status.ASSIGNED),
        (Standing(State.IN_PROGRESS), Status.IN_PROGRESS),
        (Standing(State.CERTIFIED), Status.CERTIFIED),
        (Standing(State.WINDOW_OPEN), Status.REFRESH),
        (Standing(State.EXPIRED), Status.EXPIRED),
        (Standing(State.RELEASED), Status.RELEASED),
        (Standing(State.WINDOW_OPEN, Overlay.WAIVED), Status.WAIVED),
        (Standing(State.EXPIRED, Overlay.ON_LEAVE), Status.ON_LEAVE),
        (Standing(State.ASSIGNED, Overlay.OVERDUE), Status.OVERDUE),
    ],
)
def test_shown(where, status):
    assert shown(where) is status
