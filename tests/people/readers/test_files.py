"""What a file is, is judged by its content; how it writes a table, by all that is in it."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from people.domain.importing.notes import Code
from people.domain.importing.tables import Unreadable
from people.readers import csv_files, files, workbooks
from people.readers.files import read_people, read_table

HEADINGS = ["E-mail", "Name", "Employee number", "First day"]
CSV = "E-mail;Name\r\nsiti@example.com;Sítì Šiti\r\n"


def cells(content: bytes) -> list[tuple]:
    return [row.cells for row in read_table(content).rows]


def refusal(content: bytes) -> tuple[Code, int]:
    with pytest.raises(Unreadable) as refused:
        read_table(content)
    return refused.value.note.code, refused.value.note.line


def workbook(*rows: list, formats: dict[str, str] | None = None, epoch=None, more=None) -> bytes:
    made = Workbook()
    made.epoch = epoch or made.epoch
    for row in rows:
        made.active.append(row)
    for place, written in (formats or {}).items():
        made.active[place].number_format = written
    if more:
        more(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_csv_of_any_kind_is_the_same_table(encoding, separator, end):
    content = CSV.replace(";", separator).replace("\r\n", end).encode(encoding)

    assert cells(content) == [("E-mail", "Name"), ("siti@example.com", "Sítì Šiti")]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;"])
def test_a_stated_separator_is_taken_and_its_line_not_counted(first):
    rows = read_table(f"{first}\r\nE-mail,x;Name\r\na,b;c\r\n".encode()).rows
    assert [(row.number, row.cells) for row in rows] == [(1, ("E-mail,x", "Name")), (2, ("a,b", "c"))]


def test_rows_are_numbered_as_the_spreadsheet_shows_them():
    content = b'Staff\n\nE-mail,Name\n"a@example.com","A\nB"\nb@example.com,B\n'
    assert [row.line for row in read_people(content).rows] == [4, 5]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"x", Code.OLD_EXCEL, 0),
        (b"%PDF-1.7", Code.OTHER_FILE, 0),
        (b" <html><table>", Code.OTHER_FILE, 0),
        (b"PK\x03\x04 no zip", Code.DAMAGED, 0),
        (b"E-mail,Name\n\x81\x8d", Code.UNKNOWN_ENCODING, 0),
        (b"\xff\xfeE", Code.UNKNOWN_ENCODING, 0),
        (b"E-mail,Na\x00me, and much more of it\n", Code.UNKNOWN_ENCODING, 0),
        (b'E-mail,Name\na,"b"c\n', Code.BAD_QUOTES, 2),
        (b'E-mail,Name\na,b\nc,"d', Code.CUT_OFF, 3),
        (b"x" * 200_000, Code.BAD_QUOTES, 1),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(content, code, line):
    assert refusal(content) == (code, line)


def test_a_row_that_the_file_ends_in_is_told():
    assert [note.code for note in read_people(b"E-mail,Name,Team\na@b.cd,A,B\nc@d.e").notes] == [Code.CUT_OFF]
    assert read_people(b"E-mail,Name,Team\na@b.cd,A,B\nc@d.ef,C,D").notes == ()


def test_files_and_tables_have_an_end(monkeypatch):
    for module in (csv_files, workbooks):
        monkeypatch.setattr(module, "MOST_ROWS", 1)
    assert refusal(b"a,b\nc,d\n") == (Code.TOO_MANY_ROWS, 0)
    assert refusal(workbook(["a"], ["b"])) == (Code.TOO_MANY_ROWS, 0)

    monkeypatch.setattr(files, "LARGEST_FILE", 3)
    assert refusal(b"a,b\n") == (Code.TOO_LARGE, 0)


def test_values_of_a_workbook_are_as_its_cells_show_them():
    rows = (
        HEADINGS,
        [],
        ["a@example.com", "A", 123, datetime.combine(date(2026, 3, 1), time())],
        ["b@example.com", 1.5, 123, date(2026, 3, 2)],
        ["c@example.com", True, 1234567890123456789, 46022],
    )
    parsed = read_people(workbook(*rows, formats={"C3": "00000"}))

    assert [(row.name, row.number, row.first_day) for row in parsed.rows] == [
        ("A", "00123", date(2026, 3, 1)),
        ("1.5", "123", date(2026, 3, 2)),
        ("True", "1.234568E+18", date(2025, 12, 31)),
    ]
    assert [note.code for note in parsed.notes] == [Code.ROUNDED]


def test_days_of_a_workbook_that_counts_from_1904():
    content = workbook(HEADINGS, ["a@example.com", "A", "1", 43100], epoch=CALENDAR_MAC_1904)
    assert read_people(content).rows[0].first_day == date(2022, 1, 1)


def test_only_a_sheet_that_people_see_is_read():
    def more(made: Workbook) -> None:
        made.active.title = "Read me"
        made.create_sheet("Staff").append(["E-mail", "Name"])
        made["Staff"].append(["a@example.com", "A"])
        made.create_sheet("Old", 0).append(["E-mail", "Name"])
        made["Old"].append(["old@example.com", "Old"])
        made["Old"].sheet_state = "hidden"

    parsed = read_people(workbook(["Thank you"], more=more))

    assert [row.email for row in parsed.rows] == ["a@example.com"]
    assert [(note.code, dict(note.params)) for note in parsed.notes] == [(Code.ONE_SHEET_READ, {"sheet": "Staff"})]


def test_a_title_as_long_as_the_search_for_headings_ends_it(monkeypatch):
    monkeypatch.setattr(workbooks, "ROWS_ABOVE", 1)
    assert [note.code for note in read_people(workbook(["Title"], HEADINGS, ["a@example.com", "A"])).notes] == []


def test_a_workbook_that_would_grow_is_not_opened():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30 * 1024**2)
    assert refusal(content.getvalue()) == (Code.UNSAFE, 0)
