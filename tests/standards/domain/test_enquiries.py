from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.domain.enquiries import tidied

typed = st.text(st.sampled_from("ab \t\r\n\v\x00\x85\u2028\ud800é")) | st.text()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  One line. \r\n", "One line."),
        ("First.\r\n\r\n\r\n\r\nSecond.  \rThird.", "First.\n\nSecond.\nThird."),
        ("A\tB\x00\x0b\x1bC", "A\tBC"),
        (" \n\t ", ""),
    ],
)
def test_it_is_kept_plain(text, kept):
    assert tidied(text) == kept


@given(typed)
def test_tidy_text_stays_as_it_is(text):
    assert tidied(tidied(text)) == tidied(text)


@given(typed)
def test_no_word_is_lost_or_moved(text):
    def letters(of: str) -> list[str]:
        return [sign for sign in of if sign.isalnum()]

    assert letters(tidied(text)) == letters(text)


@given(typed)
def test_no_sign_is_left_that_a_spreadsheet_or_a_database_refuses(text):
    assert not [
        sign for sign in tidied(text) if (ord(sign) < 32 and sign not in "\n\t") or "\ud800" <= sign <= "\udfff"
    ]
