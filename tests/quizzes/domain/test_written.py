from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.typed import number_of
from quizzes.domain.written import as_decimal, as_percent, middle_and_half, share_of


@pytest.mark.parametrize(
    ("percent", "share"),
    [
        ("50", Fraction(1, 2)),
        ("50 %", Fraction(1, 2)),
        ("-25%", Fraction(-1, 4)),
        ("12,5", Fraction(1, 8)),
        ("33.33333", Fraction(1, 3)),
        ("33.33", Fraction(1, 3)),
        ("66.67", Fraction(2, 3)),
        ("33", Fraction(33, 100)),
        ("66.66", Fraction(3333, 5000)),
        ("0.0000001", Fraction(1, 10**9)),
        ("half", None),
        ("", None),
    ],
)
def test_share_of_a_percentage(percent: str, share: Fraction | None) -> None:
    assert share_of(percent) == share


@given(st.fractions(min_value=-1, max_value=1, max_denominator=100))
def test_a_share_comes_back_from_its_percentage(share: Fraction) -> None:
    assert share_of(as_percent(share)) == share


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ("10–15", ("12.5", "2.5")),
        ("10-15", ("12.5", "2.5")),
        ("10 to 15", ("12.5", "2.5")),
        ("1..2", ("1.5", "0.5")),
        ("-5 – -3", ("-4", "1")),
        ("15–10", ("12.5", "2.5")),
        ("12.5", None),
        ("-5", None),
        ("1e-5", None),
        ("a–b", None),
        ("1–b", None),
        ("", None),
    ],
)
def test_middle_and_half_of_a_range(span: str, found: tuple[str, str] | None) -> None:
    assert middle_and_half(span) == found


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_a_number_comes_back_from_its_decimals(number: object) -> None:
    exact = Fraction(str(number))
    assert number_of(as_decimal(exact)) == exact
