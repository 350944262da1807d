"""When people are told of what is due, and of what expires. Only the latest that applies: after an outage nobody gets three at once."""

from __future__ import annotations

from datetime import date, timedelta

DUE_DAYS = (0, 3, 14)
"""So many days before it is due."""
EXPIRY_DAYS = (7, 30)
"""So many days before it expires, where the refresher has been open for longer."""
OVERDUE_DAYS = (1, 7)
"""So many days after it was due, its person is told."""
LADDER_DAYS = (3, 14)
"""So many days after it was due, who supervises the person is told, then who supervises a team above."""
LATEST = 60
"""Days after which nobody is told any more: lists go on showing it."""


def due_stage(due_on: date, assigned_on: date, today: date) -> int | None:
    """How many days before it is due is told today; None where that was on or before the day of assignment, or isn't yet."""
    return _stage(DUE_DAYS, due_on, assigned_on, today)


def expiry_stage(expires_on: date, opens_on: date, today: date) -> int | None:
    """How many days before it expires is told today; None where the refresher opened only then, or it isn't yet."""
    return _stage(EXPIRY_DAYS, expires_on, opens_on, today)


def overdue_stage(due_on: date, today: date) -> int | None:
    """How many days after it was due is told today to whom it is about."""
    return _late(OVERDUE_DAYS, due_on, today)


def ladder_step(due_on: date, today: date) -> int:
    """How many steps of the ladder have been told by today: 0 nobody, 1 who supervises the person, 2 who supervises a team above."""
    late = (today - due_on).days
    return sum(days <= late for days in LADDER_DAYS) if late <= LATEST else 0


def _stage(stages: tuple[int, ...], day: date, known_since: date, today: date) -> int | None:
    left = (day - today).days
    stage = next((days for days in stages if 0 <= left <= days), None)
    return stage if stage is not None and day - timedelta(days=stage) > known_since else None


def _late(stages: tuple[int, ...], due_on: date, today: date) -> int | None:
    late = (today - due_on).days
    return max((days for days in stages if days <= late), default=None) if late <= LATEST else None
