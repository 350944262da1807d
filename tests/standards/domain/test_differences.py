from __future__ import annotations

import dataclasses
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.domain.clauses import ClauseContent
from standards.domain.differences import Mark, around_changes, content_difference, word_difference

words = st.lists(
    st.sampled_from(["we", "name", "every", "cost", "don’t", "RM 50", ",", ".", " ", "\n", "—", "ñ", "1,000"]),
    max_size=30,
).map("".join)
SIGNS = {Mark.SAME: "=", Mark.TAKEN_OUT: "-", Mark.PUT_IN: "+"}


def shown(old: str, new: str) -> list[str]:
    return [SIGNS[piece.mark] + piece.text for piece in word_difference(old, new)]


@given(words | st.text(), words | st.text())
def test_both_texts_can_be_read_back_exactly(old: str, new: str):
    pieces = word_difference(old, new)

    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.PUT_IN) == old
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.TAKEN_OUT) == new


@given(words, words)
def test_no_piece_is_empty_and_no_two_neighbours_are_alike(old: str, new: str):
    pieces = word_difference(old, new)

    assert all(piece.text for piece in pieces)
    assert all(one.mark is not other.mark for one, other in pairwise(pieces))


@given(st.text())
def test_what_stayed_is_one_piece(text: str):
    assert [piece.mark for piece in word_difference(text, text)] == ([Mark.SAME] if text else [])


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "All new.", ["+All new."]),
        ("All gone.", "", ["-All gone."]),
        ("We call first.", "We call before noon.", ["=We call ", "-first", "+before noon", "=."]),
        ("Up to RM 50.", "Up to RM 80.", ["=Up to RM ", "-50", "+80", "=."]),
        ("We don’t wait.", "We wait.", ["=We", "- don’t", "= wait."]),
        (
            "Name it when asked about it.",
            "Name it before they agree.",
            ["=Name it ", "-when asked about it", "+before they agree", "=."],
        ),
    ],
)
def test_whole_words_and_phrases_change(old: str, new: str, pieces: list[str]):
    assert shown(old, new) == pieces


def test_only_parts_that_differ_are_told_in_the_order_of_reading():
    old = ClauseContent("Title", "We call.", why="It helps.", pitfalls=("brush_off", "coldness"))
    new = dataclasses.replace(old, statement="We call first.", why="", pitfalls=("coldness", "brush_off"))

    assert [part.name for part in content_difference(old, new)] == ["statement", "why"]
    assert content_difference(old, old) == ()


def test_pitfalls_differ_line_by_line():
    old = ClauseContent("Title", "We call.", pitfalls=("brush_off",))
    new = dataclasses.replace(old, pitfalls=("brush_off", "coldness"))

    (part,) = content_difference(old, new)

    assert [(piece.mark, piece.text) for piece in part.pieces] == [
        (Mark.SAME, "brush_off"),
        (Mark.PUT_IN, "\ncoldness"),
    ]


@given(words | st.text(), words | st.text())
def test_in_short_every_change_stays_as_it_is(old: str, new: str):
    pieces = word_difference(old, new)

    short = around_changes(pieces)

    assert [piece.mark for piece in short] == [piece.mark for piece in pieces]
    for piece, whole in zip(short, pieces, strict=True):
        before, cut, after = piece.text.partition(" …")
        assert piece == whole or (whole.mark is Mark.SAME and cut)
        assert whole.text.startswith(before)
        assert whole.text.endswith(after)


def test_in_short_a_few_words_stay_beside_each_change():
    old = "One two three four five six seven old nine ten eleven twelve thirteen fourteen fifteen odd end."
    new = old.replace("old", "new").replace("odd", "even")

    short = around_changes(word_difference(old, new), words=2)

    assert [SIGNS[piece.mark] + piece.text for piece in short] == [
        "= … six seven ",
        "-old",
        "+new",
        "= nine ten … fourteen fifteen ",
        "-odd",
        "+even",
        "= end.",
    ]
