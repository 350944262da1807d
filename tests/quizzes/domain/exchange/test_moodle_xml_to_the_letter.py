"""Moodle XML to the last detail: what is read of each question and told of it, and how each is written."""

from __future__ import annotations

import base64
from fractions import Fraction

import pytest

from quizzes.domain.authoring import Authored, Choice, Gap, Pair, Step, Typed, true_false_choices
from quizzes.domain.exchange.moodle_xml import read_moodle_xml, unsayable_in_xml, write_moodle_xml
from quizzes.domain.exchange.moodle_xml import reading as moodle_xml
from quizzes.domain.exchange.records import LONGEST_QUESTION, Attachment, Entry
from quizzes.domain.exchange.saying import Unsayable
from quizzes.domain.keys import Unit
from quizzes.domain.kinds import CHOICE_GAP, NUMBER_GAP, TEXT_GAP
from tests.quizzes.domain.exchange.telling import told

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
IN_BASE64 = base64.b64encode(PNG).decode()


def one(kind: str, inner: str, stem: str = "Q", stem_format: str = "html") -> Entry:
    """Its stem stands on the second line of the file, the rest from the third on."""
    stem = f'<questiontext format="{stem_format}"><text><![CDATA[{stem}]]></text></questiontext>'
    (entry,) = read_moodle_xml(f'<quiz><question type="{kind}">\n{stem}\n{inner}</question></quiz>'.encode()).entries
    return entry


def answer(text: str, fraction: str = "0", feedback: str = "", more: str = "") -> str:
    said = f"<feedback><text>{feedback}</text></feedback>" if feedback else ""
    return f'<answer fraction="{fraction}"><text>{text}</text>{said}{more}</answer>\n'


AB = answer("a", "100") + answer("b")
TRUE = answer("true", "100") + answer("false")


