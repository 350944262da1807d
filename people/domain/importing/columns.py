"""What the columns of a table of employees are called, in English, Malay and Filipino, and which row names them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from people.domain.importing.notes import Code, Note, error, warning
from people.domain.importing.tables import Row, Table

ROWS_ABOVE = 20
"""A report may begin with a title and a date."""


class Column(StrEnum):
    """Each with the heading that the template gives it."""

    NUMBER = "Employee number"
    EMAIL = "E-mail"
    NAME = "Name"
    CALLED = "Called"
    LANGUAGE = "Language"
    BRANCH = "Branch"
    TEAM = "Team"
    ROLE = "Job role"
    SINCE = "Since"
    FIRST_DAY = "First day"
    LAST_DAY = "Last day"
    SUPERVISES = "Supervisor of"


KEYS = frozenset({Column.NUMBER, Column.EMAIL})
DATES = (Column.FIRST_DAY, Column.LAST_DAY, Column.SINCE)

_SYNONYMS: dict[Column, str] = {
    Column.NUMBER: """employee no, employee id, emp no, emp id, eeid, staff number, staff no, staff id, personnel number, personnel no,
        nombor pekerja, no pekerja, id pekerja, nombor kakitangan, no kakitangan, nombor staf, no staf,
        numero ng empleyado, id ng empleyado, numero ng kawani""",
    Column.EMAIL: """email, email address, e mail address, mail, work email, emel, e mel, alamat emel, alamat e mel,
        email ng empleyado""",
    Column.NAME: """full name, employee name, staff name, nama, nama penuh, nama pekerja, nama kakitangan,
        pangalan, buong pangalan, pangalan ng empleyado""",
    Column.CALLED: """known as, short name, nickname, preferred name, nama panggilan, nama pendek, palayaw""",
    Column.LANGUAGE: """preferred language, bahasa, wika""",
    Column.BRANCH: """outlet, store, shop, site, location, cawangan, kedai, lokasi, sangay, tindahan, lokasyon""",
    Column.TEAM: """department, section, unit, pasukan, jabatan, bahagian, seksyen, koponan, departamento, seksiyon""",
    Column.ROLE: """role, job, job title, position, jawatan, peranan, posisyon, tungkulin""",
    Column.SINCE: """from, effective date, effective from, in team since, sejak, tarikh kuat kuasa, mula noong, simula""",
    Column.FIRST_DAY: """first day of work, start date, hire date, date hired, hired on, join date, date joined, joined on, joined,
        hari pertama, tarikh mula, tarikh mula kerja, tarikh masuk, unang araw, petsa ng simula, petsa ng pagpasok""",
    Column.LAST_DAY: """last day of work, end date, exit date, leaving date, left on, termination date,
        hari terakhir, tarikh akhir, tarikh berhenti, huling araw, petsa ng pagbibitiw""",
    Column.SUPERVISES: """supervises, leads, team led, penyelia bagi, menyelia, penyelia pasukan, superbisor ng, namamahala sa""",
}


def _plain(heading: str) -> str:
    """Letters and figures only, in lower case: “E-Mail:” is “e mail”."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", heading).casefold().replace("_", " ")))


_MEANT: Mapping[str, Column] = {
    _plain(name): column for column, names in _SYNONYMS.items() for name in (column.value, *names.split(","))
}


def column_of(heading: str) -> Column | None:
    return _MEANT.get(_plain(heading))


@dataclass(frozen=True)
class Headings:
    """line: the row that they stand in. places, written: where each known column stands, and how its heading is written."""

    line: int
    width: int
    places: Mapping[Column, int]
    written: Mapping[Column, str]
    notes: tuple[Note, ...] = ()


def find_headings(table: Table) -> Headings | Note:
    """The row that names most columns, of the first ones; or why there is none."""
    rows = [row for row in table.rows if row.is_filled][:ROWS_ABOVE]
    best = max(rows, key=lambda row: len(_known(row)), default=None)
    if best is None:
        return error(Code.EMPTY)
    if len(set(_known(best).values())) < 2:
        return error(Code.NO_HEADINGS)
    if not KEYS & set(_known(best).values()):
        return error(Code.NO_KEY_COLUMN, best.number)
    return _headings(best)


def count_known(cells: Sequence[str]) -> int:
    return sum(column_of(cell) is not None for cell in cells)


def _known(row: Row) -> dict[int, Column]:
    return {place: column for place, cell in enumerate(row.cells) if (column := column_of(str(cell)))}


def _headings(row: Row) -> Headings:
    places: dict[Column, int] = {}
    notes: list[Note] = []
    for place, cell in enumerate(row.cells):
        heading, column = str(cell), column_of(str(cell))
        if column is None and heading.strip():
            notes.append(warning(Code.UNKNOWN_COLUMN, row.number, heading=heading))
        elif column in places:
            notes.append(error(Code.SAME_COLUMN, row.number, first=row.cells[places[column]], second=heading))
        elif column:
            places[column] = place
    written = {column: str(row.cells[place]).strip() for column, place in places.items()}
    return Headings(row.number, len(row.cells), places, written, tuple(notes))
