"""Names and other short texts as people write them, less what nobody sees."""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d"
"""Persian, Khmer and the scripts of India spell with them; elsewhere they only hide."""


def clean_text(text: str) -> str:
    """One line in Unicode's composed form, trimmed: no control, direction or other invisible characters, no run of spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = (sign for at, sign in enumerate(composed) if _is_seen(sign) or _joins(composed, at))
    return " ".join("".join(kept).split())


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Cn", "Co"}


def _joins(text: str, at: int) -> bool:
    """Whether this is a joiner between two signs of a word that isn't Latin."""
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    return (
        text[at] in JOINERS
        and len(around) == 2
        and all(unicodedata.category(sign)[0] in "LM" and ord(sign) >= 0x0590 for sign in around)
    )
