from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.domain.tallies import COUNTS, STATES, Tally, added_up, half_of

tallies = st.builds(Tally, **{name: st.integers(0, 50) for name in COUNTS})


def test_a_tally_tells_its_shares():
    tally = Tally(certified=5, refresh=2, in_progress=1, overdue=1, expired=1, waived=1, on_leave=1)

    assert (tally.total, tally.holding, tally.late, tally.waiting) == (12, 7, 2, 2)
    assert (tally.percent, tally.share) == (58, 7 / 12)
    assert (Tally().percent, Tally().share) == (None, None)


@given(tallies, tallies)
def test_tallies_add_up_count_by_count(one, other):
    both = added_up([one, other])

    assert all(getattr(both, name) == getattr(one, name) + getattr(other, name) for name in COUNTS)
    assert both.total == one.total + other.total == sum(getattr(both, name) for name in STATES)


@pytest.mark.parametrize(("needed", "half"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (7, 4)])
def test_half_of_what_is_needed_is_rounded_up_and_never_nothing(needed, half):
    assert half_of(needed) == half
