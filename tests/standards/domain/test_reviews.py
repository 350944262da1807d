from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.domain.reviews import (
    Stage,
    Standing,
    due_on,
    next_review_limits,
    proposed_next_review,
    reminder_stage,
    standing,
)

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 1, 1))


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


@pytest.mark.parametrize(
    ("written", "reviewed", "due"),
    [
        (None, None, None),
        (days(1), None, days(1)),
        (None, days(2), days(2)),
        (days(1), days(2), days(2)),
        (days(3), days(2), days(3)),
    ],
)
def test_the_later_date_counts(written, reviewed, due):
    assert due_on(written, reviewed) == due


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, Standing.UNDATED),
        (days(-1), Standing.OVERDUE),
        (days(0), Standing.SOON),
        (days(30), Standing.SOON),
        (days(31), Standing.LATER),
    ],
)
def test_a_review_is_overdue_from_the_day_after(due, expected):
    assert standing(due, TODAY) is expected


@pytest.mark.parametrize(
    ("due", "stage"),
    [
        (None, None),
        (days(1), None),
        (days(0), Stage.DUE),
        (days(-29), Stage.DUE),
        (days(-30), Stage.OVERDUE),
        (days(-400), Stage.OVERDUE),
    ],
)
def test_a_reminder_is_due_on_the_day_and_30_days_later(due, stage):
    assert reminder_stage(due, TODAY) is stage


@pytest.mark.parametrize(
    ("today", "proposed"),
    [(date(2028, 2, 29), date(2029, 2, 28)), (date(2026, 11, 30), date(2027, 11, 30))],
)
def test_a_year_is_proposed_at_the_end_of_a_month_too(today, proposed):
    assert proposed_next_review(today) == proposed


@given(DAYS)
def test_what_is_proposed_is_allowed_and_never_today(today):
    first, last = next_review_limits(today)

    assert today < first <= proposed_next_review(today) <= last


@given(st.none() | DAYS, DAYS)
def test_who_is_reminded_has_a_review_that_is_due(due, today):
    if reminder_stage(due, today):
        assert due is not None
        assert due <= today
