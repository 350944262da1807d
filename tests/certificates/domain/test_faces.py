from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.domain.faces import Size, printable, width
from tests.factories.certificates import make_face


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Aina Melati", "Aina Melati"),
        ("  Aina\t\n Melati ", "Aina Melati"),
        ("Nguye\N{COMBINING TILDE}n", "Nguyẽn"),
        ("Aina 😀🌺 Melati", "Aina Melati"),
        ("👩🏽‍👩‍👧 Jo ❤\ufe0f", "Jo"),
        ("Aina \u202eitaleM", "Aina italeM"),
        ("Ai\u200bna\ufeff", "Aina"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("ක්\u200dෂ", "ක්\u200dෂ"),
        ("Jo\u200d", "Jo"),
        ("محمد بن عبد الله", "محمد بن عبد الله"),
        ("<b>Aina</b> & O'Neil", "<b>Aina</b> & O'Neil"),
        ("😀", "😀"),
        ("", ""),
    ],
)
def test_name_is_printed_without_pictures_and_tricks(name: str, printed: str):
    assert printable(name) == printed


@given(st.text(st.characters(categories=["L", "M", "N", "P"]), min_size=1))
def test_letters_digits_and_marks_are_all_printed(name: str):
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(
        character
        for character in composed
        if unicodedata.category(character) != "Me" and not 0xFE00 <= ord(character) <= 0xFE0F
    )

    assert printable(name) == (kept or composed)


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("", 0),
        ("Aina", 4),
        ("陈美玲", 6),
        ("Nguye\N{COMBINING TILDE}n", 6),
        ("สมชาย", 5),
        ("ｱ", 1),
        ("Ａ", 2),
        ("ศรี", 2),
    ],
)
def test_width_counts_wide_characters_double_and_marks_not(text: str, wide: int):
    assert width(text) == wide


@pytest.mark.parametrize(
    ("length", "size"),
    [
        (1, Size.NORMAL),
        (26, Size.NORMAL),
        (27, Size.LONG),
        (44, Size.LONG),
        (45, Size.LONGEST),
        (100, Size.LONGEST),
        (101, Size.SMALLEST),
        (300, Size.SMALLEST),
    ],
)
def test_name_shrinks_as_it_grows(length: int, size: Size):
    assert make_face(holder_name="n" * length).name_size == size


def test_pictures_dont_shrink_a_name():
    assert make_face(holder_name="Aina Melati" + "😀" * 40).name_size == Size.NORMAL


@pytest.mark.parametrize(
    ("length", "size"), [(60, Size.NORMAL), (61, Size.LONG), (130, Size.LONG), (131, Size.SMALLEST)]
)
def test_programme_shrinks_as_it_grows(length: int, size: Size):
    assert make_face(program_title="p" * length).program_size == size


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("https://contoh.example/verify/K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6G/", "contoh.example/verify"),
        ("http://127.0.0.1:8000/verify/K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6G/", "127.0.0.1:8000/verify"),
    ],
)
def test_printed_address_is_where_the_code_is_typed(address: str, printed: str):
    assert make_face(address=address).printed_address == printed


@pytest.mark.parametrize(("score", "percent"), [(None, None), (Decimal("0.925"), 92), (Decimal(1), 100)])
def test_score_is_shown_in_per_cent(score: Decimal | None, percent: int | None):
    assert make_face(score=score).score_percent == percent


def test_face_shows_code_in_groups_and_clauses_in_ranges():
    face = make_face()

    assert face.printed_code == "K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6G"
    assert face.clause_ranges == [("RES-1", "RES-3")]