@pytest.mark.parametrize(
    ("kind", "inner", "authored", "notes"),
    [
        (
            "multichoice",
            answer("a", "100", "x")
            + answer("b", "-50", "y")
            + answer("c")
            + "<generalfeedback><text>z</text></generalfeedback>",
            Authored(
                "single",
                "Q",
                "z",
                choices=(Choice("a", True, "x"), Choice("b", False, "y", -HALF), Choice("c")),
                keeps_order=True,
            ),
            [],
        ),
        (
            "multichoice",
            "<single>true</single><shuffleanswers>1</shuffleanswers>" + AB,
            Authored("single", "Q", choices=(Choice("a", True), Choice("b"))),
            [],
        ),
        (
            "multichoice",
            answer("a", "100") + answer("b", "100"),
            Authored("single", "Q", choices=(Choice("a", True), Choice("b", credit=Fraction(1))), keeps_order=True),
            ["1 warning several_right"],
        ),
        (
            "multichoice",
            "<single>false</single><shuffleanswers>true</shuffleanswers>"
            + answer("a", "50", "x")
            + answer("b", "50")
            + answer("c", "-50")
            + answer("d", "-25")
            + answer("e"),
            Authored(
                "multiple",
                "Q",
                choices=(
                    Choice("a", True, "x"),
                    Choice("b", True),
                    Choice("c"),
                    Choice("d", credit=-Fraction(1, 4)),
                    Choice("e", credit=Fraction(0)),
                ),
            ),
            [],
        ),
        (
            "multichoice",
            "<single>0</single><shuffleanswers>0</shuffleanswers>" + answer("a", "-50") + answer("b"),
            Authored(
                "multiple", "Q", choices=(Choice("a", credit=-HALF), Choice("b", credit=Fraction(0))), keeps_order=True
            ),
            ["1 warning none_right", "1 warning credits_short"],
        ),
        (
            "multichoice",
            "<single>0</single>"
            + answer("a", "33")
            + answer("b", "33")
            + answer("c", "33.33333")
            + answer("d", "37.0")
            + answer("e", "45"),
            Authored(
                "multiple",
                "Q",
                choices=(
                    Choice("a", True, credit=THIRD),
                    Choice("b", True, credit=THIRD),
                    Choice("c", True, credit=THIRD),
                    Choice("d", True, credit=Fraction(37, 100)),
                    Choice("e", True, credit=Fraction(45, 100)),
                ),
                keeps_order=True,
            ),
            [f"{line} warning weight_rounded text=33 value=33.33333" for line in (3, 4)],
        ),
        (
            "multichoiceset",
            answer("a", "100", "x") + answer("b", "0", "y") + answer("c", "100"),
            Authored(
                "multiple",
                "Q",
                choices=(Choice("a", True, "x"), Choice("b", feedback="y"), Choice("c", True)),
                keeps_order=True,
                is_all_or_nothing=True,
            ),
            [],
        ),
        (
            "multichoiceset",
            "<shuffleanswers>1</shuffleanswers>" + answer("a", "100") + answer("b"),
            Authored("multiple", "Q", choices=(Choice("a", True), Choice("b")), is_all_or_nothing=True),
            [],
        ),
        ("truefalse", TRUE, Authored("true_false", "Q", choices=true_false_choices(True, "", "")), []),
        (
            "truefalse",
            answer("False", "100", "x") + answer("TRUE", "0", "y"),
            Authored("true_false", "Q", choices=true_false_choices(False, "y", "x")),
            [],
        ),
        (
            "truefalse",
            answer("Vrai", "0", "x") + answer("Faux", "100", "y"),
            Authored("true_false", "Q", choices=true_false_choices(False, "x", "y")),
            [],
        ),
        ("truefalse", answer("Vrai", "100"), Authored("true_false", "Q", choices=true_false_choices(True, "", "")), []),
        ("truefalse", "", None, ["1 error none_right"]),
        (
            "shortanswer",
            "<usecase>1</usecase>" + answer("a", "100", "x") + answer("B*", "50") + answer("*", "0", "no"),
            Authored(
                "short_text",
                "Q",
                accepted=(Typed("a", feedback="x"), Typed("B*", HALF)),
                otherwise="no",
                minds_case=True,
                minds_accents=True,
            ),
            [],
        ),
        (
            "shortanswer",
            answer("a", "100") + answer("*", "50", "x") + answer("b", "-50", more="<tolerance>1</tolerance>"),
            Authored(
                "short_text",
                "Q",
                accepted=(Typed("a"), Typed("*", HALF, feedback="x"), Typed("b", Fraction(0))),
                minds_accents=True,
            ),
            ["5 warning penalty_ignored text=-50"],
        ),
        (
            "shortanswer",
            "<usecase>0</usecase>" + answer("a", "100") + "<tags><tag><text>piawai:ignores-accents</text></tag></tags>",
            Authored("short_text", "Q", accepted=(Typed("a"),)),
            [],
        ),
        (
            "numerical",
            answer("1,5", "100", "x", "<tolerance>0.0</tolerance>")
            + answer("2e2", "50", "", "<tolerance>1e1</tolerance>")
            + answer("*", "0", "no"),
            Authored("numeric", "Q", accepted=(Typed("1.5", feedback="x"), Typed("200", HALF, "10")), otherwise="no"),
            [],
        ),
        (
            "numerical",
            answer("1", "100") + "<units><unit><multiplier>1</multiplier><unit_name>h</unit_name></unit>"
            "<unit><multiplier>60</multiplier><unit_name>min</unit_name></unit>"
            "<unit><unit_name>x</unit_name></unit><unit><multiplier>0.5</multiplier></unit></units>",
            Authored("numeric", "Q", accepted=(Typed("1"),), units=(Unit("h"), Unit("min", "1/60"), Unit("x", "1"))),
            [],
        ),
        (
            "numerical",
            answer("1", "100")
            + "<units><unit><unit_name>h</unit_name></unit></units><unitgradingtype>2</unitgradingtype>"
            "<unitpenalty>0.25</unitpenalty><showunits>0</showunits>",
            Authored("numeric", "Q", accepted=(Typed("1"),), units=(Unit("h"),), unit_penalty=Fraction(1, 4)),
            [],
        ),
        (
            "numerical",
            answer("1", "100")
            + answer("2", "50")
            + "<units><unit><unit_name>h</unit_name></unit></units><unitgradingtype>1</unitgradingtype>",
            Authored(
                "numeric",
                "Q",
                accepted=(Typed("1"), Typed("2", HALF)),
                units=(Unit("h"),),
                unit_penalty=Fraction(1, 10),
            ),
            ["1 info setting_lost what=the penalty for a unit is taken off the whole mark"],
        ),
        (
            "numerical",
            answer("1", "100")
            + "<units><unit><unit_name>h</unit_name></unit></units><unitgradingtype>1</unitgradingtype>"
            "<unitpenalty>7</unitpenalty>",
            Authored("numeric", "Q", accepted=(Typed("1"),), units=(Unit("h"),), unit_penalty=Fraction(1)),
            [],
        ),
        (
            "numerical",
            answer("1", "100")
            + "<units><unit><unit_name>h</unit_name></unit></units><unitgradingtype>2</unitgradingtype>"
            "<unitpenalty>-1</unitpenalty>",
            Authored("numeric", "Q", accepted=(Typed("1"),), units=(Unit("h"),)),
            [],
        ),
        (
            "numerical",
            answer("1", "100")
            + "<units><unit><unit_name>h</unit_name></unit></units><unitgradingtype>2</unitgradingtype><showunits>3</showunits>",
            Authored("numeric", "Q", accepted=(Typed("1"),)),
            [],
        ),
        (
            "numerical",
            answer("1", "100") + "<units>\n<unit><unit_name>h</unit_name><multiplier>-1</multiplier></unit></units>",
            None,
            ["5 error not_a_number text=-1"],
        ),
        (
            "matching",
            "<subquestion><text>a</text><answer><text>b</text></answer><feedback><text>x</text></feedback></subquestion>"
            "<subquestion><text></text><answer><text>c</text></answer></subquestion>"
            "<subquestion><text></text><answer><text></text></answer></subquestion>"
            "<subquestion><text>d</text><answer><text>e</text></answer></subquestion>",
            Authored("matching", "Q", pairs=(Pair("a", "b", "x"), Pair("", "c"), Pair("d", "e"))),
            [],
        ),
        (
            "match",
            "<shuffleanswers>false</shuffleanswers><subquestion><text>a</text><answer><text>b</text></answer></subquestion>"
            "<subquestion><text>d</text></subquestion>",
            Authored("matching", "Q", pairs=(Pair("a", "b"), Pair("d", "")), keeps_order=True),
            ["1 warning too_few_options", "1 warning unpaired"],
        ),
        (
            "ordering",
            answer("a", "1.0000000", "x")
            + answer("b", "2.0000000")
            + answer("c", "3")
            + "<gradingtype>ALL_OR_NOTHING</gradingtype><selecttype>ALL</selecttype>",
            Authored("ordering", "Q", steps=(Step("a", "x"), Step("b"), Step("c")), is_all_or_nothing=True),
            [],
        ),
        (
            "ordering",
            answer("a") + answer("b") + answer("c") + "<gradingtype>3</gradingtype><selecttype>1</selecttype>",
            Authored("ordering", "Q", steps=(Step("a"), Step("b"), Step("c"))),
            ["1 info setting_lost what=only some of the steps are asked", "1 info grading_changed text=3"],
        ),
        (
            "ordering",
            answer("a") + answer("b") + answer("c") + "<gradingtype>-1</gradingtype><selecttype>0</selecttype>",
            Authored("ordering", "Q", steps=(Step("a"), Step("b"), Step("c")), is_all_or_nothing=True),
            [],
        ),
        (
            "ordering",
            answer("a") + answer("b") + answer("c") + "<gradingtype>0</gradingtype>",
            Authored("ordering", "Q", steps=(Step("a"), Step("b"), Step("c"))),
            [],
        ),
        ("essay", "", None, ["1 error is_essay type=essay"]),
        ("description", "", None, ["1 error is_description type=description"]),
        ("gapselect", "", None, ["1 error unsupported_type type=gapselect"]),
        ("", "", None, ["1 error unsupported_type type=?"]),
        ("multichoice", answer("a", "x") + answer("b"), None, ["3 error not_a_weight text=x"]),
        (
            "multichoice",
            '<answer fraction=""><text>a</text></answer><answer><text>b</text></answer>' + answer("c", "100"),
            Authored("single", "Q", choices=(Choice("a"), Choice("b"), Choice("c", True)), keeps_order=True),
            [],
        ),
        (
            "truefalse",
            TRUE + "<hidden>1</hidden>",
            Authored("true_false", "Q", choices=true_false_choices(True, "", "")),
            ["1 info is_hidden"],
        ),
        (
            "truefalse",
            TRUE + "<defaultgrade>2.5</defaultgrade>",
            Authored("true_false", "Q", choices=true_false_choices(True, "", "")),
            ["1 info default_grade_lost text=2.5"],
        ),
        (
            "truefalse",
            TRUE + "<defaultgrade>1.0000000</defaultgrade><correctfeedback><text>x</text></correctfeedback>"
            "<partiallycorrectfeedback><text>x</text></partiallycorrectfeedback>"
            "<incorrectfeedback><text></text></incorrectfeedback><incorrectfeedback><text>x</text></incorrectfeedback><hint><text>y</text></hint>",
            Authored("true_false", "Q", choices=true_false_choices(True, "", "")),
            ["1 info feedback_lost what=to all that is right, to what is partly right, to all that is wrong, hints"],
        ),
        (
            "truefalse",
            TRUE
            + "<generalfeedback format='html'><text>&lt;b&gt;x&lt;/b&gt; &lt;img src='y.png'&gt;</text></generalfeedback>",
            Authored("true_false", "Q", "x", choices=true_false_choices(True, "", "")),
            ["5 info formatting_lost what=b", "5 warning picture_lost what=y.png"],
        ),
        (
            "truefalse",
            TRUE + "\n<generalfeedback><text>a<b>c</b></text></generalfeedback>",
            None,
            ["6 error not_well_formed what=tags stand within text (<b>)"],
        ),
    ],
)
def test_a_question_is_read_as(kind, inner, authored, notes):
    entry = one(kind, inner)
    assert entry.authored == authored
    assert told(entry.notes) == notes
    assert (entry.line, entry.type_name) == (1, kind)


