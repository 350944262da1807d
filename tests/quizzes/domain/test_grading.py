"""Grades."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.grading import Certainty, Grade, grade, mark_with_certainty

marks = st.lists(st.fractions(-1, 1, max_denominator=7), min_size=1, max_size=30)
mastery_scores = st.decimals(0, 1, places=3)
certainties = st.sampled_from(Certainty)


@pytest.mark.parametrize(
    ("mark", "certainty", "expected"),
    [
        (1, Certainty.GUESSED, Fraction(1, 3)),
        (1, Certainty.FAIRLY_SURE, Fraction(2, 3)),
        (1, Certainty.SURE, Fraction(1)),
        (Fraction(1, 2), Certainty.SURE, Fraction(1, 2)),
        (0, Certainty.GUESSED, Fraction()),
        (0, Certainty.FAIRLY_SURE, Fraction(-2, 3)),
        (Fraction(-1, 2), Certainty.SURE, Fraction(-2)),
    ],
)
def test_mark_with_certainty(mark: Fraction, certainty: Certainty, expected: Fraction) -> None:
    assert mark_with_certainty(Fraction(mark), certainty) == expected


@given(st.fractions(-1, 1), certainties)
def test_mark_with_certainty_never_beats_the_mark(mark: Fraction, certainty: Certainty) -> None:
    assert -2 <= mark_with_certainty(mark, certainty) <= max(mark, 0)


def test_grade_passes_at_the_mastery_score_exactly() -> None:
    third = Fraction(1, 3)
    assert grade([third, third, third], Decimal("0.333")).is_success
    assert grade([Fraction(1)] * 8 + [Fraction(0)] * 2, Decimal("0.80")) == Grade(
        Decimal("8.00000"), Decimal("10.00000"), Decimal("0.80000"), is_success=True, share=Fraction(4, 5)
    )


def test_grade_fails_a_hair_below_and_does_not_look_better() -> None:
    result = grade([Fraction(2, 3)], Decimal("0.667"))
    assert result == Grade(
        Decimal("0.66666"), Decimal("1.00000"), Decimal("0.66666"), is_success=False, share=Fraction(2, 3)
    )


@given(marks, mastery_scores)
def test_grade_is_exact(given_marks: list[Fraction], mastery_score: Decimal) -> None:
    result = grade(given_marks, mastery_score)
    exact = max(sum(given_marks, Fraction()), Fraction()) / len(given_marks)
    assert Decimal(0) <= result.scaled <= 1
    assert 0 <= exact - Fraction(result.scaled) < Fraction(1, 100_000)
    assert result.maximum == len(given_marks)
    assert result.is_success == (exact >= Fraction(mastery_score))


@given(marks, mastery_scores)
def test_grade_ignores_the_order_of_questions(given_marks: list[Fraction], mastery_score: Decimal) -> None:
    assert grade(given_marks, mastery_score) == grade(sorted(given_marks), mastery_score)


def test_grade_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="without questions"):
        grade([], Decimal("0.5"))
