"""Each type of question by itself, and what cannot come in."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizzes.domain.authoring import Choice, Pair, Typed
from quizzes.domain.exchange.records import Code
from quizzes.domain.keys import Unit
from tests.quizzes.domain.exchange.moodle_xml.files import answer, codes, one, read


def test_one_right_answer():
    entry = one(
        "multichoice",
        "<single>true</single><shuffleanswers>false</shuffleanswers>"
        + answer("Yes", "100", "Right.")
        + answer("Nearly", "50")
        + answer("No", "-25")
        + answer("Also", "100")
        + answer("None", "0"),
    )

    assert entry.authored.choices == (
        Choice("Yes", True, "Right."),
        Choice("Nearly", False, credit=Fraction(1, 2)),
        Choice("No", False, credit=Fraction(-1, 4)),
        Choice("Also", False, credit=Fraction(1)),
        Choice("None"),
    )
    assert (entry.authored.keeps_order, codes(entry)) == (True, [Code.SEVERAL_RIGHT])


def test_several_right_answers_and_all_or_nothing():
    answers = answer("a", "33.33333") + answer("b", "66.66667") + answer("c", "-100") + answer("d", "0")

    shares = one("multichoice", f"<single>false</single>{answers}").authored
    whole = one("multichoiceset", answers).authored

    assert [choice.credit for choice in shares.choices] == [Fraction(1, 3), Fraction(2, 3), Fraction(-1), Fraction(0)]
    assert [choice.is_right for choice in shares.choices] == [True, True, False, False]
    assert (whole.kind, whole.is_all_or_nothing, whole.choices[0]) == ("multiple", True, Choice("a", True))


@pytest.mark.parametrize(
    ("answers", "is_true"),
    [
        (answer("true", "100", "yes") + answer("false", "0", "no"), True),
        (answer("false", "100", "no") + answer("true", "0", "yes"), False),
        (answer("Wahr", "0", "yes") + answer("Falsch", "100", "no"), False),
    ],
)
def test_true_or_false(answers, is_true):
    authored = one("truefalse", answers).authored

    assert [(choice.is_right, choice.feedback) for choice in authored.choices] == [
        (is_true, "yes"),
        (not is_true, "no"),
    ]


def test_matching():
    pairs = "".join(
        f"<subquestion><text>{left}</text><answer><text>{right}</text></answer></subquestion>"
        for left, right in (("France", "Paris"), ("Spain", "Madrid"), ("", "Rome"), ("", ""))
    )

    assert one("matching", pairs).authored.pairs == (Pair("France", "Paris"), Pair("Spain", "Madrid"), Pair("", "Rome"))


def test_ordering():
    steps = answer("one", "1") + answer("two", "2") + answer("three", "3")
    settings = "<selecttype>RANDOM</selecttype><gradingtype>LONGEST_ORDERED_SUBSET</gradingtype>"

    plain, odd = one("ordering", steps), one("ordering", settings + steps)
    whole = one("ordering", "<gradingtype>ALL_OR_NOTHING</gradingtype>" + steps)

    assert [step.text for step in plain.authored.steps] == ["one", "two", "three"]
    assert (codes(plain), codes(odd)) == ([], [Code.SETTING_LOST, Code.GRADING_CHANGED])
    assert whole.authored.is_all_or_nothing


def test_short_text():
    entry = one(
        "shortanswer",
        "<usecase>1</usecase>" + answer("Kay*", "100") + answer("K", "-50") + answer("*", "0", "Try again."),
    )

    assert entry.authored.accepted == (Typed("Kay*"), Typed("K", Fraction(0)))
    assert (entry.authored.otherwise, entry.authored.minds_case, entry.authored.minds_accents) == (
        "Try again.",
        True,
        True,
    )
    assert codes(entry) == [Code.PENALTY_IGNORED]


def test_numbers_with_units():
    units = (
        "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>"
        "<unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit><unit><unit_name></unit_name></unit></units>"
    )
    right = answer("1.50", "100", more="<tolerance>0.05</tolerance>") + answer(
        "2", "50", more="<tolerance>0</tolerance>"
    )

    of_whole = one("numerical", f"{right}{units}<unitgradingtype>2</unitgradingtype><unitpenalty>0.2</unitpenalty>")
    of_answer = one("numerical", f"{right}{units}<unitgradingtype>1</unitgradingtype>")
    none = one("numerical", f"{right}{units}<showunits>3</showunits>")

    assert of_whole.authored.accepted == (Typed("1.50", tolerance="0.05"), Typed("2", Fraction(1, 2)))
    assert of_whole.authored.units == (Unit("m"), Unit("cm", "0.01"))
    assert of_whole.authored.unit_penalty == Fraction(1, 5)
    assert (of_answer.authored.unit_penalty, codes(of_answer)) == (Fraction(1, 10), [Code.SETTING_LOST])
    assert none.authored.units == ()
    assert one("numerical", right + units.replace("100", "0")).authored is None


@pytest.mark.parametrize(
    ("form", "source", "text"),
    [
        ("html", "a&lt;br&gt;b &amp;amp; c", "a\nb & c"),
        ("plain_text", "a &lt;br&gt; b", "a <br> b"),
        ("markdown", "a **b**", "a b"),
        ("moodle_auto_format", "a\n b &lt; c", "a\n b < c"),
        ("moodle_auto_format", "a\n&lt;b&gt;b&lt;/b&gt;", "a\nb"),
    ],
)
def test_texts_by_their_format(form, source, text):
    written = f'<questiontext format="{form}"><text>{source}</text></questiontext>'
    (entry,) = read(f'<question type="truefalse">{written}{answer("true", "100")}</question>').entries

    assert entry.authored.stem == text


def test_all_that_travels_beside_a_question():
    tags = "".join(f"<tag><text>{tag}</text></tag>" for tag in ("REL-1", "difficulty:3", "till", "piawai:keeps-order"))
    entry = one(
        "multichoice",
        f"<tags>{tags}</tags><hidden>1</hidden><idnumber> q7 </idnumber><defaultgrade>2</defaultgrade>"
        f"<correctfeedback><text>Well done</text></correctfeedback>{answer('a', '100')}{answer('b', '0')}",
    )

    assert (entry.codes, entry.difficulty, entry.tags) == (("REL-1",), 3, ("till",))
    assert (entry.external_id, entry.is_published, entry.authored.keeps_order) == ("q7", False, True)
    assert codes(entry) == [Code.DEFAULT_GRADE_LOST, Code.FEEDBACK_LOST, Code.IS_HIDDEN]


def test_what_a_question_lacks_makes_it_a_draft():
    assert codes(one("multichoice", answer("a", "0") + answer("b", "50"))) == [Code.NOT_ONE_RIGHT]
    assert codes(one("multichoice", answer("a", "100") + answer("b", "0"), stem="")) == [Code.NO_STEM]


@pytest.mark.parametrize(
    ("kind", "inner", "code"),
    [
        ("calculated", "", Code.UNSUPPORTED_TYPE),
        ("", "", Code.UNSUPPORTED_TYPE),
        ("truefalse", "", Code.NONE_RIGHT),
        ("multichoice", answer("a", "101"), Code.NOT_A_WEIGHT),
        ("multichoice", answer("a", "1e999999"), Code.NOT_A_WEIGHT),
        ("multichoice", answer("a", "100") * 501, Code.TOO_MANY_ANSWERS),
        ("multichoice", answer("a" * 200_001, "100"), Code.QUESTION_TOO_LONG),
        ("multichoice", answer("a<b>c</b>", "100"), Code.NOT_WELL_FORMED),
        (
            "multichoice",
            answer("a", "100") + "<correctfeedback><text><b>x</b></text></correctfeedback>",
            Code.NOT_WELL_FORMED,
        ),
        ("cloze", "", Code.NO_GAPS),
    ],
)
def test_what_cannot_come_in(kind, inner, code):
    entry = one(kind, inner)

    assert entry.authored is None
    assert code in codes(entry)


def test_what_further_tries_cost_is_said_once():
    twice = f'<question type="truefalse"><penalty>0.5</penalty>{answer("true", "100")}</question>' * 2

    assert [each.code for each in read(twice).notes] == [Code.SETTING_LOST]


def test_a_tag_of_ours_that_nobody_knows():
    assert Code.TAG_UNREADABLE in codes(
        one("truefalse", "<tags><tag><text>piawai:x</text></tag></tags>" + answer("true", "100"))
    )