@pytest.mark.parametrize(
    ("form", "written", "text"),
    [
        ("html", "<p>a</p>\nb", "a\n\nb"),
        (" html ", "a<br>b", "a\nb"),
        ("", "a<br>b", "a\nb"),
        ("plain_text", " a <b> c\nd ", "a <b> c\nd"),
        ("moodle_auto_format", "a < c\nd", "a < c\nd"),
        ("moodle_auto_format", "a <i>c</i>\nd", "a c\nd"),
        ("markdown", "**a** b\nc", "a b\nc"),
    ],
)
def test_formats_of_texts(form, written, text):
    entry = one("truefalse", TRUE, written, form)
    assert entry.authored.stem == text


def test_a_question_without_a_text_or_a_format():
    (bare, old, none) = read_moodle_xml(
        f'<quiz><question type="truefalse"><questiontext>a &lt;b&gt;c&lt;/b&gt;</questiontext>{TRUE}</question>'
        f'<question type="truefalse"><questiontext><text>d&lt;br&gt;e</text></questiontext>{TRUE}</question>'
        f'<question type="truefalse">{TRUE}</question></quiz>'.encode()
    ).entries
    assert [entry.authored.stem for entry in (bare, old, none)] == ["a c", "d\ne", ""]
    assert told(none.notes) == ["5 warning no_stem"]


