"""When an assignment is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Deadline:
    """So many days after it is assigned, or on one day for everybody; neither is no deadline."""

    days: int | None = None
    on: date | None = None

    def counted_from(self, assigned_on: date, employed_on: date | None = None) -> date | None:
        """The day that it is due; counted from the first day of work for who was assigned before it."""
        if self.days is None:
            return self.on
        return max(assigned_on, employed_on or assigned_on) + timedelta(days=self.days)
