"""When a job was left by its worker, and how often it is tried."""

from __future__ import annotations

from datetime import datetime, timedelta

BEAT = timedelta(seconds=15)
"""How often a worker says that it lives."""

PATIENCE = timedelta(seconds=90)
"""How long it may be silent before it is taken for dead: a few beats, one of which may wait 20 seconds for SQLite's lock."""

MOST_WAITING = timedelta(minutes=10)
"""How long a job may wait before somebody should look why."""

TRIES = 3
"""A job that took so many workers with it isn't given to another by itself."""


class StoppedTooOften(Exception):
    """What is written as the error of a job whose worker was stopped at each try."""


def is_alive(seen_at: datetime, now: datetime) -> bool:
    """Whether who was last seen then still lives. A clock that was set back must not keep the dead alive, hence both ways."""
    return abs(now - seen_at) <= PATIENCE


def may_be_tried_again(tries: int) -> bool:
    return tries < TRIES


def waits_too_long(since: datetime | None, now: datetime) -> bool:
    """since: when the job that waits longest could have been run; None where none waits."""
    return since is not None and now - since > MOST_WAITING