def test_everything_around_a_question():
    parsed = read_moodle_xml(
        b'<quiz>\n<question type="category"><category><text>$course$/top/a</text></category></question>\n'
        b'<question type="truefalse"><name format="html"><text> A &lt;b&gt;name&lt;/b&gt; </text></name>'
        b"<idnumber>q 1</idnumber><tags><tag><text>REL-1</text></tag><tag><text>difficulty:2</text></tag></tags>"
        b"<coursetags><tag><text>x</text></tag><tag><text>piawai:odd</text></tag></coursetags></question>\n"
        b'<note/>\n<question type="category"><category><text></text></category><info><text>About</text></info></question>\n'
        b'<question type="essay"><penalty>0.0</penalty></question>\n<question type="essay"><penalty>0.5</penalty></question></quiz>'
    )
    first = parsed.entries[0]
    assert told(parsed.notes) == [
        "4 warning element_lost what=note",
        "5 info setting_lost what=the category's description",
        "7 info setting_lost what=what each further try costs; nobody is asked twice within an attempt",
    ]
    assert first == Entry(
        3,
        None,
        "truefalse",
        "A name",
        "q 1",
        ("a",),
        ("x",),
        ("REL-1",),
        2,
        notes=first.notes,
    )
    assert told(first.notes) == ["3 warning tag_unreadable text=piawai:odd", "3 error none_right"]
    assert [entry.category for entry in parsed.entries] == [("a",), (), ()]


def test_a_category_too_deep_is_told():
    parsed = read_moodle_xml(
        f'<quiz>\n<question type="category"><category><text>{"a/" * 51}</text></category></question></quiz>'.encode()
    )
    assert told(parsed.notes) == ["2 warning category_too_deep longest=250 most=50"]


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        (b"", ["1 error not_well_formed what=no element found"]),
        (b"<quiz>\n<a></quiz>", ["2 error not_well_formed what=mismatched tag"]),
        (b"\n<questions/>", ["2 error other_format what=XML of “questions”, not of Moodle's “quiz”"]),
        (b"<quiz/>", ["0 error empty_file"]),
        (b"<!DOCTYPE quiz>\n<quiz/>", ["1 error forbidden_markup what=entities or a document type"]),
        (b"<quiz>" + b"\n<a>" * 41, ["41 error nested_too_deep what=too many elements inside each other"]),
    ],
)
def test_files_that_are_refused(content, notes):
    parsed = read_moodle_xml(content)
    assert parsed.is_refused
    assert told(parsed.notes) == notes


def test_as_much_as_a_file_may_hold(monkeypatch):
    essay = b'<question type="essay"/>'
    category = b'<question type="category"><category><text>a</text></category></question>'
    monkeypatch.setattr(moodle_xml, "MOST_QUESTIONS", 2)
    assert len(read_moodle_xml(b"<quiz>" + category + essay + essay + b"</quiz>").entries) == 2
    parsed = read_moodle_xml(b"<quiz>" + essay + essay + b"\n" + essay + b"\n" + essay + b"</quiz>")
    assert told(parsed.notes) == ["2 error too_many_questions most=2"]

    monkeypatch.setattr(moodle_xml, "MOST_TAGS", 3)
    assert not read_moodle_xml(b"<quiz><a>&lt;&amp;&lt;</a></quiz>").is_refused
    parsed = read_moodle_xml(b"<quiz><a>&lt;&amp;&lt;<b>&amp;</b></a></quiz>")
    assert told(parsed.notes) == ["0 error too_much_markup most=3"]

    monkeypatch.setattr(moodle_xml, "LARGEST_FILE", 1024**2)
    assert not read_moodle_xml(b"<quiz><a/></quiz>".ljust(1024**2)).is_refused
    assert told(read_moodle_xml(b"<quiz><a/></quiz>".ljust(1024**2 + 1)).notes) == ["0 error file_too_large most=1"]


def test_as_much_as_a_question_may_hold(monkeypatch):
    assert one("truefalse", TRUE, "x" * (LONGEST_QUESTION - 100)).is_importable
    assert told(one("truefalse", TRUE, "x" * (LONGEST_QUESTION)).notes) == ["1 error question_too_long most=200000"]

    monkeypatch.setattr(moodle_xml, "MOST_ANSWERS", 2)
    assert one("multichoice", AB).is_importable
    assert told(one("multichoice", AB + answer("c")).notes) == ["1 error too_many_answers most=2"]
    pair = "<subquestion><text>a</text><answer><text>b</text></answer></subquestion>"
    assert told(one("matching", pair * 3).notes) == ["1 error too_many_answers most=2"]


