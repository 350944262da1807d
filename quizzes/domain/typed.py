"""Typed answers: texts with wildcards, and numbers with units, both exact and in linear time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction

from quizzes.domain.keys import Unit

_NUMBER = re.compile(r"[-+−]?(?:\d[\d,.' ’\u00a0\u202f]*|[.,]\d+)(?:e[-+]?\d{1,2})?", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")


def says(pattern: str, text: str, *, minds_case: bool, minds_accents: bool) -> bool:
    r"""Whether a typed text is what the pattern asks for: `*` stands for any characters, `\*` for a star. Blanks count once."""
    wanted = [_plain(part, minds_case, minds_accents) for part in _pieces(pattern)]
    said = _plain(text, minds_case, minds_accents).strip()
    if len(wanted) == 1:
        return said == wanted[0].strip()
    first, *middle, last = wanted[0].lstrip(), *wanted[1:-1], wanted[-1].rstrip()
    if len(said) < len(first) + len(last) or not (said.startswith(first) and said.endswith(last)):
        return False
    at, end = len(first), len(said) - len(last)
    for piece in middle:
        found = said.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _pieces(pattern: str) -> list[str]:
    pieces = [""]
    escaped = False
    for character in pattern:
        if character == "*" and not escaped:
            pieces.append("")
        elif character == "\\" and not escaped:
            escaped = True
            continue
        else:
            pieces[-1] += f"\\{character}" if escaped and character not in "*\\" else character
        escaped = False
    if escaped:
        pieces[-1] += "\\"
    return pieces


def _plain(text: str, minds_case: bool, minds_accents: bool) -> str:
    text = unicodedata.normalize("NFKC", text)
    if not minds_accents:
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.sub(r"\s+", " ", text if minds_case else text.casefold())


LONGEST_NUMBER = 1_000
"""Characters; Python refuses to read numbers of 4,300 digits."""


def number_of(written: str) -> Fraction | None:
    """The number that a text says, exactly; None where it says none or more. `1,200` is twelve hundred, `1,5` one and a half."""
    written = written.strip()
    if len(written) > LONGEST_NUMBER or not _NUMBER.fullmatch(written):
        return None
    mantissa, _, exponent = re.sub(r"[' ’\u00a0\u202f]", "", written.replace("−", "-")).lower().partition("e")
    sign, digits = (mantissa[0], mantissa[1:]) if mantissa[0] in "+-" else ("", mantissa)
    if _THOUSANDS.fullmatch(digits.partition(".")[0]):
        digits = digits.replace(",", "")
    elif digits.count(",") == 1 and ("." not in digits or digits.rfind(".") < digits.find(",")):
        digits = digits.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"\d+\.?\d*|\.\d+", digits):
        return None
    return Fraction(f"{sign}{digits}") * Fraction(10) ** int(exponent or 0)


def amount_of(written: str, units: Iterable[Unit]) -> tuple[Fraction, Unit | None] | None:
    """A number in the question's own unit, and the unit that was typed before or after it (None for none).

    None where there is no number, or where the words around it are none of the units.
    """
    match = _NUMBER.search(written)
    if match is None:
        return None
    number = number_of(match.group())
    around = f"{written[: match.start()]} {written[match.end() :]}".strip()
    if number is None:
        return None
    if not around:
        return number, None
    for unit in units:
        if says(re.sub(r"([\\*])", r"\\\1", unit.name), around, minds_case=False, minds_accents=False):
            return number * Fraction(unit.factor), unit
    return None
