"""What a certificate shows, and how large its words can be set so that nothing is cut off."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from certificates.domain.codes import grouped
from certificates.domain.ranges import code_ranges


class Size(StrEnum):
    """Sizes of the sheet's large lines; static/css/certificate.css has one class for each."""

    NORMAL = "normal"
    LONG = "long"
    LONGEST = "longest"
    SMALLEST = "smallest"


# Up to how wide (in characters of usual width) a line may be in each size; what is wider is set in the smallest.
NAME_STEPS = ((26, Size.NORMAL), (44, Size.LONG), (100, Size.LONGEST))
PROGRAM_STEPS = ((60, Size.NORMAL), (130, Size.LONG))

_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
# Controls, turners of direction, pictures and what colours or frames them. No server has letters for every picture.
_UNPRINTED = {"Cc", "Cf", "Cs", "So", "Sk", "Me"}
_VARIATIONS = range(0xFE00, 0xFE10)


@dataclass(frozen=True)
class CertificateFace:
    """Everything that is printed. logo: name of a media file, "" for the mark; score: scaled, 0 to 1; code: ungrouped;
    address: of the page that verifies it, in full."""

    language: str
    issuer: str
    logo: str
    holder_name: str
    program_title: str
    score: Decimal | None
    issued_on: date
    expires_on: date | None
    number: str
    code: str
    address: str
    clause_codes: tuple[str, ...]
    edition: int | None

    @property
    def printed_name(self) -> str:
        return printable(self.holder_name)

    @property
    def name_size(self) -> Size:
        return _fit(self.printed_name, NAME_STEPS)

    @property
    def program_size(self) -> Size:
        return _fit(self.program_title, PROGRAM_STEPS)

    @property
    def printed_code(self) -> str:
        return grouped(self.code)

    @property
    def printed_address(self) -> str:
        """Where to type the code, short: contoh.example/verify."""
        return self.address.partition("://")[2].removesuffix("/").removesuffix(self.printed_code).removesuffix("/")

    @property
    def score_percent(self) -> int | None:
        return None if self.score is None else round(self.score * 100)

    @property
    def clause_ranges(self) -> list[tuple[str, str]]:
        return code_ranges(self.clause_codes)


def printable(name: str) -> str:
    """The name as it can be set: composed, on one line, without pictures or what turns or hides the text around it.

    Joiners stay where they join letters, as Arabic and Indic scripts need them. A name of nothing but pictures stays as it is.
    """
    composed = " ".join(unicodedata.normalize("NFC", name).split())
    around = f" {composed} "
    kept = (
        character
        for before, character, after in zip(around, composed, around[2:], strict=False)
        if (_joins(before, after) if character in _JOINERS else _is_printed(character))
    )
    return " ".join("".join(kept).split()) or composed


def width(text: str) -> int:
    """How wide a text is set, about, in characters of usual width: Chinese and emoji count double, accents nothing."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _is_printed(character: str) -> bool:
    return unicodedata.category(character) not in _UNPRINTED and ord(character) not in _VARIATIONS


def _joins(before: str, after: str) -> bool:
    """Whether letters (or their marks) stand on both sides."""
    return unicodedata.category(before)[0] in "LM" and unicodedata.category(after)[0] in "LM"


def _fit(text: str, steps: tuple[tuple[int, Size], ...]) -> Size:
    wide = width(text)
    return next((size for limit, size in steps if wide <= limit), Size.SMALLEST)
