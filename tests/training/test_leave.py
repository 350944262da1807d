"""Leave stops the clock of an assignment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.domain.states import Stretch, due_after_leave

DAY = timedelta(days=1)
DUE, SINCE = date(2026, 12, 10), date(2026, 12, 1)


def leave(first: int, last: int | None = None) -> Stretch:
    """Days of December; 0 is the last of November."""
    return Stretch(SINCE + (first - 1) * DAY, None if last is None else SINCE + (last - 1) * DAY)


@pytest.mark.parametrize(
    ("leaves", "moved_by", "source"),
    [
        ([], 0, "No leave"),
        ([leave(3, 5)], 3, "The clock stops; both ends are leave"),
        ([leave(4, 4)], 1, "A single day"),
        ([leave(-5, 2)], 2, "Before being assigned the clock did not run"),
        ([leave(-5, 0)], 0, "Over before being assigned"),
        ([leave(-5, 1)], 1, "The day of being assigned counts"),
        ([leave(10, 12)], 3, "From the due date itself"),
        ([leave(11, 12)], 0, "After the due date it was late already"),
        ([leave(9, 12), leave(13, 14)], 6, "In time, since the first has moved the due date"),
        ([leave(13, 14), leave(9, 12)], 6, "In whatever order they are written down"),
        ([leave(2, 4), leave(15, 20)], 3, "Begins after the due date as moved"),
        ([leave(2, 6), leave(4, 8)], 7, "Overlapping days count once"),
        ([leave(2, 8), leave(3, 4), leave(5, 5)], 7, "One within another"),
        ([leave(2, 4), leave(2, 4)], 3, "The same one twice"),
        ([leave(3)], 4, "Without an end, up to today"),
        ([leave(6)], 1, "Begun today"),
        ([leave(7)], 0, "Not begun yet"),
        ([leave(3), leave(4, 20)], 18, "A known end beyond today counts whole"),
        ([leave(5, 3)], 0, "Ends before it begins"),
    ],
)
def test_leave_moves_the_due_date(leaves, moved_by, source):
    assert due_after_leave(DUE, SINCE, leaves, date(2026, 12, 6)) == DUE + moved_by * DAY, source


NEARBY = st.dates(date(2026, 11, 1), date(2027, 3, 1))
LEAVES = st.lists(st.builds(Stretch, NEARBY, st.none() | NEARBY), max_size=6)


@given(NEARBY, NEARBY, LEAVES, NEARBY, st.randoms(use_true_random=False))
def test_leave_never_hurries_anybody_and_is_counted_in_any_order(assigned_on, due_on, leaves, today, chance):
    moved = due_after_leave(due_on, assigned_on, leaves, today)
    shuffled = chance.sample(leaves, len(leaves))

    assert moved >= due_on
    assert due_after_leave(due_on, assigned_on, shuffled + leaves, today) == moved


@given(NEARBY, st.integers(0, 60), LEAVES, NEARBY)
def test_who_is_away_in_time_has_as_many_working_days_as_anybody(assigned_on, days, leaves, today):
    due_on = assigned_on + days * DAY
    moved = due_after_leave(due_on, assigned_on, leaves, today)
    away = {
        day
        for stretch in leaves
        for day in (assigned_on + count * DAY for count in range((moved - assigned_on).days + 1))
        if stretch.starts_on <= day <= (today if stretch.ends_on is None else stretch.ends_on)
    }

    assert (moved - assigned_on).days + 1 - len(away) == days + 1


@given(NEARBY, st.integers(0, 60), LEAVES, NEARBY)
def test_nobody_is_late_on_a_day_of_leave(assigned_on, days, leaves, today):
    due_on = assigned_on + days * DAY
    in_time = [stretch for stretch in leaves if assigned_on <= stretch.starts_on <= due_on]
    moved = due_after_leave(due_on, assigned_on, in_time, today)

    assert all(moved > (stretch.ends_on or today) for stretch in in_time)
