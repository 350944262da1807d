"""Parts of a mark as people write them into cells."""

from __future__ import annotations

import re
from fractions import Fraction

from quizzes.domain.exchange.weights import weight_of, weight_text

_RATIO = re.compile(r"([-+]?\d{1,12})/([1-9]\d{0,11})")


def read_share(text: str) -> Fraction | None:
    """`50 %`, `0.5`, `1/3`; 33.33333 % is a third. More than 1 without the sign is per cent. None for what is no share of -1 to 1."""
    text = "".join(text.split())
    if found := _RATIO.fullmatch(text):
        share = Fraction(int(found[1]), int(found[2]))
        return share if abs(share) <= 1 else None
    percent = weight_of(text.removesuffix("%").removeprefix("+"))
    if percent is None or text.endswith("%") or abs(percent) > Fraction(1, 100):
        return percent
    return percent * 100


def write_share(share: Fraction) -> str:
    percent = weight_text(share)
    return str(share) if percent is None else f"{percent}%"
