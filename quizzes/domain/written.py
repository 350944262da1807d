"""Shares and ranges as people write them, and back, exactly."""

from __future__ import annotations

import re
from fractions import Fraction

from quizzes.domain.typed import number_of

_PLACES = 5
_SPAN = re.compile(r"(.+?)\s*(?:–|—|\.\.\.?|…|(?<=[\d\s])-|(?<=\s)to(?=\s))\s*(.+)", re.DOTALL)
_DECIMALS = re.compile(r"[.,](\d+)$")
# “33.33” means a third. With all places given, other fractions can be told apart too.
_LARGEST_DENOMINATORS = {2: 12, 3: 12, 4: 12, _PLACES: 100}


def as_percent(share: Fraction) -> str:
    """A share of the mark in per cent, rounded to five places: `share_of` gives it back, for any denominator up to 100."""
    rounded = round(share * 100, _PLACES)
    return as_decimal(rounded, fewest=0 if rounded == share * 100 else _PLACES)


def share_of(percent: str) -> Fraction | None:
    """What a percentage is of the whole; None where it says no number. `33.33` and `33.33333` are a third."""
    percent = percent.strip().removesuffix("%").rstrip()
    number = number_of(percent)
    if number is None:
        return None
    share, decimals = number / 100, _DECIMALS.search(percent)
    places = len(decimals[1]) if decimals else 0
    if places not in _LARGEST_DENOMINATORS:
        return share
    simple = share.limit_denominator(_LARGEST_DENOMINATORS[places])
    return simple if round(simple * 100, places) == number else share


def middle_and_half(span: str) -> tuple[str, str] | None:
    """Of a range, “10–15”, the number in the middle and half the width: 12.5 and 2.5. None for what isn't a range."""
    match = _SPAN.fullmatch(span.strip())
    if match is None:
        return None
    start, end = number_of(match[1]), number_of(match[2])
    if start is None or end is None:
        return None
    return as_decimal((start + end) / 2), as_decimal(abs(end - start) / 2)


def as_decimal(number: Fraction, *, fewest: int = 0) -> str:
    """A number whose decimals end, written out, with this many decimals or more."""
    places = fewest
    while (number * 10**places).denominator != 1:
        places += 1
    digits = str(abs(int(number * 10**places))).rjust(places + 1, "0")
    written = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{written}" if number < 0 else written
