"""A table as it was in its file, whatever file that was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from people.domain.importing.notes import Note

Cell = str | date


@dataclass(frozen=True)
class Row:
    """number: as the spreadsheet shows it, from 1."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_filled(self) -> bool:
        return any(not isinstance(cell, str) or cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """is_1904: its days are counted from 1904, as early Macs did. is_cut_off: its last row may lack its end."""

    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    is_1904: bool = False
    is_cut_off: bool = False


class Unreadable(Exception):
    """The file is no table that can be read; `note` says why."""

    def __init__(self, note: Note) -> None:
        super().__init__(note.code)
        self.note = note
