"""Marks and grades."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.grading import Grade, UnknownKind, WrongChoice, check_choice, grade, mark

OPTIONS = "abcdef"
some_options = st.sets(st.sampled_from(OPTIONS))
right_options = st.sets(st.sampled_from(OPTIONS), min_size=1)
kinds = st.sampled_from(["single", "multiple"])
marks = st.lists(st.fractions(0, 1, max_denominator=7), min_size=1, max_size=30)
mastery_scores = st.decimals(0, 1, places=3)


@pytest.mark.parametrize(
    ("right", "chosen", "expected"),
    [("b", "b", 1), ("b", "a", 0), ("b", "", 0), ("b", "ab", 0)],
)
def test_mark_single(right: str, chosen: str, expected: int) -> None:
    assert mark("single", right, chosen) == expected


@pytest.mark.parametrize(
    ("right", "chosen", "expected"),
    [
        ("ac", "ac", Fraction(1)),
        ("ac", "a", Fraction(1, 2)),
        ("ac", "ab", Fraction(0)),
        ("abc", "abcd", Fraction(2, 3)),
        ("abc", "ab", Fraction(2, 3)),
        ("a", "bcd", Fraction(0)),
        ("ac", "", Fraction(0)),
    ],
)
def test_mark_multiple(right: str, chosen: str, expected: Fraction) -> None:
    assert mark("multiple", right, chosen) == expected


@given(kinds, right_options, some_options)
def test_mark_lies_between_0_and_1(kind: str, right: set[str], chosen: set[str]) -> None:
    assert 0 <= mark(kind, right, chosen) <= 1


@given(kinds, right_options, st.permutations(OPTIONS), st.integers(0, 6))
def test_mark_ignores_order(kind: str, right: set[str], order: list[str], count: int) -> None:
    assert mark(kind, right, order[:count]) == mark(kind, sorted(right, reverse=True), sorted(order[:count]))


@given(right_options)
def test_mark_is_1_for_all_right_options_and_nothing_else(right: set[str]) -> None:
    assert mark("multiple", right, right) == 1


@given(right_options, some_options)
def test_mark_is_0_for_wrong_options_only(right: set[str], chosen: set[str]) -> None:
    assert mark("multiple", right, chosen - right) == 0


@given(right_options, some_options)
def test_mark_falls_with_each_wrong_option(right: set[str], chosen: set[str]) -> None:
    for wrong in set(OPTIONS) - right - chosen:
        assert mark("multiple", right, chosen | {wrong}) <= mark("multiple", right, chosen)


def test_mark_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        mark("essay", "a", "a")


def test_mark_without_a_right_option_is_refused() -> None:
    with pytest.raises(ValueError, match="right option"):
        mark("single", "", "a")


@pytest.mark.parametrize(("kind", "chosen"), [("single", "a"), ("multiple", "a"), ("multiple", "abc")])
def test_check_choice_takes_an_answer(kind: str, chosen: str) -> None:
    check_choice(kind, "abc", chosen)


@pytest.mark.parametrize(
    ("kind", "chosen"),
    [("single", ""), ("single", "ab"), ("single", "x"), ("multiple", ""), ("multiple", "aa"), ("multiple", "ax")],
)
def test_check_choice_refuses(kind: str, chosen: str) -> None:
    with pytest.raises(WrongChoice):
        check_choice(kind, "abc", chosen)


def test_check_choice_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        check_choice("essay", "abc", "a")


def test_grade_passes_at_the_mastery_score_exactly() -> None:
    third = Fraction(1, 3)
    assert grade([third, third, third], Decimal("0.333")).is_success
    assert grade([Fraction(1)] * 8 + [Fraction(0)] * 2, Decimal("0.80")) == Grade(
        Decimal("8.00000"), Decimal("10.00000"), Decimal("0.80000"), is_success=True
    )


def test_grade_fails_a_hair_below_and_does_not_look_better() -> None:
    result = grade([Fraction(2, 3)], Decimal("0.667"))
    assert result == Grade(Decimal("0.66666"), Decimal("1.00000"), Decimal("0.66666"), is_success=False)


@given(marks, mastery_scores)
def test_grade_is_exact(given_marks: list[Fraction], mastery_score: Decimal) -> None:
    result = grade(given_marks, mastery_score)
    exact = sum(given_marks, Fraction()) / len(given_marks)
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
