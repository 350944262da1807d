from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from standards.domain.acknowledging import InForce, clauses_to_sign
from standards.domain.signatures import SMALLEST_GROUP, ShownCount, is_enough, shown_counts

HIDDEN = ShownCount(None)


def exactly(*numbers: int) -> list[ShownCount]:
    return [ShownCount(number) for number in numbers]


def test_a_version_is_enough_from_the_last_substantive_change_on():
    clause = InForce(clause_id=1, number=4, substantive_number=3)

    assert [is_enough(clause, number) for number in (1, 2, 3, 4)] == [False, False, True, True]


@given(st.integers(1, 9), st.integers(1, 9), st.sets(st.integers(1, 9)))
def test_having_signed_any_version_that_is_enough_is_having_signed(substantive, number, signed):
    clause = InForce(1, max(number, substantive), substantive)

    left = clauses_to_sign([clause], {1: max(signed)} if signed else {})
    assert (not left) == any(is_enough(clause, version) for version in signed)


def test_groups_of_five_or_more_and_none_at_all_are_shown():
    assert shown_counts([5, 0, 12]) == exactly(5, 0, 12)


def test_a_small_group_is_hidden_and_the_whole_does_not_give_it_away():
    assert shown_counts([197, 3, 0]) == [ShownCount(195, is_more=True), HIDDEN, ShownCount(0)]
    assert shown_counts([6, 90, 4]) == [ShownCount(6), ShownCount(89, is_more=True), HIDDEN]
    assert shown_counts([190, 3, 2]) == [ShownCount(186, is_more=True), HIDDEN, HIDDEN]
    assert shown_counts([2, 0, 0]) == [HIDDEN, ShownCount(0), ShownCount(0)]


def test_a_group_that_is_shown_is_always_said_to_be_big_enough():
    assert shown_counts([5, 1, 0]) == [ShownCount(4, is_more=True), HIDDEN, ShownCount(0)]


@given(st.lists(st.integers(0, 40), min_size=3, max_size=3))
def test_what_is_shown_is_true_and_never_a_small_number(counts):
    for count, shown in zip(counts, shown_counts(counts), strict=True):
        if shown.number is None:
            assert 0 < count < SMALLEST_GROUP
        elif shown.is_more:
            assert count > shown.number >= SMALLEST_GROUP - 1
        else:
            assert count == shown.number
            assert count == 0 or count >= SMALLEST_GROUP


@given(
    st.integers(SMALLEST_GROUP * 2, 40), st.integers(1, 4), st.integers(0, 40).filter(lambda n: n not in range(1, 5))
)
def test_one_hidden_group_could_be_of_any_size(large, small, other):
    """Whoever knows the whole learns nothing: each size that a hidden group can have would be shown the same."""
    whole = large + small
    shown = {tuple(shown_counts([whole - size, size, 0])) for size in range(1, SMALLEST_GROUP)}

    assert len(shown) == 1
    assert shown_counts([large, small, other])[1] == HIDDEN
