"""What people ask and suggest at a clause."""

from __future__ import annotations

import re
import unicodedata

OPEN_AT_MOST = 10
"""How many questions and suggestions of one person may wait for an answer."""

_LINE_END = re.compile(r"\r\n?|[\u2028\u2029]")
_SPACES_AT_END = re.compile(r"[^\S\n]+$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{3,}")


def tidied(text: str) -> str:
    """What somebody typed as it is kept and counted: one kind of line end, one empty line together at most, no control characters."""
    lines = _LINE_END.sub("\n", text)
    plain = "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return _EMPTY_LINES.sub("\n\n", _SPACES_AT_END.sub("", plain)).strip()
