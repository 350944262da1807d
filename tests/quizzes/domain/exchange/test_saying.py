from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from quizzes.domain.authoring import Authored, Choice, Pair, Step, Typed, true_false_choices
from quizzes.domain.exchange.saying import AIKEN, GIFT, UNSAYABLE_WORDS, Unsayable, left_out, unsayable
from quizzes.domain.keys import Unit
from quizzes.domain.questions import Picture

SINGLE = Authored("single", "Which one?", choices=(Choice("a", is_right=True), Choice("b")))
THIRD = Fraction(1, 7919)
"""A fraction that no percentage of twelve places says."""


def with_choices(kind: str, *choices: Choice) -> Authored:
    return Authored(kind, "Which ones?", choices=choices)


@pytest.mark.parametrize(
    ("authored", "reason"),
    [
        (SINGLE, None),
        (replace(SINGLE, stem=" "), Unsayable.UNFINISHED),
        (replace(SINGLE, picture=Picture(1, "A till")), Unsayable.PICTURE),
        (with_choices("single", Choice("a", is_right=True), Choice("b", credit=THIRD)), Unsayable.WEIGHTS),
        (with_choices("single", Choice("a", is_right=True, credit=Fraction(1)), Choice("b")), Unsayable.WEIGHTS),
        (with_choices("multiple", Choice("a", is_right=True), Choice("b", credit=Fraction(1, 2))), Unsayable.WEIGHTS),
        (with_choices("multiple", Choice("a", is_right=True), Choice("b", credit=-THIRD)), Unsayable.WEIGHTS),
        (with_choices("true_false", *true_false_choices(answer=True)), None),
        (
            with_choices("true_false", *(replace(one, credit=Fraction(1)) for one in true_false_choices(answer=True))),
            Unsayable.WEIGHTS,
        ),
        (Authored("short_text", "Say", accepted=(Typed("a"), Typed("b", THIRD))), Unsayable.WEIGHTS),
        (Authored("short_text", "Say", accepted=(Typed("a -> b"),)), Unsayable.ARROW),
        (Authored("matching", "Match", pairs=(Pair("a->", "1"), Pair("b", "2"))), Unsayable.ARROW),
        (Authored("numeric", "How many?", accepted=(Typed("1"),), units=(Unit("m"),)), Unsayable.UNITS),
        (Authored("numeric", "How many?", accepted=(Typed("1" * 51),)), Unsayable.NUMBER),
        (Authored("numeric", "How many?", accepted=(Typed("1,200", tolerance="0.5"), Typed("*"))), None),
        (Authored("ordering", "Order", steps=(Step("a"), Step("b"), Step("{c}"))), Unsayable.MISREAD),
        (Authored("ordering", "Order", steps=(Step("a"), Step("b"), Step("0"))), Unsayable.MISREAD),
    ],
)
def test_gift(authored, reason):
    assert unsayable(authored, GIFT) == reason


@pytest.mark.parametrize(
    ("authored", "reason"),
    [
        (SINGLE, None),
        (with_choices("multiple", Choice("a", is_right=True), Choice("b")), Unsayable.KIND),
        (replace(SINGLE, picture=Picture(1, "A till")), Unsayable.PICTURE),
        (with_choices("single", Choice("a", is_right=True), Choice("b", credit=THIRD)), Unsayable.WEIGHTS),
        (replace(SINGLE, stem="One\ntwo?"), Unsayable.LINE_BREAKS),
        (replace(SINGLE, stem="A) What?"), Unsayable.MISREAD),
        (replace(SINGLE, stem="Answer: what?"), Unsayable.MISREAD),
        (replace(SINGLE, stem="?"), Unsayable.MISREAD),
        (
            with_choices("single", Choice("a", is_right=True), *(Choice(str(number)) for number in range(26))),
            Unsayable.TOO_MANY_OPTIONS,
        ),
    ],
)
def test_aiken(authored, reason):
    assert unsayable(authored, AIKEN) == reason


def test_what_aiken_leaves_out():
    said = with_choices("single", Choice("a", is_right=True, feedback="Yes"), Choice("b"))
    assert left_out(SINGLE, AIKEN) == left_out(said, GIFT) == ()
    assert left_out(replace(said, keeps_order=True), AIKEN) == ("feedback", "order")


def test_every_reason_has_words():
    assert set(UNSAYABLE_WORDS) == set(Unsayable)
