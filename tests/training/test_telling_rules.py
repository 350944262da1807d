"""When people are told: once a stage, the latest only, and nothing that they were just told otherwise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.domain.telling import due_stage, expiry_stage, ladder_step, overdue_stage

pytestmark = pytest.mark.pure

DUE = date(2026, 12, 31)
LONG_AGO = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("days_left", "stage"),
    [(15, None), (14, 14), (4, 14), (3, 3), (1, 3), (0, 0), (-1, None)],
)
def test_due_is_told_in_three_stages(days_left, stage):
    assert due_stage(DUE, LONG_AGO, DUE - timedelta(days=days_left)) == stage


def test_a_stage_that_the_assignment_itself_told_is_left_out():
    assert due_stage(DUE, DUE - timedelta(days=14), DUE - timedelta(days=14)) is None
    assert due_stage(DUE, DUE - timedelta(days=14), DUE - timedelta(days=3)) == 3


@pytest.mark.parametrize(
    ("days_late", "stage", "steps"),
    [(0, None, 0), (1, 1, 0), (3, 1, 1), (7, 7, 1), (14, 7, 2), (60, 7, 2), (61, None, 0)],
)
def test_overdue_is_told_to_the_person_and_then_up_the_ladder(days_late, stage, steps):
    today = DUE + timedelta(days=days_late)
    assert (overdue_stage(DUE, today), ladder_step(DUE, today)) == (stage, steps)


@pytest.mark.parametrize(
    ("window", "days_left", "stage"), [(60, 30, 30), (30, 30, None), (30, 7, 7), (0, 0, None), (60, 31, None)]
)
def test_expiring_is_told_where_the_refresher_has_been_open_for_longer(window, days_left, stage):
    assert expiry_stage(DUE, DUE - timedelta(days=window), DUE - timedelta(days=days_left)) == stage


@given(st.integers(min_value=0, max_value=100), st.integers(min_value=0, max_value=100))
def test_each_stage_is_one_stretch_of_days(length, left):
    """So that a key of assignment and stage is told once, whenever work that is due runs."""
    assigned = DUE - timedelta(days=length)
    stages = [due_stage(DUE, assigned, DUE - timedelta(days=days)) for days in range(length, -1, -1)]
    told = [stage for stage in stages if stage is not None]
    assert told == sorted(told, reverse=True)
