"""Best points, pass marks: against brute force over every path."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.scenarios.domain.stories import paths, small_story, sound_stories
from training.domain.scenario.graph import Story
from training.domain.scenario.scoring import (
    best_points,
    best_points_from,
    decisions_from,
    is_success,
    needed_points,
    scaled_score,
)

pass_marks = st.decimals(0, 1, places=2)
scores = st.integers(1, 60).flatmap(lambda best: st.tuples(st.integers(0, best), st.just(best)))


def test_best_points_of_a_story_worked_out_by_hand() -> None:
    assert best_points_from(small_story()) == {"greeting": 5, "price": 3, "gift": 1, "stays": 0, "leaves": 0}


@given(sound_stories())
def test_best_points_agree_with_trying_every_path(told: Story) -> None:
    assert best_points(told) == max(sum(one.total for _, one in path) for path in paths(told))


@given(sound_stories())
def test_decisions_from_agree_with_trying_every_path(told: Story) -> None:
    lengths = [len(path) for path in paths(told)]
    assert decisions_from(told)[told.start] == (min(lengths), max(lengths))


@given(scores, pass_marks)
def test_scaled_score_never_shows_a_pass_mark_that_was_not_reached(score: tuple[int, int], mastery: Decimal) -> None:
    assert is_success(*score, mastery) == (scaled_score(*score) >= mastery)


@given(scores, pass_marks)
def test_needed_points_are_the_fewest_that_pass(score: tuple[int, int], mastery: Decimal) -> None:
    points, best = score
    assert is_success(points, best, mastery) == (points >= needed_points(best, mastery))


@given(scores)
def test_scaled_score_is_within_its_last_place(score: tuple[int, int]) -> None:
    assert 0 <= Fraction(*score) - Fraction(scaled_score(*score)) < Fraction(1, 10_000)


def test_nothing_to_gain_has_no_score() -> None:
    with pytest.raises(ZeroDivisionError):
        is_success(0, 0, Decimal("0.7"))