# Files


def file(name: str, content: str = IN_BASE64, encoding: str = ' encoding="base64"') -> str:
    return f'\n<file name="{name}" path="/"{encoding}>{content}</file>'


def with_files(stem: str, files: str, more: str = "") -> Entry:
    (entry,) = read_moodle_xml(
        f'<quiz><question type="truefalse"><questiontext format="html"><text><![CDATA[{stem}]]></text>{files}</questiontext>'
        f"{TRUE}{more}</question></quiz>".encode()
    ).entries
    return entry


def test_the_first_picture_of_the_text_becomes_the_question_s():
    entry = with_files(
        'Q <img src="https://x.example/y.png"> <img src="@@PLUGINFILE@@/b%20c.png" alt="B"> <img src="@@PLUGINFILE@@/d.png">',
        file("d.png") + file("b c.png") + file("e.pdf", base64.b64encode(b"%PDF").decode()),
    )
    assert entry.picture == Attachment("b c.png", PNG, "B")
    assert entry.is_published is False
    assert told(entry.notes) == [
        "1 warning picture_lost what=https://x.example/y.png",
        "2 warning file_lost name=d.png",
        "4 warning picture_refused most=5 name=e.pdf",
    ]


def test_a_question_that_lost_nothing_may_be_published():
    entry = with_files('Q <img src="@@PLUGINFILE@@/b.png">', file("b.png", encoding=""))
    assert (entry.picture, entry.is_published) == (Attachment("b.png", PNG, ""), None)
    assert told(entry.notes) == []


def test_a_text_may_show_a_file_that_is_no_picture():
    shown = '<img src="@@PLUGINFILE@@/x.svg"> <a href="@@PLUGINFILE@@/x.svg">x</a>'
    entry = with_files(shown, file("x.svg", base64.b64encode(b"<svg/>").decode()))
    assert entry.picture is None
    assert told(entry.notes) == ["2 warning picture_refused most=5 name=x.svg"]


@pytest.mark.parametrize("damaged", [file("a/b.png", "!"), file("a/b.png", IN_BASE64, ' encoding="hex"')])
def test_a_damaged_file_is_a_damaged_question(damaged):
    entry = with_files("Q", damaged)
    assert entry.authored is None
    assert told(entry.notes) == ["2 error picture_damaged name=b.png"]


def test_files_of_feedback_are_lost():
    entry = with_files("Q", "", f"<generalfeedback><text>a</text>{file('b.png')}</generalfeedback>")
    assert told(entry.notes) == ["4 warning file_lost name=b.png"]
    assert entry.is_published is False


# Writing


def answers_of(entry: Entry) -> str:
    return write_moodle_xml([entry]).decode()


def document(
    kind: str, stem: str, *parts: str, name: str = "Q", hidden: str = "0", number: str = "", general: str = ""
) -> str:
    lines = [
        f"<name><text>{name}</text></name>",
        stem,
        f'<generalfeedback format="plain_text"><text>{general}</text></generalfeedback>',
        "<defaultgrade>1.0000000</defaultgrade>",
        "<penalty>0.0000000</penalty>",
        f"<hidden>{hidden}</hidden>",
        f"<idnumber>{number}</idnumber>",
        *parts,
    ]
    inner = "\n  ".join(lines)
    return f'<question type="{kind}">\n  {inner}\n</question>'


def plain(text: str) -> str:
    return f'<questiontext format="plain_text"><text>{text}</text></questiontext>'


def said(text: str, fraction: str, feedback: str = "", more: str = "") -> str:
    return (
        f'<answer fraction="{fraction}" format="plain_text"><text>{text}</text>'
        f'<feedback format="plain_text"><text>{feedback}</text></feedback>{more}</answer>'
    )


