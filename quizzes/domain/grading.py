"""Marks and grades, exact: fractions until the result is written down, never floats."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

SCORE_PLACES = Decimal("0.00001")
"""Scores are written down to five places, as Moodle's question engine does."""


class UnknownKind(Exception):
    """A kind of question that nobody has said how to mark."""


class WrongChoice(Exception):
    """The answer isn't one that this question takes: not an option of it, an option twice, too many or none."""


@dataclass(frozen=True)
class Grade:
    """What an attempt came to. `scaled` is `raw` of `maximum`, 0 to 1; success is decided on the exact value."""

    raw: Decimal
    maximum: Decimal
    scaled: Decimal
    is_success: bool


def check_choice(kind: str, offered: Collection[str], chosen: Collection[str]) -> None:
    """Raise WrongChoice unless `chosen` answers a question of this kind that offers these options (ids)."""
    if kind not in _MARKS:
        raise UnknownKind(kind)
    if not chosen or len(set(chosen)) != len(chosen) or not set(chosen) <= set(offered):
        raise WrongChoice
    if kind == "single" and len(chosen) != 1:
        raise WrongChoice


def mark(kind: str, right: Collection[str], chosen: Collection[str]) -> Fraction:
    """From 0 to 1 for the options chosen (ids; empty for no answer), given those that are right. The order never matters."""
    if kind not in _MARKS:
        raise UnknownKind(kind)
    if not right:
        raise ValueError("A question without a right option can't be marked.")
    return _MARKS[kind](frozenset(right), frozenset(chosen))


def grade(marks: Iterable[Fraction], mastery_score: Decimal) -> Grade:
    """The sum of the marks over their number; success from the mastery score (0 to 1) upwards.

    Scores are cut, not rounded, to five places: a result never looks better than it was.
    """
    marks = tuple(marks)
    if not marks:
        raise ValueError("An attempt without questions can't be graded.")
    total = sum(marks, Fraction())
    scaled = total / len(marks)
    return Grade(_decimal(total), _decimal(Fraction(len(marks))), _decimal(scaled), scaled >= Fraction(mastery_score))


def _mark_single(right: frozenset[str], chosen: frozenset[str]) -> Fraction:
    """One right option: it and nothing else."""
    return Fraction(int(len(chosen) == 1 and chosen <= right))


def _mark_multiple(right: frozenset[str], chosen: frozenset[str]) -> Fraction:
    """Right options chosen less wrong ones chosen, over the number of right ones, never below 0.

    Moodle's multichoice with several answers: the chosen options' fractions are added up and kept between 0 and 1
    (`question/type/multichoice/question.php`, `qtype_multichoice_multi_question::grade_response`), where each right option
    is worth 1/n and each wrong one takes 1/n away. So choosing everything is no way to score.
    """
    return max(Fraction(len(chosen & right) - len(chosen - right), len(right)), Fraction())


_MARKS = {"single": _mark_single, "multiple": _mark_multiple}


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(SCORE_PLACES, rounding=ROUND_DOWN)
