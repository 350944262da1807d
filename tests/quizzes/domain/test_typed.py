"""Typed answers."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.keys import Unit
from quizzes.domain.typed import amount_of, number_of, says

UNITS = (Unit("RM"), Unit("sen", "0.01"), Unit("km/h", "2"), Unit("ré*l"))


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("sorry", " Sorry ", True),
        ("sorry", "so sorry", False),
        ("*sorry*", "so sorry, madam", True),
        ("sorry*", "sorry", True),
        ("say * and * now", "say sorry and  pay   now", True),
        ("say * and * now", "say and now", False),
        ("a*a", "a", False),
        ("a*b*c", "a-c-b", False),
        (r"5\*", "5*", True),
        (r"5\*", "5 stars", False),
        (r"c:\new", r"C:\NEW", True),
        ("end\\", "end\\", True),
        (r"a\\b", r"a\b", True),
        ("café", "CAFE", True),
        ("straße", "STRASSE", True),
        ("ﬁne", "fine", True),
        ("*", "", True),
        ("  two   words ", "two words", True),
        ("*a*", "ab", True),
        ("*a*a*b", "ab", False),
        ("*ab*b", "ab", False),
        ("*ab*b", "abb", True),
        ("a*a*a", "aa", False),
        ("*a*b*", "ba", False),
        ("*ab*ab*", "ab", False),
        ("*a*c*", "aabc", True),
        (" *say * ", "Please say so", True),
        (r"\x*", "\\xyz", True),
    ],
)
def test_says(pattern: str, text: str, *, expected: bool) -> None:
    assert says(pattern, text, minds_case=False, minds_accents=False) is expected


def test_says_can_mind_case_and_accents() -> None:
    assert not says("Ali", "ali", minds_case=True, minds_accents=False)
    assert says("Ali", "Ali", minds_case=True, minds_accents=True)
    assert not says("cafe", "café", minds_case=False, minds_accents=True)


@given(st.text(st.sampled_from("ab* \\"), max_size=12), st.text(st.sampled_from("ab \\"), max_size=12))
def test_says_is_what_a_regular_expression_would_say(pattern: str, text: str) -> None:
    pieces, escaped = [""], False
    for character in pattern:
        if character == "\\" and not escaped:
            escaped = True
        elif character == "*" and not escaped:
            pieces.append("")
        else:
            pieces[-1] += ("\\" if escaped and character not in "\\*" else "") + character
            escaped = False
    pieces[-1] += "\\" if escaped else ""
    blanks = [re.sub(r"\s+", " ", piece) for piece in pieces]
    blanks[0] = blanks[0].lstrip()
    blanks[-1] = blanks[-1].rstrip()
    wanted = ".*".join(map(re.escape, blanks))
    said = re.sub(r"\s+", " ", text).strip()
    assert says(pattern, text, minds_case=True, minds_accents=True) == bool(re.fullmatch(wanted, said, re.DOTALL))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("24", Fraction(24)),
        (" +3.50 ", Fraction(7, 2)),
        ("-0.1", Fraction(-1, 10)),
        ("−2", Fraction(-2)),
        (".5", Fraction(1, 2)),
        (",5", Fraction(1, 2)),
        ("1,5", Fraction(3, 2)),
        ("12,50", Fraction(25, 2)),
        ("1,200", Fraction(1200)),
        ("1,200,000.25", Fraction(4800001, 4)),
        ("1.200,5", Fraction(2401, 2)),
        ("1 200", Fraction(1200)),
        ("1’200", Fraction(1200)),
        ("2e3", Fraction(2000)),
        ("1.5E-2", Fraction(3, 200)),
        ("1e999", None),
        ("1.2.3", None),
        ("1,5.2", None),
        ("1\u00a0200", Fraction(1200)),
        ("1\u202f200", Fraction(1200)),
        ("+7", Fraction(7)),
        ("1,2,3", None),
        ("", None),
        ("three", None),
        ("--2", None),
        ("2 3 x", None),
    ],
)
def test_number_of(written: str, expected: Fraction | None) -> None:
    assert number_of(written) == expected


@given(st.decimals(-(10**9), 10**9, places=4))
def test_number_of_reads_every_decimal_exactly(number: object) -> None:
    assert number_of(f"{number:f}") == Fraction(str(number))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("RM 50", (Fraction(50), UNITS[0])),
        ("50rm", (Fraction(50), UNITS[0])),
        ("150 sen", (Fraction(3, 2), UNITS[1])),
        ("3 km/h", (Fraction(6), UNITS[2])),
        ("50", (Fraction(50), None)),
        ("50 cm", None),
        ("5 Ré*l", (Fraction(5), UNITS[3])),
        ("fifty", None),
        ("RM 1.2.3", None),
        ("RM 5 or 6", None),
    ],
)
def test_amount_of(written: str, expected: object) -> None:
    assert amount_of(written, UNITS) == expected


def test_number_of_has_an_end() -> None:
    assert number_of("9" * 1_000) == 10**1_000 - 1
    assert number_of("9" * 1_001) is None
    assert amount_of("9" * 5_000, ()) is None
