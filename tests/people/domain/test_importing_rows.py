"""Tables to rows: headings in three languages, and what each row says, for itself."""

from __future__ import annotations

from datetime import date

import pytest

from people.domain.importing.columns import Column, column_of, count_known
from people.domain.importing.notes import LONGEST_PARAM, WORDS, Code, error
from people.domain.importing.rows import Parsed, PersonRow, parse
from people.domain.importing.tables import Row, Table


def table(*rows: list, **about) -> Table:
    return Table(tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1)), **about)


def codes(parsed: Parsed) -> list[tuple[int, Code, str]]:
    return [(note.line, note.code, note.column) for note in parsed.notes]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("E-Mail", Column.EMAIL),
        ("  email_address: ", Column.EMAIL),
        ("Emel", Column.EMAIL),
        ("EEID", Column.NUMBER),
        ("No. Pekerja", Column.NUMBER),
        ("Buong Pangalan", Column.NAME),
        ("JAWATAN", Column.ROLE),
        ("Sangay", Column.BRANCH),
        ("Hire Date", Column.FIRST_DAY),
        ("Huling araw", Column.LAST_DAY),
        ("Supervisor of", Column.SUPERVISES),
        ("Salary", None),
        ("", None),
    ],
)
def test_headings_are_known_in_three_languages(heading, column):
    assert column_of(heading) == column


def test_every_column_is_known_by_the_heading_of_the_template():
    assert [column_of(column.value) for column in Column] == list(Column)
    assert count_known(["E-mail", "Name", "Salary"]) == 2


def test_a_row_says_what_its_cells_say():
    parsed = parse(
        table(
            ["Staff of Ipoh", "", ""],
            [],
            ["Employee number", "E-mail", "Name", "First day", "Supervisor of", "Salary", ""],
            ["00123", " SITI@Example.com", "'=Siti\u200b", date(2026, 3, 1), "Counter; Stock;Counter", "1", ""],
            ["", "", "  "],
            ["00124", "ali@example.com", "Ali", "31/12/2026", "-"],
        )
    )

    assert parsed.rows == (
        PersonRow(
            4,
            number="00123",
            email="siti@example.com",
            name="=Siti",
            first_day=date(2026, 3, 1),
            supervises=("Counter", "Stock"),
        ),
        PersonRow(6, number="00124", email="ali@example.com", name="Ali", first_day=date(2026, 12, 31), supervises=()),
    )
    assert codes(parsed) == [(3, Code.UNKNOWN_COLUMN, "")]
    assert parsed.headings[Column.EMAIL] == "E-mail"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], [(0, Code.EMPTY, "")]),
        ([["Foo", "Bar"], ["a", "b"]], [(0, Code.NO_HEADINGS, "")]),
        ([["Name", "Team"], ["a", "b"]], [(1, Code.NO_KEY_COLUMN, "")]),
        ([["E-mail", "Name"]], [(0, Code.EMPTY, "")]),
        ([["E-mail", "Name", "Full name"], ["a@b.cd", "a", "a"]], [(1, Code.SAME_COLUMN, "")]),
    ],
)
def test_a_table_without_what_is_needed(rows, found):
    assert codes(parse(table(*rows))) == found


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("Employee number", "1.23457E+11", Code.ROUNDED),
        ("Employee number", "9" * 41, Code.TOO_LONG),
        ("Name", "x" * 301, Code.TOO_LONG),
        ("Name", "#N/A", Code.ERROR_VALUE),
        ("Last day", "soon", Code.BAD_DATE),
    ],
)
def test_a_cell_that_can_t_be_so(heading, cell, code):
    parsed = parse(table(["Mail", heading], ["siti@example.com", cell]))

    assert codes(parsed) == [(2, code, heading)]
    assert parsed.notes[0].words.startswith(f"{heading}: ")


def test_dates_that_could_be_either_are_told_once_for_the_column():
    parsed = parse(
        table(
            ["E-mail", "First day", "Last day"],
            ["a@example.com", "1/2/2026", "31/12/2026"],
            ["b@example.com", "2/3/2026", "12/31/2026"],
        )
    )

    assert codes(parsed) == [(1, Code.AMBIGUOUS_DATES, "First day"), (1, Code.MIXED_DATES, "Last day")]
    assert [(row.first_day, row.last_day) for row in parsed.rows] == [(None, None)] * 2


def test_a_cell_too_many_and_a_row_cut_off():
    cut = table(["E-mail", "Name", "Team"], ["a@example.com", "A", "B", "C"], ["b@exa"], is_cut_off=True)

    assert codes(parse(cut)) == [(3, Code.CUT_OFF, ""), (2, Code.TOO_MANY_CELLS, "")]


def test_every_code_has_its_words_and_hostile_text_is_kept_short():
    assert set(WORDS) == set(Code)
    long = error(Code.UNKNOWN_NAME, 1, value="x" * 10_000).words
    assert len(long) < LONGEST_PARAM + 100
