from __future__ import annotations

from fractions import Fraction

import pytest

from quizzes.domain.authoring import Authored, Choice, Gap, Typed
from quizzes.domain.exchange.cloze import parse_cloze, unsayable_gaps, write_cloze
from quizzes.domain.exchange.records import Code
from quizzes.domain.exchange.saying import Unsayable
from quizzes.domain.kinds import CHOICE_GAP, NUMBER_GAP, TEXT_GAP


def test_every_kind_of_gap():
    cloze = parse_cloze(
        "{1:MULTICHOICE:%100%right#fb~wrong~%50,5%half} {:SAC:=Yes\\}#a \\# b~%50%Yep~*#No} {3:NUMERICAL:=3,5:0.5#near~%0%*#far}"
    )
    assert cloze.stem == "[[1]] [[2]] [[3]]"
    assert cloze.minds_case
    assert cloze.gaps == (
        Gap(
            CHOICE_GAP,
            choices=(Choice("right", True, "fb"), Choice("wrong"), Choice("half", credit=Fraction(101, 200))),
        ),
        Gap(TEXT_GAP, accepted=(Typed("Yes}", feedback="a # b"), Typed("Yep", Fraction(1, 2))), otherwise="No"),
        Gap(NUMBER_GAP, accepted=(Typed("3.5", tolerance="0.5", feedback="near"),), otherwise="far", weight=3),
    )
    assert cloze.notes == ()


def test_html_around_and_inside():
    cloze = parse_cloze("<p>In {1:SA:=Z&uuml;rich#<b>Yes</b>&#33;~%-50%bar} [[1]]</p>", is_html=True)
    assert cloze.stem == "<p>In [[1]] [ [1]]</p>"
    assert cloze.gaps == (Gap(TEXT_GAP, accepted=(Typed("Zürich", feedback="Yes!"), Typed("bar", Fraction(0)))),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("No gaps", Code.NO_GAPS),
        ("{1:MULTICHOICE}", Code.GAP_WITHOUT_ANSWERS),
        ("{1:SA:}", Code.GAP_WITHOUT_ANSWERS),
        ("{1:MC:=Apple#Correct}", Code.GAP_WITH_ONE_CHOICE),
        ("{1:MC:Pear~%50%Apple}", Code.GAP_WITHOUT_RIGHT_ANSWER),
        ("{3:NUMERICAL:=zero}", Code.GAP_NOT_A_NUMBER),
        ("{3:NUMERICAL:=1:x}", Code.GAP_NOT_A_NUMBER),
        ("{1:MULTIRESPONSE:=a~b}", Code.UNKNOWN_GAP_TYPE),
        ("{1:SA:=a", Code.BROKEN_GAP),
        ("{1:SA:%1000%a~=b}", Code.NOT_A_WEIGHT),
        ("{1:SA:" + "=a~" * 200 + "}", Code.TOO_MANY_ANSWERS),
        ("{1:SA:=a}" * 100, Code.TOO_MANY_ANSWERS),
    ],
)
def test_what_is_refused(text, code):
    cloze = parse_cloze(text, line=3)
    assert cloze.is_broken
    assert [(note.line, note.code) for note in cloze.notes] == [(3, code)]


def test_case_counts_in_some_gaps():
    cloze = parse_cloze("{1:SA:=a} {1:SAC:=b} {1:MCVS:=c~d} {1:MCV:=c~d}")
    assert [note.code for note in cloze.notes] == [Code.GAP_LAYOUT_LOST, Code.CASE_FOR_ALL]
    assert cloze.minds_case


def test_written_as_moodle_reads_it():
    gaps = [
        Gap(CHOICE_GAP, choices=(Choice("a~b", True), Choice("c", credit=Fraction(1, 3)), Choice("d"))),
        Gap(NUMBER_GAP, accepted=(Typed("2", tolerance="1"), Typed("*", Fraction(1, 2))), otherwise="No", weight=2),
        Gap(TEXT_GAP, accepted=(Typed("x\\", feedback="y"),)),
    ]
    assert write_cloze("A [[1]]\nB [[2]] [[3]]", gaps, minds_case=True, is_html=True) == (
        "A {1:MULTICHOICE:=a\\~b~%33.33333%c~%0%d}<br>B {2:NUMERICAL:=2:1~%50%*~%0%*#No} {1:SHORTANSWER_C:=x\\ #y}"
    )


def gaps(*gaps: Gap, stem: str = "[[1]]") -> Authored:
    return Authored("gaps", stem, gaps=gaps)


def test_what_cloze_cannot_say():
    endless = Gap(TEXT_GAP, accepted=(Typed("a"), Typed("b", Fraction(1, 7919))))
    wordy = Gap(NUMBER_GAP, accepted=(Typed("1" * 60),))
    assert unsayable_gaps(gaps(endless)) == Unsayable.WEIGHTS
    assert unsayable_gaps(gaps(wordy)) == Unsayable.NUMBER
    assert unsayable_gaps(gaps(stem="{1:SA:=x} [[1]]")) == Unsayable.MISREAD
    assert unsayable_gaps(gaps(Gap(TEXT_GAP, accepted=(Typed("a"),)))) is None
