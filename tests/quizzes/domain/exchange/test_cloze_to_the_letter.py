"""Cloze texts to the last detail: gaps, what is told of them, and how they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizzes.domain.authoring import Choice, Gap, Typed
from quizzes.domain.exchange import cloze
from quizzes.domain.exchange.cloze import has_cloze, parse_cloze, write_cloze
from quizzes.domain.kinds import CHOICE_GAP, NUMBER_GAP, TEXT_GAP
from tests.quizzes.domain.exchange.telling import told

HALF = Fraction(1, 2)
TEXT = Gap(TEXT_GAP, accepted=(Typed("a"),))


@pytest.mark.parametrize(
    ("text", "stem", "gaps"),
    [
        ("{1:SA:=a}", "[[1]]", [TEXT]),
        (
            "I {:SA:=a} [[1]] {12:MW: = a }!",
            "I [[1]] [ [1]] [[2]]!",
            [TEXT, Gap(TEXT_GAP, accepted=(Typed("a"),), weight=12)],
        ),
        ("{0:SHORTANSWER:=a}", "[[1]]", [TEXT]),
        ("{1:SA:=a\\~b\\#c\\}}", "[[1]]", [Gap(TEXT_GAP, accepted=(Typed("a~b#c}"),))]),
        ("{1:SA:=a#b#c}", "[[1]]", [Gap(TEXT_GAP, accepted=(Typed("a", feedback="b#c"),))]),
        ("{1:SA:=a#}", "[[1]]", [TEXT]),
        ("{1:SA:=a&#39;b#c}", "[[1]]", [Gap(TEXT_GAP, accepted=(Typed("a&#39;b", feedback="c"),))]),
        ("{1:SA:~a~=b}", "[[1]]", [Gap(TEXT_GAP, accepted=(Typed("a", Fraction(0)), Typed("b")))]),
        (
            "{1:SA:=a~%50%b~%-50%c}",
            "[[1]]",
            [Gap(TEXT_GAP, accepted=(Typed("a"), Typed("b", HALF), Typed("c", Fraction(0))))],
        ),
        ("{1:SA:=a~*#no}", "[[1]]", [Gap(TEXT_GAP, accepted=(Typed("a"),), otherwise="no")]),
        ("{1:SA:=a~%-1%*#no}", "[[1]]", [Gap(TEXT_GAP, accepted=(Typed("a"),), otherwise="no")]),
        ("{1:SA:=a~%50%*#x}", "[[1]]", [Gap(TEXT_GAP, accepted=(Typed("a"), Typed("*", HALF, feedback="x")))]),
        ("{1:SA:*~=a}", "[[1]]", [Gap(TEXT_GAP, accepted=(Typed("*", Fraction(0)), Typed("a")))]),
        (
            "{1:NM:=1,5:0.0#x~%50%2 : 1e0}",
            "[[1]]",
            [Gap(NUMBER_GAP, accepted=(Typed("1.5", feedback="x"), Typed("2", HALF, "1")))],
        ),
        ("{2:NUMERICAL:=*}", "[[1]]", [Gap(NUMBER_GAP, accepted=(Typed("*"),), weight=2)]),
        (
            "{1:MC:a~=b#x~=c~%25%d}",
            "[[1]]",
            [
                Gap(
                    CHOICE_GAP,
                    choices=(
                        Choice("a"),
                        Choice("b", True, "x"),
                        Choice("c", credit=Fraction(1)),
                        Choice("d", credit=Fraction(1, 4)),
                    ),
                )
            ],
        ),
        ("{1:MULTICHOICE:=a~*#x}", "[[1]]", [Gap(CHOICE_GAP, choices=(Choice("a", True), Choice("*", feedback="x")))]),
        ("{1:MC:=a~ ~b}", "[[1]]", [Gap(CHOICE_GAP, choices=(Choice("a", True), Choice("b")))]),
    ],
)
def test_a_text_is_read_as(text, stem, gaps):
    read = parse_cloze(text)
    assert (read.stem, list(read.gaps), read.notes) == (stem, gaps, ())
    assert has_cloze(text)


@pytest.mark.parametrize(
    ("text", "minds_case"),
    [
        ("{1:SA:=a}", False),
        ("{1:SHORTANSWER_C:=a}", True),
        ("{1:SAC:=a}", True),
        ("{1:MWC:=a}", True),
        ("{1:NM:=1}", False),
    ],
)
def test_case(text, minds_case):
    assert parse_cloze(text).minds_case is minds_case


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("None", ["4 error no_gaps"]),
        ("{1:SA:=a} {1:SA:=b", ["4 error broken_gap text={1:SA:=b"]),
        ("{1:SA:" + "x" * 90, ["4 error broken_gap text={1:SA:" + "x" * 54]),
        ("{1:SA:=a} {1:ODD:=a}", ["4 error unknown_gap_type type=ODD"]),
        ("{1:ODD:}", ["4 error unknown_gap_type type=ODD"]),
        ("{1:SA:=a} {1:SA:}", ["4 error gap_without_answers gap=2"]),
        ("{1:SA:=a} {1:MC:=a}", ["4 error gap_with_one_choice gap=2"]),
        ("{1:SA:=a} {1:MC:a~b}", ["4 error gap_without_right_answer gap=2"]),
        ("{1:SA:=a} {1:SA:%50%a}", ["4 error gap_without_right_answer gap=2"]),
        ("{1:SA:=a} {1:NM:=x:y}", ["4 error gap_not_a_number gap=2 text=x y"]),
        ("{1:NM:=1:y~=2:1}", ["4 error gap_not_a_number gap=1 text=1 y"]),
        ("{1:NM:=x}", ["4 error gap_not_a_number gap=1 text=x"]),
        ("{1:SA:=a~%200%b}", ["4 error not_a_weight text=%200%"]),
        ("{1:MCV:=a~b} {1:MULTICHOICE_HS:=a~b}", ["4 info gap_layout_lost"]),
        ("{1:SA:=a} {1:SAC:=a}", ["4 warning case_for_all"]),
        ("{1:SAC:=a} {1:MWC:=a} {1:NM:=1} {1:MC:=a~b}", []),
    ],
)
def test_a_text_is_told(text, notes):
    read = parse_cloze(text, 4)
    assert told(read.notes) == notes
    assert read.is_broken == any(" error " in one for one in notes)


def test_what_follows_a_gap_that_is_not_closed_is_left_out():
    assert parse_cloze("a {1:SA:=a} b {1:SA:=c").stem == "a [[1]] b "


def test_as_many_gaps_and_answers_as_there_may_be(monkeypatch):
    monkeypatch.setattr(cloze, "MOST_GAPS", 2)
    monkeypatch.setattr(cloze, "MOST_GAP_ANSWERS", 3)
    assert told(parse_cloze("{1:SA:=a} {1:SA:=b} c").notes) == []
    read = parse_cloze("{1:SA:=a} {1:SA:=b} {1:SA:=c} d")
    assert told(read.notes) == ["0 error too_many_answers most=2"]
    assert read.stem == "[[1]] [[2]] {1:SA:=c} d"
    assert told(parse_cloze("{1:SA:=a~b~c}").notes) == []
    read = parse_cloze("{1:SA:=a~b~c~d}")
    assert told(read.notes) == ["0 error too_many_answers most=3"]
    assert len(read.gaps[0].accepted) == 3


def test_html_in_answers_becomes_plain_where_the_text_is_html():
    written = "{1:SA:=<b>a</b>&amp;#<i>x</i>}"
    (gap,) = parse_cloze(written, is_html=True).gaps
    assert gap.accepted == (Typed("a&", feedback="x"),)
    (gap,) = parse_cloze("{1:SA:=<b>a</b>#<i>x</i>}").gaps
    assert gap.accepted == (Typed("<b>a</b>", feedback="<i>x</i>"),)


@pytest.mark.parametrize(
    ("gap", "written"),
    [
        (TEXT, "{1:SHORTANSWER:=a}"),
        (
            Gap(TEXT_GAP, accepted=(Typed(" a~#}\\ ", feedback=" x<\ny "), Typed("b", HALF)), otherwise="no", weight=3),
            "{3:SHORTANSWER:=a\\~\\#\\}\\ #x<\ny~%50%b~%0%*#no}",
        ),
        (Gap(NUMBER_GAP, accepted=(Typed("1", tolerance="2"), Typed("3", Fraction(0)))), "{1:NUMERICAL:=1:2~%0%3}"),
        (
            Gap(
                CHOICE_GAP,
                choices=(Choice("a", feedback="x"), Choice("b", True, credit=HALF), Choice("c", credit=-HALF)),
                otherwise="lost",
            ),
            "{1:MULTICHOICE:%0%a#x~=b~%-50%c}",
        ),
    ],
)
def test_a_gap_is_written_as(gap, written):
    assert write_cloze("A <\n[[1]] [[x]]", [gap]) == f"A <\n{written} [[x]]"


def test_gaps_are_written_where_they_stand():
    gaps = [Gap(TEXT_GAP, accepted=(Typed("<\n", feedback="&"),)), TEXT]
    assert write_cloze("[[2]]\n[[1]] <", gaps, minds_case=True, is_html=True) == (
        "{1:SHORTANSWER_C:=a}<br>{1:SHORTANSWER_C:=&lt;#&amp;} &lt;"
    )
