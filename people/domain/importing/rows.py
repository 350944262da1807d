"""A table to rows that say something of a person, each read for itself: nothing here knows who works where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from people.domain.importing.columns import DATES, Column, Headings, find_headings
from people.domain.importing.days import Order, Undecided, decide_order, read_day
from people.domain.importing.notes import Code, Note, Severity, error
from people.domain.importing.tables import Row, Table
from people.domain.texts import clean_text

LONGEST = {Column.NUMBER: 40, Column.EMAIL: 254, Column.NAME: 300, Column.CALLED: 60}
"""Characters, as the fields of a person hold them."""
NOBODY = frozenset({"-", "none", "tiada", "wala"})
"""In the column “supervisor of”: of no team any more."""
_BETWEEN_TEAMS = re.compile(r"[;|\n]")
_ROUNDED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_FORMULA_AFTER_QUOTE = re.compile(r"'[=+\-@]")


@dataclass(frozen=True)
class PersonRow:
    """What a row says. Empty, or None, where it says nothing: that stays as it is. supervises: names of teams; empty: none any more."""

    line: int
    number: str = ""
    email: str = ""
    name: str = ""
    called: str = ""
    language: str = ""
    branch: str = ""
    team: str = ""
    role: str = ""
    since: date | None = None
    first_day: date | None = None
    last_day: date | None = None
    supervises: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Parsed:
    """headings: as each known column is called in the file."""

    rows: tuple[PersonRow, ...] = ()
    notes: tuple[Note, ...] = ()
    headings: Mapping[Column, str] = field(default_factory=dict)


def refused(note: Note) -> Parsed:
    return Parsed(notes=(note,))


def parse(table: Table) -> Parsed:
    headings = find_headings(table)
    if isinstance(headings, Note):
        return Parsed(notes=(*table.notes, headings))
    lines = [row for row in table.rows if row.number > headings.line and row.is_filled]
    reader = _Reader(table, headings, lines)
    rows = tuple(map(reader.person, lines))
    nobody = () if rows else (error(Code.EMPTY),)
    return Parsed(rows, (*table.notes, *headings.notes, *reader.notes, *nobody), headings.written)


class _Reader:
    def __init__(self, table: Table, headings: Headings, lines: list[Row]) -> None:
        self.headings, self.is_1904 = headings, table.is_1904
        self.notes: list[Note] = []
        self.orders = {column: self._order(column, lines) for column in DATES if column in headings.places}
        if table.is_cut_off and lines and len(lines[-1].cells) < headings.width:
            self.notes.append(error(Code.CUT_OFF, lines[-1].number))

    def person(self, row: Row) -> PersonRow:
        if any(not isinstance(cell, str) or cell.strip() for cell in row.cells[self.headings.width :]):
            self.notes.append(error(Code.TOO_MANY_CELLS, row.number))
        texts = {column: self._text(row, column) for column in Column if column not in (*DATES, Column.SUPERVISES)}
        if _ROUNDED.fullmatch(texts[Column.NUMBER]):
            self._fault(row, Column.NUMBER, Code.ROUNDED, value=texts[Column.NUMBER])
        return PersonRow(
            line=row.number,
            number=texts[Column.NUMBER],
            email=texts[Column.EMAIL].replace(" ", "").lower(),
            name=texts[Column.NAME],
            called=texts[Column.CALLED],
            language=texts[Column.LANGUAGE],
            branch=texts[Column.BRANCH],
            team=texts[Column.TEAM],
            role=texts[Column.ROLE],
            since=self._day(row, Column.SINCE),
            first_day=self._day(row, Column.FIRST_DAY),
            last_day=self._day(row, Column.LAST_DAY),
            supervises=self._teams(row),
        )

    def _order(self, column: Column, lines: list[Row]) -> Order | None:
        order = decide_order(self._cell(row, column) for row in lines)
        if not isinstance(order, Undecided):
            return order
        written = self.headings.written[column]
        self.notes.append(
            error(Code.MIXED_DATES, self.headings.line, written, first=order.first, second=order.second)
            if order.second
            else error(Code.AMBIGUOUS_DATES, self.headings.line, written, example=order.first)
        )
        return None

    def _cell(self, row: Row, column: Column) -> str | date:
        place = self.headings.places.get(column, len(row.cells))
        return row.cells[place] if place < len(row.cells) else ""

    def _text(self, row: Row, column: Column) -> str:
        text = clean_text(_unquoted(str(self._cell(row, column))))
        if text in _ERRORS:
            self._fault(row, column, Code.ERROR_VALUE, value=text)
        elif len(text) > LONGEST.get(column, 300):
            self._fault(row, column, Code.TOO_LONG, most=LONGEST.get(column, 300))
        return text

    def _day(self, row: Row, column: Column) -> date | None:
        cell, order = self._cell(row, column), self.orders.get(column)
        if order is None or not str(cell).strip():
            return None
        day = read_day(cell, order, is_1904=self.is_1904)
        if day is None:
            self._fault(row, column, Code.BAD_DATE, value=cell)
        return day

    def _teams(self, row: Row) -> tuple[str, ...] | None:
        names = [clean_text(_unquoted(name)) for name in _BETWEEN_TEAMS.split(str(self._cell(row, Column.SUPERVISES)))]
        named = tuple(dict.fromkeys(filter(None, names)))
        return (() if named[0].casefold() in NOBODY else named) if named else None

    def _fault(self, row: Row, column: Column, code: Code, **params: object) -> None:
        self.notes.append(error(code, row.number, self.headings.written[column], **params))


def _unquoted(text: str) -> str:
    """Exports put a quote before what a spreadsheet would take for a formula; before a name such as 'Azizah it stays."""
    return text[1:] if _FORMULA_AFTER_QUOTE.match(text) else text


def faulty_lines(notes: Iterable[Note]) -> set[int]:
    return {note.line for note in notes if note.severity == Severity.ERROR}