ABC = "<answernumbering>abc</answernumbering>"


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        (
            Entry(
                1,
                Authored(
                    "single", "Q", "z", choices=(Choice("a", True, "x"), Choice("b", credit=-HALF), Choice("c <&>"))
                ),
                name="N\x0b",
                external_id="<1>",
                tags=("t",),
                codes=("REL-1",),
                difficulty=2,
                is_published=False,
            ),
            document(
                "multichoice",
                plain("Q"),
                "<single>true</single>",
                "<shuffleanswers>true</shuffleanswers>",
                ABC,
                said("a", "100", "x"),
                said("b", "-50"),
                said("c &lt;&amp;&gt;", "0"),
                "<tags><tag><text>REL-1</text></tag><tag><text>t</text></tag><tag><text>difficulty:2</text></tag></tags>",
                name="N",
                hidden="1",
                number="&lt;1&gt;",
                general="z",
            ),
        ),
        (
            Entry(
                1,
                Authored(
                    "multiple",
                    "Q",
                    choices=(
                        Choice("a", True),
                        Choice("b", True, credit=Fraction(33, 100)),
                        Choice("c"),
                        Choice("d", credit=THIRD * -1),
                    ),
                    keeps_order=True,
                ),
                is_published=True,
            ),
            document(
                "multichoice",
                plain("Q"),
                "<single>false</single>",
                "<shuffleanswers>false</shuffleanswers>",
                ABC,
                said("a", "50"),
                said("b", "33.00000"),
                said("c", "-50"),
                said("d", "-33.33333"),
                "<tags><tag><text>piawai:keeps-order</text></tag></tags>",
            ),
        ),
        (
            Entry(1, Authored("true_false", "Q\n r", choices=true_false_choices(False, "x", "y"))),
            document("truefalse", plain("Q\n r"), said("true", "0", "x"), said("false", "100", "y"), name="Q r"),
        ),
        (
            Entry(1, Authored("true_false", "Q" * 90, choices=true_false_choices(True, "", ""))),
            document("truefalse", plain("Q" * 90), said("true", "100"), said("false", "0"), name="Q" * 80),
        ),
        (
            Entry(1, Authored("matching", "Q", pairs=(Pair("a", "b", "x"), Pair("c", "d")))),
            document(
                "matching",
                plain("Q"),
                "<shuffleanswers>true</shuffleanswers>",
                '<subquestion format="plain_text"><text>a</text><answer><text>b</text></answer>'
                '<feedback format="plain_text"><text>x</text></feedback></subquestion>',
                '<subquestion format="plain_text"><text>c</text><answer><text>d</text></answer></subquestion>',
            ),
        ),
        (
            Entry(1, Authored("matching", "Q", pairs=(Pair("a", "b"), Pair("c", "d")), keeps_order=True)),
            document(
                "matching",
                plain("Q"),
                "<shuffleanswers>false</shuffleanswers>",
                '<subquestion format="plain_text"><text>a</text><answer><text>b</text></answer></subquestion>',
                '<subquestion format="plain_text"><text>c</text><answer><text>d</text></answer></subquestion>',
                "<tags><tag><text>piawai:keeps-order</text></tag></tags>",
            ),
        ),
        *[
            (
                Entry(1, Authored("ordering", "Q", steps=(Step("a", "x"), Step("b")), is_all_or_nothing=whole)),
                document(
                    "ordering",
                    plain("Q"),
                    "<layouttype>VERTICAL</layouttype>",
                    "<selecttype>ALL</selecttype>",
                    "<selectcount>0</selectcount>",
                    f"<gradingtype>{grading}</gradingtype>",
                    "<showgrading>SHOW</showgrading>",
                    "<numberingstyle>none</numberingstyle>",
                    said("a", "1.0000000", "x"),
                    said("b", "2.0000000"),
                    *(["<tags><tag><text>piawai:all-or-nothing</text></tag></tags>"] if whole else []),
                ),
            )
            for whole, grading in ((True, "ALL_OR_NOTHING"), (False, "ABSOLUTE_POSITION"))
        ],
        (
            Entry(
                1,
                Authored(
                    "short_text",
                    "Q",
                    accepted=(Typed("a", feedback="x"), Typed("b", HALF)),
                    otherwise="no",
                    minds_case=True,
                    minds_accents=True,
                ),
            ),
            document(
                "shortanswer",
                plain("Q"),
                "<usecase>1</usecase>",
                said("a", "100", "x"),
                said("b", "50"),
                said("*", "0", "no"),
                "<tags><tag><text>piawai:minds-case</text></tag><tag><text>piawai:minds-accents</text></tag></tags>",
            ),
        ),
        (
            Entry(1, Authored("short_text", "Q", accepted=(Typed("a"),))),
            document(
                "shortanswer",
                plain("Q"),
                "<usecase>0</usecase>",
                said("a", "100"),
                "<tags><tag><text>piawai:ignores-accents</text></tag></tags>",
            ),
        ),
        (
            Entry(
                1,
                Authored(
                    "numeric",
                    "Q",
                    accepted=(Typed("1e3", tolerance="0.5"), Typed("2", HALF, feedback="x"), Typed("*", HALF)),
                    otherwise="no",
                    units=(Unit("h"), Unit("<d>", "1/24")),
                    unit_penalty=Fraction(1, 4),
                ),
            ),
            document(
                "numerical",
                plain("Q"),
                said("1000", "100", more="<tolerance>0.5</tolerance>"),
                said("2", "50", "x", "<tolerance>0</tolerance>"),
                said("*", "50", more="<tolerance>0</tolerance>"),
                said("*", "0", "no", "<tolerance>0</tolerance>"),
                "<units><unit><multiplier>1</multiplier><unit_name>h</unit_name></unit>"
                "<unit><multiplier>24</multiplier><unit_name>&lt;d&gt;</unit_name></unit></units>",
                "<unitgradingtype>2</unitgradingtype>",
                "<unitpenalty>0.25</unitpenalty>",
                "<showunits>0</showunits>",
            ),
        ),
        (
            Entry(1, Authored("numeric", "Q", accepted=(Typed("1"),), units=(Unit("h"),))),
            document(
                "numerical",
                plain("Q"),
                said("1", "100", more="<tolerance>0</tolerance>"),
                "<units><unit><multiplier>1</multiplier><unit_name>h</unit_name></unit></units>",
                "<unitgradingtype>0</unitgradingtype>",
                "<unitpenalty>0</unitpenalty>",
                "<showunits>0</showunits>",
            ),
        ),
        (
            Entry(1, Authored("numeric", "Q", accepted=(Typed("1"),))),
            document(
                "numerical", plain("Q"), said("1", "100", more="<tolerance>0</tolerance>"), "<showunits>3</showunits>"
            ),
        ),
        (
            Entry(
                1, Authored("gaps", "a <b>\n[[1]]", gaps=(Gap(TEXT_GAP, accepted=(Typed("c <"),)),), minds_accents=True)
            ),
            document(
                "cloze",
                '<questiontext format="html"><text>a &amp;lt;b&amp;gt;&lt;br&gt;{1:SHORTANSWER:=c &amp;lt;}</text></questiontext>',
                "<tags><tag><text>piawai:minds-accents</text></tag></tags>",
                name="a &lt;b&gt; [[1]]",
            ),
        ),
        (
            Entry(1, Authored("gaps", "[[1]]", gaps=(Gap(TEXT_GAP, accepted=(Typed("c"),)),), minds_case=True)),
            document(
                "cloze",
                '<questiontext format="html"><text>{1:SHORTANSWER_C:=c}</text></questiontext>',
                "<tags><tag><text>piawai:minds-case</text></tag><tag><text>piawai:ignores-accents</text></tag></tags>",
                name="[[1]]",
            ),
        ),
        (
            Entry(
                1,
                Authored("true_false", "Q\n<", choices=true_false_choices(True, "", "")),
                picture=Attachment("a b/c d.png", PNG, 'A "b"'),
            ),
            document(
                "truefalse",
                '<questiontext format="html"><text>Q&lt;br&gt;&amp;lt;&lt;p&gt;&lt;img src=&quot;@@PLUGINFILE@@/c%20d.png&quot; '
                "alt=&quot;A &amp;quot;b&amp;quot;&quot;&gt;&lt;/p&gt;</text>"
                f'<file name="c d.png" path="/" encoding="base64">{IN_BASE64}</file></questiontext>',
                said("true", "100"),
                said("false", "0"),
                name="Q &lt;",
            ),
        ),
    ],
)
def test_a_question_is_written_as(entry, written):
    assert write_moodle_xml([entry]).decode() == f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{written}\n</quiz>\n'


