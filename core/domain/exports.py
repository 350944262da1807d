"""Files that people open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula (OWASP, “CSV injection”): a quote goes before it."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_csv(output: IO[bytes], rows: Iterable[Sequence[object]]) -> None:
    """Rows as UTF-8 with the mark without which Excel doesn't read it as such."""
    text = io.TextIOWrapper(output, encoding="utf-8-sig", newline="")
    csv.writer(text).writerows([safe_cell(value) for value in row] for row in rows)
    text.detach()


def write_xlsx(output: IO[bytes], rows: Iterable[Sequence[object]]) -> None:
    """Rows as one sheet, written as they come; dates and numbers stay what they are."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in rows:
        sheet.append([_xlsx_cell(value) for value in row])
    workbook.save(output)


def _xlsx_cell(value: object) -> object:
    if isinstance(value, date | int):
        return value
    return safe_cell(ILLEGAL_CHARACTERS_RE.sub("", str(value)))
