"""Dates as spreadsheets write them. Whether the day or the month comes first is decided by all that a column holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from people.domain.importing.tables import Cell

EARLIEST, LATEST = date(1920, 1, 1), date(2199, 12, 31)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d.*)?")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_SERIAL = re.compile(r"\d{4,6}")


class Order(Enum):
    DAY_FIRST = "day"
    MONTH_FIRST = "month"


@dataclass(frozen=True)
class Undecided:
    """Both orders fit all dates (`first` is one that could be either), or none does (`first` and `second` contradict each other)."""

    first: str
    second: str = ""


def decide_order(cells: Iterable[Cell]) -> Order | Undecided:
    """How a column writes 31/12/2026; dates that can be read in one way only don't count."""
    slashed = [(cell, found) for cell in cells if isinstance(cell, str) and (found := _SLASHED.fullmatch(cell.strip()))]
    day_first = next((cell for cell, found in slashed if int(found[1]) > 12), "")
    month_first = next((cell for cell, found in slashed if int(found[2]) > 12), "")
    if day_first and month_first:
        return Undecided(day_first, month_first)
    if month_first:
        return Order.MONTH_FIRST
    either = next((cell for cell, found in slashed if int(found[1]) != int(found[2])), "")
    return Order.DAY_FIRST if day_first or not either else Undecided(either)


def read_day(cell: Cell, order: Order, *, is_1904: bool) -> date | None:
    """The date that a cell holds; None if it is none."""
    if isinstance(cell, date):
        return cell
    text = cell.strip()
    if found := _ISO.fullmatch(text):
        return _day(found.groups())
    if found := _DOTTED.fullmatch(text):
        return _day(found.groups()[::-1])
    if found := _SLASHED.fullmatch(text):
        first, second, year = found.groups()
        return _day((year, second, first) if order == Order.DAY_FIRST else (year, first, second))
    return _of_serial(int(text), is_1904) if _SERIAL.fullmatch(text) else None


def _day(parts: Sequence[str]) -> date | None:
    try:
        return _plausible(date(*map(int, parts)))
    except ValueError:
        return None


def _of_serial(days: int, is_1904: bool) -> date | None:
    """ECMA-376 Part 1, 18.17.4.1: day 1 is 1 January 1900 and 1900 had a 29 February, or day 0 is 1 January 1904."""
    return _plausible((date(1904, 1, 1) if is_1904 else date(1899, 12, 30)) + timedelta(days))


def _plausible(day: date) -> date | None:
    return day if EARLIEST <= day <= LATEST else None