def test_categories_are_written_where_they_change():
    question = Authored("true_false", "Q", choices=true_false_choices(True, "", ""))
    written = write_moodle_xml(
        [Entry(1, question), *[Entry(1, question, category=path) for path in (("a",), ("a",), ("a", "<b>"), ())]]
    )
    lines = [line for line in written.decode().split("\n") if "question type" in line]
    category = '<question type="category"><category><text>{}</text></category></question>'
    truth = '<question type="truefalse">'
    assert lines == [
        truth,
        category.format("$course$/top/a"),
        truth,
        truth,
        category.format("$course$/top/a/&lt;b&gt;"),
        truth,
        category.format("$course$/top"),
        truth,
    ]


def test_a_question_that_could_not_be_read_is_not_written():
    with pytest.raises(ValueError, match=r"^A question that can't be read can't be written\.$"):
        write_moodle_xml([Entry(1, None)])


@pytest.mark.parametrize(
    ("authored", "reason"),
    [
        (None, Unsayable.UNFINISHED),
        (Authored("single", "Q"), Unsayable.UNFINISHED),
        (Authored("numeric", "Q", accepted=(Typed("1e-35"),)), Unsayable.NUMBER),
        (Authored("numeric", "Q", accepted=(Typed("1", tolerance="1e-35"),)), Unsayable.NUMBER),
        (Authored("numeric", "Q", accepted=(Typed("1"),), units=(Unit("h"), Unit("m", "3"))), Unsayable.UNITS),
        (Authored("numeric", "Q", accepted=(Typed("1"),), units=(Unit("h"),), unit_penalty=THIRD), Unsayable.WEIGHTS),
        (Authored("short_text", "Q", accepted=(Typed("a"), Typed("*", Fraction(0)))), Unsayable.WEIGHTS),
        (Authored("short_text", "Q", accepted=(Typed("a"), Typed("b", Fraction(1, 999983)))), Unsayable.WEIGHTS),
        (Authored("short_text", "Q", accepted=(Typed("1e-35"),)), None),
        (Authored("gaps", "[[1]]", gaps=(Gap(NUMBER_GAP, accepted=(Typed("1e-35"),)),)), Unsayable.MISREAD),
        (Authored("gaps", "a  b [[1]]", gaps=(Gap(TEXT_GAP, accepted=(Typed("a"),)),)), Unsayable.MISREAD),
        (Authored("gaps", "[[1]]", gaps=(Gap(CHOICE_GAP, choices=(Choice("a", True), Choice("b"))),)), None),
        (Authored("true_false", "Q", choices=true_false_choices(True, "", "")), None),
    ],
)
def test_what_moodle_xml_cannot_say(authored, reason):
    assert unsayable_in_xml(Entry(1, authored)) == reason


# What is easily passed over


