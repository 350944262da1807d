"""Cells of files that people open in a spreadsheet."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula (OWASP, “CSV injection”): a quote goes before it."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
