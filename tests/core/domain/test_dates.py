from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.dates import add_months, local_day, months_between


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 24), 12, date(2027, 11, 24)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_add_months_keeps_the_day_or_takes_the_last_of_the_month(day, months, expected):
    assert add_months(day, months) == expected


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2200, 1, 1)), st.integers(0, 600))
def test_add_months_lands_in_the_month_counted_and_never_on_a_later_day(day, months):
    found = add_months(day, months)

    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day
    assert months_between(day, found) == months


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 1), 1),
        (date(2026, 1, 1), date(2026, 1, 31), 0),
        (date(2025, 11, 30), date(2027, 2, 28), 15),
        (date(2026, 3, 1), date(2025, 12, 31), -3),
    ],
)
def test_months_between_counts_calendar_months(earlier, later, months):
    assert months_between(earlier, later) == months


@pytest.mark.parametrize(
    ("zone", "day"),
    [("UTC", date(2026, 11, 23)), ("Asia/Kuala_Lumpur", date(2026, 11, 24)), ("Pacific/Honolulu", date(2026, 11, 23))],
)
def test_local_day_is_the_day_there(zone, day):
    assert local_day(datetime(2026, 11, 23, 16, tzinfo=UTC), ZoneInfo(zone)) == day
