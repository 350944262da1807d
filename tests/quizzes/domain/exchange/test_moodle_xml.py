"""Moodle XML: real files with the counts that a right importer finds, each kind by itself, and files made to harm."""

from __future__ import annotations

import base64
import time
import tracemalloc
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from quizzes.domain.authoring import Authored, Choice, Gap, Pair, Typed
from quizzes.domain.exchange import xml_tree
from quizzes.domain.exchange.formats import FORMATS
from quizzes.domain.exchange.moodle_xml import read_moodle_xml, unsayable_in_xml, write_moodle_xml
from quizzes.domain.exchange.records import Attachment, Code, Entry, Parsed, Severity
from quizzes.domain.exchange.saying import CantSay, Unsayable
from quizzes.domain.keys import Unit

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "moodle-xml"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def read(questions: str) -> Parsed:
    return read_moodle_xml(f"<quiz>{questions}</quiz>".encode())


def one(kind: str, inner: str, stem: str = "What?") -> Entry:
    text = f'<questiontext format="html"><text>{stem}</text></questiontext>'
    (entry,) = read(f'<question type="{kind}"><name><text>n</text></name>{text}{inner}</question>').entries
    return entry


def codes(entry: Entry) -> list[Code]:
    return [each.code for each in entry.notes]


def answer(text: str, fraction: str, feedback: str = "", more: str = "") -> str:
    said = f"<feedback><text>{feedback}</text></feedback>" if feedback else ""
    return f'<answer fraction="{fraction}"><text>{text}</text>{said}{more}</answer>'


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of sample files, ../shared/samples, isn't here")
@pytest.mark.parametrize(
    ("name", "kinds", "importable"),
    [
        ("multichoice", ["multichoice"], 1),
        ("broken_cloze_questions", ["cloze"] * 5, 0),
        ("nested_categories_with_questions", ["truefalse", "essay", "truefalse", "truefalse", "truefalse"], 4),
        ("error_invalid_grades", ["multichoice"], 1),
        ("html_chars_in_idnumbers", ["truefalse"], 1),
        ("multianswer", ["cloze"], 1),
        ("old_format_file", ["truefalse"] * 2, 2),
        ("qtype-numerical", ["numerical"], 1),
        ("qtype-essay", ["essay"], 0),
        ("qtype-description", ["description"], 0),
        ("qtype-multichoice", ["multichoice"], 1),
        ("qtype-ddwtos", ["gapselect"], 0),
        ("gapfill-ja", ["gapfill"] * 3, 0),
        ("formulas", ["formulas"] * 26, 0),
    ],
)
def test_real_files(name, kinds, importable):
    parsed = read_moodle_xml((SAMPLES / f"{name}.xml").read_bytes())

    assert [entry.type_name for entry in parsed.entries] == kinds
    assert len(parsed.importable) == importable
    assert all(entry.is_importable or codes(entry) for entry in parsed.entries)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of sample files, ../shared/samples, isn't here")
