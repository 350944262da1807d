"""CSV files and Excel workbooks as rows of text, and back: sizes are judged first, and nothing is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from itertools import islice
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Font

from core.domain.archives import ArchiveFault, UnsafeArchive, refuse_unsafe_archive
from core.domain.exports import FORMULA_STARTS
from quizzes.domain.exchange.identity import content_digest
from quizzes.domain.exchange.records import LARGEST_FILE, Code, Entry, Note, Parsed, Severity, note, refused
from quizzes.domain.exchange.saying import Unsayable
from quizzes.domain.exchange.tables import (
    COLUMNS,
    LONGEST_CELL,
    MOST_COLUMNS,
    NUMBERED,
    all_columns,
    column_name,
    read_rows,
    write_rows,
)
from quizzes.domain.exchange.texts import Unreadable, decode

SHEET = "Questions"
MOST_ROWS = 50_000
"""Looked through, blank ones too."""
SEPARATORS = ",;\t|"
ANSWERS_IN_TEMPLATE = 6
ROWS_IN_TEMPLATE = 50
_QUOTED = (*FORMULA_STARTS, "＝", "＋", "－", "＠", "\n", "'")
_WRONG: dict[ArchiveFault, str] = {
    ArchiveFault.OLD_OFFICE: "it is an old .xls file, or has a password",
    ArchiveFault.DAMAGED: "it is something else, or damaged",
    ArchiveFault.TOO_MANY_PARTS: "it has too many parts",
    ArchiveFault.PASSWORD: "it has a password",
    ArchiveFault.NAMES: "it names parts twice or outside of itself",
    ArchiveFault.GROWS: "it would grow far beyond its size when opened",
    ArchiveFault.ENTITIES: "it declares entities or a document type",
    ArchiveFault.NO_XML: "a part of it is no XML",
}


def quoted(text: str) -> str:
    """The text as no spreadsheet takes it for a formula: a quote goes before it. `unquoted` takes it away again."""
    return f"'{text}" if text.startswith(_QUOTED) else text


def unquoted(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_QUOTED) else text


def read_csv(content: bytes) -> Parsed:
    """Questions of a CSV file: separated by commas, semicolons, tabs or bars, whatever its headings say."""
    try:
        text, notes = decode(content)
        parsed = read_rows(_csv_rows(text))
    except Unreadable as unreadable:
        return unreadable.parsed
    return replace(parsed, notes=(*notes, *parsed.notes))


def _csv_rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    before = 0
    try:
        for row in islice(reader, MOST_ROWS):
            if len(row) > MOST_COLUMNS:
                raise Unreadable(refused(Code.NOT_A_TABLE, before + 1, what="too many columns"))
            yield before + 1, [unquoted(cell) for cell in row]
            before = reader.line_num
    except csv.Error as error:
        raise Unreadable(refused(Code.NOT_A_TABLE, before + 1, what=error)) from error


def _separator(text: str) -> str:
    """The one that makes most of our headings out of the first line that says anything."""
    first = next((line for line in text.lstrip().split("\n", 1)), "")[:100_000]

    def known(separator: str) -> int:
        return sum(bool(column_name(heading.strip('" '))) for heading in first.split(separator))

    return max(SEPARATORS, key=known)


def read_xlsx(content: bytes) -> Parsed:
    """Questions of a workbook's sheet “Questions”, or of its first one. A formula anywhere in it: the file is refused."""
    try:
        return _read_workbook(content)
    except Unreadable as unreadable:
        return unreadable.parsed


