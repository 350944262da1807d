"""Calendar arithmetic on local dates."""

from __future__ import annotations

import calendar
from datetime import date, datetime, tzinfo


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that month is shorter (31 January + 1 = 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(earlier: date, later: date) -> int:
    """Calendar months from one day to the other, whatever the days in them: what `add_months` adds to get there."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def local_day(now: datetime, zone: tzinfo) -> date:
    """The day that it is in `zone` at this moment (aware)."""
    return now.astimezone(zone).date()
