"""Real files from ../shared/samples, with the counts of its README."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from people.domain.importing.here import Here
from people.domain.importing.notes import Code
from people.domain.importing.planning import make_plan
from people.domain.importing.tables import Table, Unreadable
from people.domain.texts import clean_text
from people.readers.files import read_people, read_table

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the folder of sample files, ../shared/samples, isn't here"
)


def table(name: str) -> Table:
    return read_table((SAMPLES / name).read_bytes())


def filled(name: str) -> list[tuple]:
    return [row.cells for row in table(name).rows if row.is_filled]


@pytest.mark.parametrize(
    ("name", "count", "widths"),
    [
        ("people-csv/employees-hr-export.csv", 1001, {16}),
        ("people-csv/kolibri-user_data.csv", 501, {5}),
        ("people-csv/moodle-tabfile.csv", 4, {4}),
        ("people-csv/moodle-upload_users_category.csv", 9, {9}),
        ("people-csv/moodle-uploadcohorts2.csv", 8, {7}),
        ("people-csv/semicolon-users.csv", 4, {20}),
        ("people-csv/ps-premiere.win1252.csv", 2, {3}),
        ("people-csv/ps-premiere.utf16lebom.csv", 2, {3}),
        ("people-csv/ps-premiere.utf16be.csv", 2, {3}),
        ("people-csv/ps-encoding.utf8bom.csv", 2, {2}),
        ("people-csv/ps-sep.csv", 2, {2}),
        ("people-csv/ps-semicolon_separated.csv", 3, {3}),
        ("people-csv/ps-line_break_in_enclosure_with_escaped_quotes.csv", 5, {3}),
        ("people-csv/ps-NumberFormatTest.de.csv", 5, {1, 2, 3}),
        ("people-csv/ps-linend.mac.csv", 2, {2}),
        ("people-csv/ps-contains_html.csv", 1, {3}),
        ("people-csv/ps-no_delimiter.csv", 1, {1}),
        ("people-csv/ps-enclosure.csv", 4, {3, 4, 5}),
        ("people-csv/lint-invalid-byte-sequence.csv", 24, {7}),
        ("people-csv/lint-inconsistent-line-endings.csv", 3, {3}),
        ("people-csv/lint-title-row.csv", 4, {3}),
        ("people-xlsx/utf16be.xlsx", 1, {1}),
        ("people-xlsx/explicitdate.xlsx", 3, {1, 3}),
        ("people-xlsx/without_cell_reference.xlsx", 10, {10}),
        ("people-xlsx/wagtail-redirects.xlsx", 4, {2}),
        ("people-xlsx/HiddenSheet.xlsx", 0, set()),
        ("names/common-surnames-by-country.csv", 2577, {8}),
    ],
)
def test_rows_and_cells(name, count, widths):
    found = filled(name)
    assert (len(found), {len(cells) for cells in found}) == (count, widths)


@pytest.mark.parametrize("name", ["ps-premiere.win1252.csv", "ps-premiere.utf16lebom.csv", "ps-premiere.utf16be.csv"])
def test_accents_survive_every_encoding(name):
    assert filled(f"people-csv/{name}")[0] == ("première", "second", "troisième")


def test_what_excel_says_of_a_file_is_no_part_of_it():
    assert filled("people-csv/ps-sep.csv")[0] == ("A", "1")
    assert filled("people-csv/ps-encoding.utf8bom.csv")[0] == ("Å", "1")
    assert filled("people-csv/ps-contains_html.csv")[0][1] == "<a href=''>Link</a>"
    assert filled("people-xlsx/1904_Calendar.xlsx") == [
        (date(2022, 1, 1), date(2021, 12, 31)),
        (date(2022, 12, 31), date(2023, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("people-csv/really-an-xls.csv", Code.OLD_EXCEL),
        ("people-xlsx/Zip-Windows-Directory-Separator.xlsx", Code.DAMAGED),
    ],
)
def test_what_is_no_table_is_refused(name, code):
    with pytest.raises(Unreadable) as refused:
        table(name)
    assert refused.value.note.code == code
    assert [note.code for note in read_people((SAMPLES / name).read_bytes()).notes] == [code]


def test_an_hr_export_tells_every_number_that_it_repeats():
    parsed = read_people((SAMPLES / "people-csv/employees-hr-export.csv").read_bytes())
    plan = make_plan(parsed, Here(date(2026, 11, 24)))

    assert len(parsed.rows) == 1000
    assert parsed.rows[0].first_day == date(2016, 4, 8)
    assert Counter(note.code for note in plan.notes)[Code.TWICE] == 89


def test_surnames_of_every_script_stay_as_they_are():
    for cells in filled("names/common-surnames-by-country.csv"):
        # Some stand with marks of direction, which nobody sees.
        assert clean_text(cells[5]) in cells[5].replace("\u00a0", " ")


def test_naughty_strings_become_one_line_or_nothing():
    for line in (SAMPLES / "names/blns.txt").read_text(encoding="utf-8").splitlines():
        once = clean_text(line)
        assert once == clean_text(once)
        assert "\n" not in once