def _read_workbook(content: bytes) -> Parsed:
    if len(content) > LARGEST_FILE:
        raise Unreadable(refused(Code.FILE_TOO_LARGE, most=LARGEST_FILE // 1024**2))
    try:
        refuse_unsafe_archive(content)
        workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheets = {sheet.title.casefold(): sheet for sheet in reversed(workbook.worksheets)}
        formulas: list[Note] = []
        parsed = read_rows(_xlsx_rows(sheets.get(SHEET.casefold(), workbook.worksheets[0]), formulas))
        workbook.close()
    except UnsafeArchive as unsafe:
        raise Unreadable(refused(Code.NOT_A_WORKBOOK, what=_WRONG[unsafe.fault])) from unsafe
    except Unreadable:
        raise
    except Exception as error:  # openpyxl has no exception of its own for what it can't read
        raise Unreadable(refused(Code.NOT_A_WORKBOOK, what=_WRONG[ArchiveFault.DAMAGED])) from error
    return Parsed(notes=tuple(formulas[:100]), is_refused=True) if formulas else parsed


def _xlsx_rows(sheet: Any, formulas: list[Note]) -> Iterator[tuple[int, Sequence[str]]]:
    # A file may claim a used range of a million rows: what is there counts, not the claim.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise Unreadable(refused(Code.NOT_A_TABLE, number, what="too many rows"))
        formulas += [
            note(Severity.ERROR, Code.IS_FORMULA, number, cell=cell.coordinate)
            for cell in row
            if getattr(cell, "data_type", "") == "f"
        ]
        yield number, [_cell_text(cell.value) for cell in row]


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return unquoted(_storable(str(value)))


def write_csv(entries: Iterable[Entry]) -> bytes:
    """As UTF-8 with the mark without which Excel doesn't read it as such."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([quoted(_storable(cell)) for cell in row] for row in write_rows(entries))
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(entries: Iterable[Entry]) -> bytes:
    workbook = Workbook(write_only=True)
    _fill(workbook.create_sheet(SHEET), write_rows(entries))
    return _saved(workbook)


def write_template(examples: Iterable[Entry]) -> bytes:
    """An empty table to fill in, what each column is for, and a question of every kind as an example."""
    workbook = Workbook(write_only=True)
    columns = all_columns(ANSWERS_IN_TEMPLATE)
    _fill(workbook.create_sheet(SHEET), [columns, *[[""] * len(columns) for _ in range(ROWS_IN_TEMPLATE)]])
    _fill(workbook.create_sheet("Examples"), write_rows(examples))
    numbered = {f"{name} 1, {name} 2 …": meaning for name, meaning in NUMBERED.items()}
    _fill(workbook.create_sheet("Columns"), [["Column", "What goes there"], *map(list, (COLUMNS | numbered).items())])
    return _saved(workbook)


def _fill(sheet: Any, rows: Iterable[Sequence[str]]) -> None:
    """Every cell is text, so that no program makes a date of 1/2 or a formula of =."""
    sheet.freeze_panes = "A2"
    sheet.sheet_format.defaultColWidth = 22
    heading, ordinary = Font(bold=True), Font()
    aligned = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, quoted(_storable(text)))
            cell.number_format = "@"
            cell.font = ordinary if number else heading
            cell.alignment = aligned
            cells.append(cell)
        sheet.append(cells)


def _saved(workbook: Workbook) -> bytes:
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def unsayable_in_a_table(entry: Entry) -> Unsayable | None:
    """Why a table can't say this question: pictures, and what no spreadsheet holds. Drafts can be said, unfinished as they are."""
    authored = entry.authored
    if authored is None or (authored.kind == "true_false" and len(authored.choices) != 2):
        return Unsayable.UNFINISHED
    if authored.picture is not None or entry.picture is not None:
        return Unsayable.PICTURE
    columns, cells = write_rows([entry])
    if len(columns) > MOST_COLUMNS or not all(map(column_name, columns)) or max(map(len, cells)) > LONGEST_CELL:
        return Unsayable.TOO_LONG
    read = read_rows([(1, columns), (2, [unquoted(_storable(quoted(cell))) for cell in cells])]).entries[0].authored
    return None if read and content_digest(read) == content_digest(authored) else Unsayable.MISREAD


def _storable(text: str) -> str:
    """Without the control characters that a workbook can't hold."""
    kept: str = ILLEGAL_CHARACTERS_RE.sub("", text)
    return kept.replace("\r\n", "\n").replace("\r", "\n")
