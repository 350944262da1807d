"""Who learns what changed, and by what. Source: DESIGN, “older evidence”; the issue's “only to people holding older evidence”."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.domain.deltas import (
    MOST_QUESTIONS,
    QUESTIONS_A_CLAUSE,
    Held,
    Holding,
    Playable,
    lasting_longest,
    programs_behind,
    questions_to_ask,
    story_to_play,
)

ANN, BEN = 1, 2
ONBOARDING, SAFETY = 10, 20
REL, TIM = 100, 200


@pytest.mark.parametrize(
    ("held", "signed", "behind"),
    [
        pytest.param([], {}, {}, id="nobody holds anything"),
        pytest.param([Held(ANN, SAFETY, REL, 1)], {}, {ANN: {SAFETY}}, id="older, never signed"),
        pytest.param([Held(ANN, SAFETY, REL, 2)], {}, {ANN: {SAFETY}}, id="the version just before"),
        pytest.param([Held(ANN, SAFETY, REL, 3)], {}, {}, id="of the change itself"),
        pytest.param([Held(ANN, SAFETY, REL, 4)], {}, {}, id="of an editorial version after it"),
        pytest.param([Held(ANN, SAFETY, TIM, 1)], {}, {}, id="of a clause that did not change"),
        pytest.param([Held(ANN, SAFETY, REL, 1)], {(ANN, REL): 2}, {ANN: {SAFETY}}, id="signed before the change"),
        pytest.param([Held(ANN, SAFETY, REL, 1)], {(ANN, REL): 3}, {}, id="signed the change"),
        pytest.param([Held(ANN, SAFETY, REL, 1)], {(ANN, REL): 4}, {}, id="signed after the change"),
        pytest.param([Held(ANN, SAFETY, REL, 1)], {(BEN, REL): 3}, {ANN: {SAFETY}}, id="somebody else signed it"),
        pytest.param(
            [Held(ANN, SAFETY, REL, 1), Held(ANN, SAFETY, REL, 3)], {}, {}, id="older and newer in one programme"
        ),
        pytest.param([Held(ANN, SAFETY, REL, 3), Held(ANN, SAFETY, REL, 1)], {}, {}, id="the same in another order"),
        pytest.param(
            [Held(ANN, ONBOARDING, REL, 3), Held(ANN, SAFETY, REL, 1)], {}, {ANN: {SAFETY}}, id="newer elsewhere"
        ),
        pytest.param(
            [Held(ANN, ONBOARDING, REL, 1), Held(BEN, SAFETY, REL, 2)],
            {},
            {ANN: {ONBOARDING}, BEN: {SAFETY}},
            id="each in their own programme",
        ),
    ],
)
def test_programs_behind(held, signed, behind):
    assert programs_behind(held, {REL: 3}, signed) == behind


@given(
    st.lists(st.builds(Held, *(st.integers(1, 3) for _ in range(3)), st.integers(1, 5))),
    st.dictionaries(st.integers(1, 3), st.integers(2, 5)),
    st.dictionaries(st.tuples(st.integers(1, 3), st.integers(1, 3)), st.integers(1, 5)),
)
def test_signing_every_change_leaves_nobody_behind_and_signing_never_adds(held, asked, signed):
    behind = programs_behind(held, asked, signed)
    everything = {(learner, clause): number for learner in (1, 2, 3) for clause, number in asked.items()}

    assert programs_behind(held, asked, signed | everything) == {}
    for learner, programs in behind.items():
        assert programs <= programs_behind(held, asked, {})[learner]


def test_a_change_is_learnt_in_the_programme_that_holds_longest():
    soon = Holding(1, "Soon", date(2027, 1, 1))
    late, alike = Holding(2, "Late", date(2028, 1, 1)), Holding(3, "Alike", date(2028, 1, 1))
    for_good = Holding(4, "Zeal", None)

    assert lasting_longest([soon, late]) == 2
    assert lasting_longest([late, soon, alike]) == 3
    assert lasting_longest([soon, for_good, late]) == 4
    assert lasting_longest([for_good, Holding(5, "Care", None)]) == 5


def test_questions_are_taken_clause_by_clause_and_none_twice():
    assert questions_to_ask({REL: [1, 2, 3, 4], TIM: [5]}) == [1, 5, 2, 3]
    assert questions_to_ask({REL: [1, 2], TIM: [1, 3]}) == [1, 2, 3]
    assert questions_to_ask({REL: []}) == []
    assert questions_to_ask({}) == []


@given(st.dictionaries(st.integers(), st.lists(st.integers(1, 40), unique=True), max_size=8))
def test_no_more_questions_than_wanted(by_clause):
    asked = questions_to_ask(by_clause)

    assert len(asked) == len(set(asked)) <= MOST_QUESTIONS
    assert set(asked) <= {each for questions in by_clause.values() for each in questions[:QUESTIONS_A_CLAUSE]}
    offered = {each for questions in by_clause.values() for each in questions[:QUESTIONS_A_CLAUSE]}
    assert len(asked) == min(MOST_QUESTIONS, len(offered))


def test_the_role_play_shows_most_of_what_changed():
    both = Playable(1, "Both", frozenset({REL, TIM}), is_in_programme=False, minutes=20)
    known = Playable(2, "Known", frozenset({REL}), is_in_programme=True, minutes=9)
    short = Playable(3, "Short", frozenset({TIM}), is_in_programme=False, minutes=2)
    shorter = Playable(4, "Brief", frozenset({REL}), is_in_programme=True, minutes=5)
    alike = Playable(5, "Alike", frozenset({REL}), is_in_programme=True, minutes=5)

    assert story_to_play([known, both, short]) == 1
    assert story_to_play([short, known]) == 2
    assert story_to_play([known, shorter]) == 4
    assert story_to_play([shorter, alike]) == 5
    assert story_to_play([]) is None
