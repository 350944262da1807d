"""Work that falls due with time, or that a killed worker left undone: each app registers its own, `manage.py run_due` does it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class DueWork(Protocol):
    def __call__(self, *, now: datetime) -> int:
        """Do all that is due, and say how many things that were."""


_due_work: dict[str, DueWork] = {}


def register_due_work(name: str, work: DueWork) -> None:
    """`work` is a service; what it has done isn't due any more, so that a second run does nothing.

    name: what the things are, for the log of the command ("certificates set as PDF").
    """
    _due_work[name] = work


def due_work() -> dict[str, DueWork]:
    """Everything registered, by name, in the order of registration."""
    return dict(_due_work)