class TestWhatRealFilesSay:
    def sample(self, name: str) -> Parsed:
        return read_moodle_xml((SAMPLES / f"{name}.xml").read_bytes())

    def test_five_broken_clozes_have_five_reasons(self):
        reasons = [codes(entry) for entry in self.sample("broken_cloze_questions").entries]

        assert len({tuple(said) for said in reasons}) == 5

    def test_categories(self):
        found = [entry.category for entry in self.sample("nested_categories_with_questions").entries]

        assert found[0] == ("Iota",)
        assert found[3] == ("Iota", "Kappa", "Lambda")

    def test_ids_are_decoded_once(self):
        assert self.sample("html_chars_in_idnumbers").entries[0].external_id == "T & F"

    def test_weights_that_moodle_has_not(self):
        (entry,) = self.sample("error_invalid_grades").entries

        assert [(each.line, each.code) for each in entry.notes if each.severity == Severity.WARNING] == [
            (38, Code.WEIGHT_ROUNDED)
        ]
        assert [choice.credit for choice in entry.authored.choices] == [
            Fraction(-1, 2),
            None,
            None,
            Fraction(-1, 2),
            None,
        ]

    def test_the_first_picture_of_the_text_is_the_question_s(self):
        (cloze,) = self.sample("multianswer").entries
        (choice,) = self.sample("multichoice").entries

        assert (cloze.picture.name, cloze.picture.alt) == ("california-state-flag.png", "California flag")
        assert codes(cloze).count(Code.FILE_LOST) == 2
        assert (choice.picture, choice.is_published) == (None, False)

    @pytest.mark.parametrize(
        ("name", "root"), [("not-moodle-glossary", "GLOSSARY"), ("not-moodle-windows-1251", "test")]
    )
    def test_other_xml_is_refused_by_name(self, name, root):
        parsed = self.sample(name)

        assert parsed.is_refused
        assert f"“{root}”" in parsed.notes[0].words


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
        ("cloze", "", Code.NO_GAPS),
    ],
)
def test_what_cannot_come_in(kind, inner, code):
    entry = one(kind, inner)

    assert entry.authored is None
    assert code in codes(entry)


def with_file(content: str, name: str = "a.png", encoding: str = "base64") -> Entry:
    text = f'&lt;img src="@@PLUGINFILE@@/{name}" alt="A till"&gt; What?'
    file = f'<file name="{name}" encoding="{encoding}">{content}</file>'
    stem = f'<questiontext format="html"><text>{text}</text>{file}</questiontext>'
    (entry,) = read(f'<question type="truefalse">{stem}{answer("true", "100")}</question>').entries
    return entry


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_pictures_are_what_they_hold_and_not_what_they_are_called():
    good = with_file(encoded(PNG), "../../etc/a.png")
    svg = with_file(encoded(b"<svg onload='x'/>"))
    page = with_file(encoded(b"<html>"), "a.jpg")
    webp = with_file(encoded(b"RIFF0000WAVE"))
    huge = with_file(encoded(PNG + bytes(5 * 1024 * 1024)))

    assert (good.picture.name, good.picture.content, good.picture.alt) == ("a.png", PNG, "A till")
    assert [each.picture for each in (svg, page, webp, huge)] == [None] * 4
    assert [codes(each)[-1] for each in (svg, page, webp, huge)] == [Code.PICTURE_REFUSED] * 4
    assert [each.is_published for each in (good, svg)] == [None, False]


@pytest.mark.parametrize(("content", "encoding"), [("no base64!", "base64"), ("iVBORw0", "base64"), ("x", "uuencode")])
def test_a_damaged_file_is_a_damaged_question(content, encoding):
    entry = with_file(content, encoding=encoding)

    assert (entry.authored, codes(entry)[-1]) == (None, Code.PICTURE_DAMAGED)


