"""Certificate numbers: gapless within a year, as in 2026-000123."""

from __future__ import annotations


def certificate_number(year: int, serial: int) -> str:
    """The number of the year's `serial`-th certificate, counted from 1."""
    if serial < 1:
        raise ValueError(f"Certificates are counted from 1, not from {serial}.")
    return f"{year}-{serial:06}"
