"""Weights as other systems write them, per cent with a few decimals, and as they are meant: exact fractions."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

_WEIGHT = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{0,15})?")
_CUT_OFF = 2
"""With so many decimals or more a weight may be a fraction that was cut off, as in 33.33."""
_LARGEST_DENOMINATOR = 1000
_MOODLES_DECIMALS = 5

_OFFERED = "1 9/10 5/6 4/5 3/4 7/10 2/3 3/5 1/2 2/5 1/3 3/10 1/4 1/5 1/6 1/7 1/8 1/9 1/10 1/20 0"
ALLOWED = tuple(map(Fraction, _OFFERED.split()))
"""The fractions that Moodle lets a teacher choose (`question_bank::fraction_options`)."""


@lru_cache(maxsize=4096)
def weight_of(written: str) -> Fraction | None:
    """The fraction that a percentage means: 33.33333 is a third. None where it is no number from -100 to 100."""
    written = written.strip()
    if not _WEIGHT.fullmatch(written):
        return None
    whole, _, after = written.replace(",", ".").partition(".")
    scale = 100 * 10 ** len(after)
    value = int(f"{whole}{after}")
    if abs(value) > scale:
        return None
    exact = Fraction(value, scale)
    if len(after) < _CUT_OFF:
        return exact
    meant = next((allowed for allowed in ALLOWED if _is_cut_off(allowed, abs(value), scale)), None)
    if meant is not None:
        return -meant if value < 0 else meant
    if len(after) < _MOODLES_DECIMALS:
        return exact
    simple = exact.limit_denominator(_LARGEST_DENOMINATOR)
    return simple if _is_cut_off(abs(simple), abs(value), scale) else exact


def _is_cut_off(fraction: Fraction, value: int, scale: int) -> bool:
    """Whether value / scale is the fraction to within one unit of its last place."""
    return abs(fraction.numerator * scale - value * fraction.denominator) < fraction.denominator


def weight_text(fraction: Fraction) -> str | None:
    """The shortest percentage that `weight_of` reads as this fraction; Moodle's five decimals where the fraction is endless.

    None where no percentage says it.
    """
    for decimals in (0, 1, 2, 3, 5, 7, 12):
        scaled = fraction * 100 * 10**decimals
        text = _written(round(scaled), decimals)
        if (decimals >= _MOODLES_DECIMALS or scaled.denominator == 1) and weight_of(text) == fraction:
            return text
    return None


@lru_cache(maxsize=4096)
def nearest_allowed(fraction: Fraction) -> Fraction:
    """Of the fractions that Moodle has, the one that is nearest."""
    nearest = min(ALLOWED, key=lambda allowed: abs(allowed - abs(fraction)))
    return -nearest if fraction < 0 else nearest


def decimal_text(number: Fraction) -> str | None:
    """A number as a decimal, written out; None where it has no end (or more than 30 places)."""
    for places in range(31):
        scaled = number * 10**places
        if scaled.denominator == 1:
            return _written(scaled.numerator, places)
    return None


def _written(scaled: int, places: int) -> str:
    digits = str(abs(scaled)).rjust(places + 1, "0")
    whole, after = digits[: len(digits) - places], digits[len(digits) - places :]
    return f"{'-' if scaled < 0 else ''}{whole}{'.' if after else ''}{after}"
