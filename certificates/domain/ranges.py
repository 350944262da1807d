"""Clause codes in short: REL-1, REL-2, REL-3, RES-5 become (REL-1, REL-3) and (RES-5, RES-5)."""

from __future__ import annotations

from collections.abc import Iterable


def code_ranges(codes: Iterable[str]) -> list[tuple[str, str]]:
    """First and last code of each unbroken run, by chapter and number; a code such as "REL-1" is given once or often."""
    found: list[tuple[str, str]] = []
    before: tuple[str, int] | None = None
    for prefix, number in sorted({code_parts(code) for code in codes}):
        code = f"{prefix}-{number}"
        if found and before == (prefix, number - 1):
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
        before = (prefix, number)
    return found


def code_parts(code: str) -> tuple[str, int]:
    """Prefix and number, by which codes are put in order: REL-2 before REL-10."""
    prefix, _, number = code.rpartition("-")
    return prefix, int(number)
