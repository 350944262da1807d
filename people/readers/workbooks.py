"""Excel workbooks: values of formulas, of the first sheet that people see and that names its columns; sizes are judged first."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core.domain.archives import ArchiveFault, UnsafeArchive, refuse_unsafe_archive
from people.domain.importing.columns import ROWS_ABOVE, find_headings
from people.domain.importing.notes import Code, Note, error, warning
from people.domain.importing.tables import Cell, Row, Table, Unreadable

MOST_ROWS = 50_000
MOST_LOOKED_AT = 1_048_576
"""Rows of a sheet, blank ones too: all that Excel has."""
MOST_COLUMNS = 200
MOST_SHEETS = 50
_FAULTS = {
    ArchiveFault.OLD_OFFICE: Code.OLD_EXCEL,
    ArchiveFault.PASSWORD: Code.OLD_EXCEL,
    ArchiveFault.DAMAGED: Code.DAMAGED,
}
_ONLY_ZEROS = re.compile("0{2,}")


def read_xlsx(content: bytes) -> Table:
    """Raises Unreadable."""
    try:
        refuse_unsafe_archive(content)
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        table = _best_sheet(workbook)
        workbook.close()
    except UnsafeArchive as unsafe:
        raise Unreadable(error(_FAULTS.get(unsafe.fault, Code.UNSAFE))) from unsafe
    except Unreadable:
        raise
    except Exception as wrong:  # openpyxl has no exception of its own for what it can't read
        raise Unreadable(error(Code.DAMAGED)) from wrong
    return table


def _best_sheet(workbook: Any) -> Table:
    """Hidden sheets are nobody's to read. Of several, the first with headings that we know."""
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
    is_1904 = workbook.epoch == CALENDAR_MAC_1904
    chosen = next((sheet for sheet in sheets if _has_headings(sheet)), sheets[0])
    told = (warning(Code.ONE_SHEET_READ, sheet=chosen.title),) if len(sheets) > 1 else ()
    return Table(tuple(_rows(chosen, most=MOST_ROWS)), told, is_1904=is_1904)


def _has_headings(sheet: Any) -> bool:
    return not isinstance(find_headings(Table(tuple(_rows(sheet, most=ROWS_ABOVE, is_all=False)))), Note)


def _rows(sheet: Any, *, most: int, is_all: bool = True) -> Iterator[Row]:
    """The filled ones; of more than `most` the first, or, where all are wanted, Unreadable."""
    # A file may claim a used range of a million rows: what is there counts, not the claim.
    sheet.reset_dimensions()
    found = 0
    for number, cells in enumerate(sheet.iter_rows(max_row=MOST_LOOKED_AT, max_col=MOST_COLUMNS), start=1):
        row = Row(number, tuple(map(_value, _filled(cells))))
        if not row.is_filled:
            continue
        if found == most:
            if is_all:
                raise Unreadable(error(Code.TOO_MANY_ROWS, most=f"{MOST_ROWS:,}"))
            return
        found += 1
        yield row


def _filled(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without the blank ones at the end."""
    last = len(cells)
    while last and cells[last - 1].value is None:
        last -= 1
    return cells[:last]


def _value(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return _number(value, str(cell.number_format))


def _number(value: float, number_format: str) -> str:
    """As the cell shows it: 123 in the format 00000 is 00123. Excel keeps 15 figures; of more the last are lost."""
    if not float(value).is_integer():
        return repr(value)
    if abs(value) >= 1e15:
        return f"{value:.6E}"
    return str(int(value)).zfill(len(number_format) if _ONLY_ZEROS.fullmatch(number_format) else 0)
