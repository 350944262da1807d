from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.domain.lookup import marks, read, score, words

PRICE = {"code": ["rel", "2", "rel2"], "title": words("Say the whole price first"), "why": words("A fee found later")}
SORRY = {
    "code": ["res", "2", "res2"],
    "title": words("Say sorry once"),
    "you_decide": words("Refund a fee; a café voucher"),
}
KNOWN = {word for clause in (PRICE, SORRY) for part in clause.values() for word in part}


def found(query: str) -> list[str]:
    reading = read(query, KNOWN)
    hits = sorted((PRICE, SORRY), key=lambda clause: -score(reading, clause))
    return [clause["code"][-1] for clause in hits if score(reading, clause)]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("price", ["rel2"]),
        ("PRICE", ["rel2"]),
        ("pri", ["rel2"]),
        ("say", ["rel2", "res2"]),
        ("fee", ["res2", "rel2"]),
        ("REL-2", ["rel2"]),
        ("rel2", ["rel2"]),
        ("cafe", ["res2"]),
        ("CAFÉ", ["res2"]),
        ("say sorry", ["res2"]),
        ("sorry price", []),
        ("lawnmower", []),
        ("…!", []),
        ("", []),
    ],
)
def test_every_word_must_be_said_and_where_it_stands_counts(query: str, codes: list[str]):
    assert found(query) == codes


@pytest.mark.parametrize(
    ("slip", "word"), [("refnud", "refund"), ("pirce", "price"), ("vuocher", "voucher"), ("whoel", "whole")]
)
def test_a_slip_of_the_thumb_is_taken_for_the_nearest_word(slip: str, word: str):
    assert read(slip, KNOWN).read_as[slip][0] == word
    assert found(slip) == found(word)


def test_a_whole_word_in_the_statement_beats_the_beginning_of_one_in_the_title():
    feel, fee = {"title": ["feel", "it"]}, {"statement": ["every", "fee"]}
    reading = read("fee", {"feel", "it", "every", "fee"})

    assert 0 < score(reading, feel) < score(reading, fee)


def test_a_word_that_something_says_is_taken_as_typed():
    assert read("price fee", KNOWN).read_as == {}


def test_short_words_are_never_taken_for_others():
    assert read("fae", KNOWN).terms == (("fae",),)


@given(st.text(max_size=60), st.text(max_size=20))
def test_marked_pieces_are_the_text(text: str, query: str):
    pieces = marks(read(query, set(words(text))), text)

    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)


def test_what_was_looked_for_is_marked_where_a_word_begins_with_it():
    assert marks(read("fee", {"fee", "fees"}), "Two fees, no coffee.") == [
        ("Two ", False),
        ("fees", True),
        (", no coffee.", False),
    ]
