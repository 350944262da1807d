"""Verification codes: 130 random bits in Crockford's base32 (https://www.crockford.com/base32.html), 26 characters.

Nobody guesses one: with a million certificates, a billion tries a second would need some 10¹⁶ years for a hit.
The alphabet has no I, L, O and U, so that a code read from paper can be typed without doubt.
"""

from __future__ import annotations

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
GROUP = 4
RANDOM_BYTES = 17

_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


def code_from_bytes(random: bytes) -> str:
    """The code for 17 random bytes; the last 6 of their 136 bits are left over."""
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"A code is made from {RANDOM_BYTES} bytes, not {len(random)}.")
    bits = int.from_bytes(random) >> (8 * RANDOM_BYTES - 5 * LENGTH)
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def grouped(code: str) -> str:
    """As it is printed and stands in addresses: K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6G."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def code_from_typed(typed: str) -> str | None:
    """The code somebody typed or pasted, in any case, with or without dashes and spaces; None if it can't be one.

    I and L are read as 1, O as 0: the code has none of these letters.
    """
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    code = "".join(character for character in plain if not _separates(character))
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def _separates(character: str) -> bool:
    """Spaces, dashes of any length, and the invisible characters that come along with a copied text."""
    return unicodedata.category(character) in {"Zs", "Cc", "Cf", "Pd"} or character == "\N{MINUS SIGN}"
