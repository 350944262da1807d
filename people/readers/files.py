"""Which reader a file needs, told by its first bytes: names lie."""

from __future__ import annotations

from people.domain.importing.notes import Code, error
from people.domain.importing.rows import Parsed, parse, refused
from people.domain.importing.tables import Table, Unreadable
from people.readers.csv_files import read_csv
from people.readers.workbooks import read_xlsx

LARGEST_FILE = 10 * 1024**2
_OLD_EXCEL = bytes.fromhex("D0CF11E0A1B11AE1")
_OTHERS = {
    b"%PDF": "PDF",
    b"{\\rtf": "text document",
    b"<": "web page",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
}


def read_people(content: bytes) -> Parsed:
    """Rows of a CSV file or of an Excel workbook, or why it can't be read."""
    try:
        return parse(read_table(content))
    except Unreadable as unreadable:
        return refused(unreadable.note)


def read_table(content: bytes) -> Table:
    """Raises Unreadable."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(error(Code.TOO_LARGE, most=LARGEST_FILE // 1024**2))
    if content.startswith(_OLD_EXCEL):
        raise Unreadable(error(Code.OLD_EXCEL))
    for start, what in _OTHERS.items():
        if content.lstrip()[:8].startswith(start):
            raise Unreadable(error(Code.OTHER_FILE, what=what))
    return read_xlsx(content) if content.startswith(b"PK\x03\x04") else read_csv(content)