def test_pictures_are_not_counted_to_a_question_s_length(monkeypatch):
    monkeypatch.setattr(moodle_xml, "LONGEST_QUESTION", 30)
    shown = with_files("Q", file("a.png", base64.b64encode(PNG + bytes(100)).decode()))
    assert shown.is_importable
    assert told(one("truefalse", TRUE, "x" * 40).notes) == ["1 error question_too_long most=30"]


def test_the_longest_question():
    (entry,) = read_moodle_xml(
        f'<quiz><question type="truefalse"><questiontext>{"x" * (LONGEST_QUESTION - 9)}</questiontext>'
        '<answer fraction="100"><text>true</text></answer><answer><text>false</text></answer></question></quiz>'.encode()
    ).entries
    assert entry.is_importable


def test_texts_that_moodle_keeps_plain():
    typed = one("shortanswer", answer("&lt;b&gt;a&lt;/b&gt;", "100"))
    assert typed.authored.accepted == (Typed("<b>a</b>"),)
    pair = "<subquestion><text>{}</text><answer><text>&lt;b&gt;{}&lt;/b&gt;</text></answer></subquestion>"
    matching = one("matching", pair.format("a", "b") + pair.format("c", "d"))
    assert matching.authored.pairs == (Pair("a", "<b>b</b>"), Pair("c", "<b>d</b>"))
    assert (typed.notes, matching.notes) == ((), ())


def test_cloze_texts():
    entry = one("cloze", "", "<b>I</b> {1:SAC:=a} {1:MCV:=b~c}")
    gaps = (Gap(TEXT_GAP, accepted=(Typed("a"),)), Gap(CHOICE_GAP, choices=(Choice("b", True), Choice("c"))))
    assert entry.authored == Authored("gaps", "I [[1]] [[2]]", gaps=gaps, minds_case=True, minds_accents=True)
    assert told(entry.notes) == ["2 info formatting_lost what=b", "1 info gap_layout_lost"]
    tag = "<tags><tag><text>piawai:ignores-accents</text></tag></tags>"
    assert not one("multianswer", tag, "{1:SA:=a}").authored.minds_accents
    assert not one("multianswer", "", "{1:SA:=a}").authored.minds_case


def test_a_broken_cloze_text_is_told_once():
    entry = one("cloze", "", "{1:SA:}")
    assert (entry.authored, told(entry.notes)) == (None, ["1 error gap_without_answers gap=1"])


def test_a_question_and_a_file_without_a_type_or_a_name():
    nameless = f'<file encoding="base64">{IN_BASE64}</file>'
    (entry,) = read_moodle_xml(
        f'<quiz><question><questiontext><text>&lt;img src="a.png"&gt;</text>{nameless}</questiontext>{TRUE}</question></quiz>'.encode()
    ).entries
    assert (entry.type_name, told(entry.notes)) == ("", ["1 error unsupported_type type=?"])
    shown = with_files('<img src="a.png"> <img src="@@PLUGINFILE@@/">', nameless)
    assert shown.picture == Attachment("picture", PNG, "")


def test_a_picture_from_elsewhere_is_not_taken_for_a_file_of_that_name():
    entry = with_files('Q <img src="b.png">', file("b.png"))
    assert entry.picture is None
    assert told(entry.notes) == ["1 warning picture_lost what=b.png", "2 warning file_lost name=b.png"]


def test_weights_that_are_a_hundredth_off():
    entry = one(
        "multichoice",
        "<single>0</single>" + answer("a", "33") + answer("b", "66") + answer("c", "2") + answer("d", "-30"),
    )
    assert [told_of.split(" text=")[1] for told_of in told(entry.notes) if "rounded" in told_of] == [
        "33 value=33.33333",
        "66 value=66.66667",
    ]
    assert [choice.credit for choice in entry.authored.choices] == [None, 2 * THIRD, Fraction(1, 50), -Fraction(3, 10)]


def test_switches_in_capitals():
    entry = one("multichoice", "<single>FALSE</single><shuffleanswers>TRUE</shuffleanswers>" + AB)
    assert (entry.authored.kind, entry.authored.keeps_order) == ("multiple", False)


def test_line_breaks_of_moodle_s_own_format():
    entry = one("truefalse", TRUE, "a\n<b>c</b>\n\nd", "moodle_auto_format")
    assert entry.authored.stem == "a\nc\n\nd"
    assert one("truefalse", TRUE, "a\nb", "html").authored.stem == "a b"


@pytest.mark.parametrize("name", ["correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "hint"])
def test_tags_within_feedback_that_is_not_kept_are_an_error_of_the_question(name):
    entry = one("truefalse", f"{TRUE}<{name}><text>a<b>c</b></text></{name}>")
    assert (entry.authored, told(entry.notes)) == (None, ["5 error not_well_formed what=tags stand within text (<b>)"])


def test_numbers_of_thousands_of_digits():
    units = f"<units><unit><unit_name>h</unit_name><multiplier>{'9' * 5_000}</multiplier></unit></units>"
    entry = one("numerical", answer("9" * 5_000, "100") + units)
    assert told(entry.notes) == [f"4 error not_a_number text={'9' * 79}…"]
