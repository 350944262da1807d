from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.practice import (
    A_WEEK,
    FIVE,
    Card,
    DayMark,
    Learned,
    by_need,
    next_card,
    pick,
    streak,
)
from quizzes.domain.recall import Rating, review

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
days_ago = st.sets(st.integers(min_value=0, max_value=40))


def ago(*days: int) -> set[date]:
    return {TODAY - timedelta(days=day) for day in days}


def reviewed(clause: int, rating: Rating, days: int, *, due_in: int) -> Learned:
    state = review(None, rating, NOW - timedelta(days=days))
    return Learned(clause, state, TODAY + timedelta(days=due_in))


def test_what_is_due_comes_first_then_what_was_never_asked_then_what_is_known() -> None:
    known, new = reviewed(1, Rating.EASY, 1, due_in=7), Learned(2)
    slipping, slipped = reviewed(3, Rating.GOOD, 3, due_in=0), reviewed(4, Rating.GOOD, 30, due_in=-28)

    assert by_need([known, new, slipping, slipped], NOW, TODAY) == [slipped, slipping, new, known]


def test_of_equal_questions_the_seed_decides() -> None:
    firsts = {pick([Learned(1)], {1: range(1, 9)}, {}, str(seed))[0].question_id for seed in range(20)}

    assert len(firsts) > 3


def test_a_clause_without_questions_is_passed_over() -> None:
    assert [one.clause_id for one in pick([Learned(1), Learned(2)], {2: [7]}, {}, "")] == [2]


def test_never_asked_before_longest_ago_before_lately() -> None:
    last_asked = {11: NOW, 12: NOW - timedelta(days=9)}

    assert pick([Learned(1)], {1: [11, 12, 13]}, last_asked, "")[0].question_id == 13
    assert pick([Learned(1)], {1: [11, 12]}, last_asked, "")[0].question_id == 12


def test_a_clause_whose_questions_are_taken_is_passed_over() -> None:
    picked = pick([Learned(1), Learned(2), Learned(3)], {1: [7], 2: [7], 3: [8]}, {}, "")

    assert [(one.clause_id, one.question_id) for one in picked] == [(1, 7), (3, 8)]


@given(
    st.dictionaries(st.integers(1, 30), st.sets(st.integers(1, 40), max_size=5), max_size=30),
    st.sets(st.integers(1, 40)),
    st.text(max_size=5),
)
def test_five_at_most_no_question_twice_each_about_its_clause(
    questions: dict[int, set[int]], asked: set[int], seed: str
) -> None:
    learned = [Learned(clause) for clause in questions]
    last_asked = {question: NOW - timedelta(days=question) for question in asked}
    picked = pick(learned, questions, last_asked, seed)

    assert len(picked) <= FIVE
    assert len({one.question_id for one in picked}) == len({one.clause_id for one in picked}) == len(picked)
    assert all(one.question_id in questions[one.clause_id] for one in picked)
    assert picked == pick(learned, {clause: sorted(ids) for clause, ids in questions.items()}, last_asked, seed)


@pytest.mark.parametrize(
    ("cards", "following"),
    [
        ([Card(1), Card(2)], (1, 1)),
        ([Card(1, (True,)), Card(2)], (2, 1)),
        ([Card(1, (False,)), Card(2)], (2, 1)),
        ([Card(1, (False,)), Card(2, (True,))], (1, 2)),
        ([Card(1, (False, True)), Card(2, (False,))], (2, 2)),
        ([Card(1, (False, False)), Card(2, (True,))], None),
        ([], None),
    ],
)
def test_what_was_wrong_comes_back_once_at_the_end(cards: list[Card], following: tuple[int, int] | None) -> None:
    card = next_card(cards)

    assert (card and (card.position, card.turn)) == following


@pytest.mark.parametrize(
    ("practised", "length"),
    [
        ((), 0),
        ((0,), 1),
        ((1,), 1),
        ((2,), 1),
        ((3,), 0),
        ((0, 1, 2), 3),
        ((0, 2, 3), 3),
        ((0, 3), 1),
        ((0, 1, 2, 3, 4, 5, 7), 7),
        ((0, 2, 3, 4, 5, 6, 7, 9), 8),
        ((0, 2, 3, 4, 5, 6, 8), 6),
        ((1, 2, 3, 5, 6), 5),
    ],
)
def test_streak_forgives_one_day_off_in_seven(practised: tuple[int, ...], length: int) -> None:
    assert streak(ago(*practised), TODAY).length == length


def test_the_week_says_which_day_was_off() -> None:
    found = streak(ago(1, 2, 4, 5), TODAY)

    assert [mark for _, mark in found.week] == [
        DayMark.MISSED,
        DayMark.DONE,
        DayMark.DONE,
        DayMark.OFF,
        DayMark.DONE,
        DayMark.DONE,
        DayMark.TODAY,
    ]
    assert found.day_off == TODAY - timedelta(days=3)
    assert streak(ago(0), TODAY).day_off is None


@given(days_ago)
def test_streak_is_bounded_by_what_was_practised(days: set[int]) -> None:
    found = streak(ago(*days), TODAY)

    assert 0 <= found.length <= len(days)
    assert len(found.week) == A_WEEK
    assert (found.length > 0) == bool(days & {0, 1, 2})


@given(days_ago)
def test_practising_today_adds_to_the_streak(days: set[int]) -> None:
    days -= {0}

    assert streak(ago(*days, 0), TODAY).length >= max(streak(ago(*days), TODAY).length, 1)


@given(days_ago, st.integers(min_value=0, max_value=40))
def test_a_day_more_never_shortens_it_and_no_day_off_means_every_day(days: set[int], more: int) -> None:
    whole = set(range(more + 1))

    assert streak(ago(*whole), TODAY).length == more + 1
    assert streak(ago(*days, *whole), TODAY).length >= more + 1


@given(days_ago)
def test_within_a_streak_no_seven_days_have_two_off(days: set[int]) -> None:
    """The longest run of days counted from today, or yesterday, that holds the rule; worked out the long way."""
    best = 0
    for reach in range(max(days, default=-1) + 1):
        off = [day for day in range(0 if 0 in days else 1, reach + 1) if day not in days]
        if reach in days and all(later - sooner >= A_WEEK for sooner, later in pairwise(off)):
            best = len([day for day in days if day <= reach])

    assert streak(ago(*days), TODAY).length == best