def laughs() -> str:
    names = "abcdefghi"
    more = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    return f'<!DOCTYPE quiz [<!ENTITY a "xxxxxxxxxx">{more}]><quiz><question type="essay"><name>&i;</name></question></quiz>'


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (laughs(), Code.FORBIDDEN_MARKUP, None),
        (f'<!DOCTYPE q [<!ENTITY a "{"x" * 50_000}">]><quiz>{"&a;" * 5_000}</quiz>', Code.FORBIDDEN_MARKUP, None),
        ('<!DOCTYPE q [<!ENTITY a "&b;"><!ENTITY b "&a;">]><quiz>&a;</quiz>', Code.FORBIDDEN_MARKUP, None),
        ('<!DOCTYPE q SYSTEM "http://127.0.0.1:9/x.dtd"><quiz/>', Code.FORBIDDEN_MARKUP, None),
        ('<!DOCTYPE q [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><quiz/>', Code.FORBIDDEN_MARKUP, None),
        ('<?xml version="1.0" encoding="x-nonsense"?><quiz/>', Code.NOT_WELL_FORMED, 1),
        ('<?xml version="1.0" encoding="utf-16"?><quiz/>', Code.NOT_WELL_FORMED, 1),
        ('<?xml version="1.0" encoding="utf-7"?><quiz/>', Code.NOT_WELL_FORMED, 1),
        ("<quiz>\n\n<question>&uarr;</question></quiz>", Code.NOT_WELL_FORMED, 3),
        ("<quiz>" + "<a>" * 100_000, Code.NESTED_TOO_DEEP, 1),
        ("<quiz></quiz>", Code.EMPTY_FILE, 0),
        ("", Code.NOT_WELL_FORMED, 1),
        ("<quiz>" + '<question type="essay"/>' * 5_001 + "</quiz>", Code.TOO_MANY_QUESTIONS, 1),
        (" " * (10 * 1024 * 1024 + 1), Code.FILE_TOO_LARGE, 0),
    ],
    ids=range(14),
)
def test_files_made_to_harm_are_refused_with_their_line(content, code, line):
    written = content.encode()
    tracemalloc.start()
    started = time.perf_counter()

    parsed = read_moodle_xml(written)

    seconds, (_, most) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (parsed.is_refused, parsed.entries, parsed.notes[0].code) == (True, (), code)
    assert line is None or parsed.notes[0].line == line
    assert (seconds < 10, most < 300 * 1024 * 1024) == (True, True)


def test_a_file_of_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr(xml_tree, "MOST_ELEMENTS", 100)

    assert read("<a/>" * 100).notes[0].code == Code.NESTED_TOO_DEEP


def test_a_file_of_too_much_html_is_refused():
    assert read(f"<a>{'&lt;' * 200_001}</a>").notes[0].code == Code.TOO_MUCH_MARKUP


def test_an_entity_never_shows_another_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")

    parsed = read_moodle_xml(f'<!DOCTYPE q [<!ENTITY a SYSTEM "{secret.as_uri()}">]><quiz>&a;</quiz>'.encode())

    assert parsed.is_refused
    assert "canary" not in repr(parsed)


def test_a_declared_encoding_is_read_and_other_elements_are_named():
    source = '<?xml version="1.0" encoding="windows-1251"?><quiz><glossary/><question type="Ж"/></quiz>'

    parsed = read_moodle_xml(source.encode("windows-1251"))

    assert [each.code for each in parsed.notes] == [Code.ELEMENT_LOST]
    assert parsed.entries[0].type_name == "Ж"


@pytest.mark.parametrize("name", FORMATS)
def test_what_could_not_be_read_is_not_written(name):
    into = FORMATS[name]

    assert into.unsayable(Entry(1, None)) == Unsayable.UNFINISHED
    with pytest.raises((ValueError, CantSay)):
        into.write([Entry(1, None)])


def test_writing_with_a_category_and_a_picture():
    cloze = Authored("gaps", "A [[1]]", gaps=(Gap("text", accepted=(Typed("x"),)),))
    entry = Entry(1, cloze, category=("A/B",), picture=Attachment("a b.png", PNG, 'A "till"'))

    (back,) = read_moodle_xml(write_moodle_xml([entry])).entries

    assert (back.category, back.picture) == (("A/B",), Attachment("a b.png", PNG, 'A "till"'))
    assert unsayable_in_xml(replace(entry, authored=replace(cloze, stem="{1:SA:=a} [[1]]"))) == Unsayable.MISREAD


def test_what_further_tries_cost_is_said_once():
    twice = f'<question type="truefalse"><penalty>0.5</penalty>{answer("true", "100")}</question>' * 2

    assert [each.code for each in read(twice).notes] == [Code.SETTING_LOST]


def test_a_tag_of_ours_that_nobody_knows():
    assert Code.TAG_UNREADABLE in codes(
        one("truefalse", "<tags><tag><text>piawai:x</text></tag></tags>" + answer("true", "100"))
    )
