from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.domain.advice import Advice, Lack, advice, reading_grade, vague_words_in
from standards.domain.clauses import ClauseContent

GOOD = ClauseContent(
    title="Call first",
    statement="We ring the customer before we are late.",
    is_not="We ring when they ask.",
    indicator_kind="timing",
    indicator_target="95 %",
    indicator_measure="of late deliveries announced before the hour",
)
VAGUE = ("as soon as possible", "promptly")
HARD = (
    "Notwithstanding organisational considerations, representatives should endeavour to accommodate extraordinary "
    "customer requirements wherever operationally practicable."
)


def lacks(**parts: object) -> list[Advice]:
    return advice(dataclasses.replace(GOOD, **parts), vague_words=VAGUE, highest_grade=8)


def test_a_good_clause_lacks_nothing():
    assert lacks() == []


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"indicator_target": ""}, Advice(Lack.INDICATOR)),
        ({"indicator_kind": ""}, Advice(Lack.INDICATOR)),
        ({"is_not": ""}, Advice(Lack.REVERSE_EXAMPLE)),
        ({"statement": "We call. " * 21}, Advice(Lack.BREVITY, "42")),
        ({"statement": "We call As Soon As Possible, and promptly."}, Advice(Lack.PRECISION, ", ".join(VAGUE))),
        ({"beyond_that": "Fetch the lead promptly."}, Advice(Lack.PRECISION, "promptly")),
        ({"why": HARD}, Advice(Lack.EASE, "17")),
    ],
)
def test_each_lack_is_named_with_what_was_found(parts: dict[str, str], expected: Advice):
    assert lacks(**parts) == [expected]


def test_forty_words_are_not_too_many():
    assert lacks(statement="We call. " * 20) == []


def test_a_vague_word_is_a_whole_word():
    assert vague_words_in("An impromptly told joke, etc.", ["promptly", "etc"]) == ["etc"]


def test_reading_grade_tells_easy_from_hard():
    assert reading_grade("We ring them. They wait less.") < 4
    assert reading_grade(HARD) > 15


@given(st.text())
def test_reading_grade_is_never_below_zero(text: str):
    assert reading_grade(text) >= 0


def test_an_empty_clause_gets_advice_and_no_grade():
    empty = ClauseContent(title="", statement="")

    assert [one.lack for one in advice(empty, vague_words=VAGUE, highest_grade=1)] == [
        Lack.INDICATOR,
        Lack.REVERSE_EXAMPLE,
    ]
