"""Marks and grades, exact: fractions until the result is written down, never floats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import IntEnum
from fractions import Fraction

SCORE_PLACES = Decimal("0.00001")
"""Scores are written down to five places, as Moodle's question engine does."""


@dataclass(frozen=True)
class Grade:
    """What an attempt came to. `scaled` is `raw` of `maximum`, 0 to 1; `share` is the same, exact, and decides on success."""

    raw: Decimal
    maximum: Decimal
    scaled: Decimal
    is_success: bool
    share: Fraction


class Certainty(IntEnum):
    """How sure somebody said they were."""

    GUESSED = 1
    FAIRLY_SURE = 2
    SURE = 3


def mark_with_certainty(mark: Fraction, certainty: Certainty) -> Fraction:
    """Certainty-based marking (Gardner-Medwin): right earns 1, 2 or 3 thirds, wrong costs 0, 2 or 6 thirds.

    Moodle's `question_cbm::adjust_fraction`, over its best mark of 3: a part of the mark earns that part.
    """
    if mark > 0:
        return mark * Fraction(certainty, 3)
    return {Certainty.GUESSED: Fraction(), Certainty.FAIRLY_SURE: Fraction(-2, 3), Certainty.SURE: Fraction(-2)}[
        certainty
    ]


def grade(marks: Iterable[Fraction], mastery_score: Decimal) -> Grade:
    """The sum of the marks over their number, never below 0; success from the mastery score (0 to 1) upwards.

    Scores are cut, not rounded, to five places: a result never looks better than it was.
    """
    marks = tuple(marks)
    if not marks:
        raise ValueError("An attempt without questions can't be graded.")
    total = max(sum(marks, Fraction()), Fraction())
    scaled = total / len(marks)
    return Grade(
        _decimal(total), _decimal(Fraction(len(marks))), _decimal(scaled), scaled >= Fraction(mastery_score), scaled
    )


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(SCORE_PLACES, rounding=ROUND_DOWN)
