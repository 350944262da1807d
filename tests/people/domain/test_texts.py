"""Names stay as they are written, in any script; only what nobody sees goes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.domain.texts import clean_text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Nurul\u00a0 Ain\tbinti\r\nRosli ", "Nurul Ain binti Rosli"),
        ("Jose\u0301", "José"),
        ("\ufeffSiti\u200b\u202e\u0000", "Siti"),
        ("'Azizah", "'Azizah"),
        ("Lanh Đ Tạ", "Lanh Đ Tạ"),
        ("陳大文", "陳大文"),
        ("ณัฐพล แซ่ลี้", "ณัฐพล แซ่ลี้"),
        ("عبد\u200cالله", "عبد\u200cالله"),
        ("Ali\u200dbin", "Alibin"),
        ("علی\u200c", "علی"),
        ("O’Brien-Nguyễn 3rd", "O’Brien-Nguyễn 3rd"),
        ("\u200b", ""),
    ],
)
def test_what_people_see_stays(written, kept):
    assert clean_text(written) == kept


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    once = clean_text(text)

    assert clean_text(once) == once
    assert once == unicodedata.normalize("NFC", once).strip()
    assert not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in once)
