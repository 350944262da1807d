from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.exports import FORMULA_STARTS, safe_cell


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
