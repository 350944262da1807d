from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.domain.exports import FORMULA_STARTS, safe_cell, write_csv, write_xlsx


@given(st.text())
def test_no_cell_begins_like_a_formula_and_nothing_is_lost(text):
    cell = safe_cell(text)

    assert not cell.startswith(FORMULA_STARTS)
    assert cell in (text, f"'{text}")


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_formula_is_quoted(start):
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


def test_numbers_and_nothing_are_text():
    assert [safe_cell(value) for value in (3, "", None, -1)] == ["3", "", "None", "'-1"]


ROWS = [["Name", "On", "Edition"], ["=1+1", date(2026, 11, 24), 3], ["Nur “Aina”, 名", "", ""]]


def test_a_csv_file_is_read_by_spreadsheets_and_holds_no_formula():
    output = io.BytesIO()
    write_csv(output, iter(ROWS))

    assert output.getvalue().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(output.getvalue().decode("utf-8-sig"), newline="")))
    assert rows == [["Name", "On", "Edition"], ["'=1+1", "2026-11-24", "3"], ["Nur “Aina”, 名", "", ""]]


def test_an_xlsx_file_holds_dates_and_numbers_and_no_formula():
    output = io.BytesIO()
    write_xlsx(output, iter([*ROWS, ["Bell\x07", "", 0]]))

    cells = [[(cell.value, cell.data_type) for cell in row] for row in load_workbook(output).active]
    assert cells[1][0] == ("'=1+1", "s")
    assert cells[1][1][0].date() == date(2026, 11, 24)
    assert cells[1][2] == (3, "n")
    assert cells[3][0] == ("Bell", "s")
    assert "f" not in {kind for row in cells for _, kind in row}
