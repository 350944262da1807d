"""Counts of where people stand: how many of a group are certified, overdue, … and how far they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

STATES = ("certified", "refresh", "in_progress", "assigned", "overdue", "expired", "waived", "on_leave")
"""What somebody is shown as, of whom something is asked or was; named like the members of core.enums.Status."""
COUNTS = (*STATES, "started", "half", "completed")


@dataclass(frozen=True)
class Tally:
    """A person counts once for each programme that they have. Released ones aren't counted: nothing is asked of them.

    started, half, completed: how many of all of them have done something, half of what is needed, everything, at least once.
    """

    certified: int = 0
    refresh: int = 0
    in_progress: int = 0
    assigned: int = 0
    overdue: int = 0
    expired: int = 0
    waived: int = 0
    on_leave: int = 0
    started: int = 0
    half: int = 0
    completed: int = 0

    @property
    def total(self) -> int:
        return sum(getattr(self, name) for name in STATES)

    @property
    def holding(self) -> int:
        """Certified on that day: those whose refresher is open still are."""
        return self.certified + self.refresh

    @property
    def share(self) -> float | None:
        """Of 1: certified of all; None where there is nobody."""
        return self.holding / self.total if self.total else None

    @property
    def percent(self) -> int | None:
        """Rounded down, so that only everybody is a hundred."""
        return 100 * self.holding // self.total if self.total else None

    @property
    def late(self) -> int:
        return self.overdue + self.expired

    @property
    def waiting(self) -> int:
        """Waived or away: nobody asks them now."""
        return self.waived + self.on_leave

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name) for name in COUNTS))


def added_up(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def half_of(needed: int) -> int:
    """How many of so many activities are half of them, at least one."""
    return max(1, -(-needed // 2))
