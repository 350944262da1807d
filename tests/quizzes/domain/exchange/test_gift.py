"""GIFT as people write it, right and wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizzes.domain.authoring import Choice, Pair, Step, Typed
from quizzes.domain.exchange.gift import parse_gift, read_gift, reading
from quizzes.domain.exchange.records import Code, Entry, Severity


def one(text: str) -> Entry:
    (entry,) = parse_gift(text).entries
    return entry


def codes(entry: Entry) -> list[Code]:
    return [note.code for note in entry.notes]


def test_comments_carry_data():
    entry = one("// [id:q\\]7] [tag:till] [tag:REL-1] [tag:clause:tan-2] [tag:difficulty:3]\n::A name::Open?{T}")
    assert (entry.external_id, entry.name, entry.difficulty) == ("q]7", "A name", 3)
    assert (entry.tags, entry.codes) == (("till",), ("REL-1", "TAN-2"))


def test_switches_travel_in_tags():
    entry = one("// [tag:piawai:all-or-nothing] [tag:piawai:unknown]\nWhich?{~%50%a ~%50%b ~c}")
    assert entry.authored.is_all_or_nothing
    assert codes(entry) == [Code.TAG_UNREADABLE]


def test_feedback_on_pairs_and_steps_travels_in_comments():
    pairs = one('// [feedback:2:"So \\u005d"] [feedback:x] [feedback:1:nonsense] [feedback:1:7]\nMatch{=a->1 =b->2}')
    assert pairs.authored.pairs == (Pair("a", "1"), Pair("b", "2", "So ]"))
    steps = one('// [feedback:1:"First."]\nOrder{>3 ALL VERTICAL ALL_OR_NOTHING SHOW none\na\nb\nc\n}')
    assert steps.authored.steps == (Step("a", "First."), Step("b"), Step("c"))
    assert steps.authored.is_all_or_nothing


def test_orders_graded_otherwise_are_told():
    entry = one("Order{>3 RANDOM VERTICAL RELATIVE_TO_CORRECT\na\nb\nc\n}")
    assert [step.text for step in entry.authored.steps] == ["a", "b", "c"]
    assert codes(entry) == [Code.GRADING_CHANGED]


def test_category_needs_no_blank_line_after_it():
    first, second, third = parse_gift(
        "$CATEGORY: $course$/top/Till//cash/ Morning \nOpen?{T}\n\nShut?{F}\n$CATEGORY: Evening\n// c\n\nOpen?{T}"
    ).entries
    assert first.category == second.category == ("Till/cash", "Morning")
    assert third.category == ("Evening",)


def test_category_too_deep_is_cut():
    entry = one(f"$CATEGORY: {'a/' * 60}\n\nOpen?{{T}}")
    assert len(entry.category) == 50
    assert codes(entry) == [Code.CATEGORY_TOO_DEEP]


def test_formats_by_part():
    entry = one("[html]<b>Which</b> of R&amp;D?{=[markdown]**bold** text#[plain]a <b> ~ [x] ~[moodle]a<br>b ~<name>}")
    assert entry.authored.stem == "Which of R&D?"
    assert [(choice.text, choice.feedback) for choice in entry.authored.choices] == [
        ("bold text", "a <b>"),
        ("[x]", ""),
        ("a\nb", ""),
        ("", ""),
    ]
    assert codes(entry) == [Code.FORMATTING_LOST, Code.FORMATTING_LOST, Code.FORMATTING_LOST, Code.BLANK_OPTION]


def test_a_word_in_angles_that_html_does_not_have_stays():
    assert one("Greet the <customer> first?{T}").authored.stem == "Greet the <customer> first?"


def test_pictures_and_links_that_are_left_out_are_named():
    entry = one(
        '[html]<p>See <img src\\="@@PLUGINFILE@@/till.png" alt\\="The till"> <a href\\="x.html">here</a></p>{T}'
    )
    assert [note.words for note in entry.notes] == [
        "A picture was left out: The till.",
        "A link was left out, its text kept: x.html.",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Is it {open", Code.BRACE_LEFT_OPEN),
        ("Is it open}", Code.BRACE_TOO_MANY),
        ("Is} it {open", Code.BRACE_TOO_MANY),
        ("Is it {T}\nIs it {F}", Code.TWO_ANSWER_SETS),
        ("Is it {~{a} =b}", Code.TWO_ANSWER_SETS),
        ("Is it?{}", Code.IS_ESSAY),
        ("Is it?{TRUE FALSE}", Code.TRUE_AND_FALSE),
        ("Match{=a->b =c}", Code.BAD_PAIR),
        ("Which?{=a ~%200%b}", Code.NOT_A_WEIGHT),
        ("Which?{" + "~a" * 600 + "=b}", Code.TOO_MANY_ANSWERS),
        ("Which?{" + "~" * 2000 + "=b}", Code.TOO_MANY_ANSWERS),
        ("Order{>3 ALL\n" + "a\n" * 600 + "}", Code.TOO_MANY_ANSWERS),
        ("x" * 200_001 + "{T}", Code.QUESTION_TOO_LONG),
        ("How many?{#" + "1" * 60 + "}", Code.UNREADABLE_ANSWERS),
        ("Say {1:ESSAY:x}", Code.UNKNOWN_GAP_TYPE),
    ],
)
def test_what_cannot_come_in(text, code):
    entry = one(text)
    assert entry.authored is None
    assert (Severity.ERROR, code) in {(note.severity, note.code) for note in entry.notes}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{T}", Code.NO_STEM),
        ("Which?{~a ~b}", Code.NONE_RIGHT),
        ("Which?{~%50%a ~b}", Code.CREDITS_SHORT),
        ("Which?{=a ~A}", Code.SAME_OPTION_TWICE),
        ("Which?{=a =b ~c}", Code.SEVERAL_RIGHT),
        ("How many?{#=ten}", Code.NOT_A_NUMBER),
        ("How many?{#a..b}", Code.NOT_A_NUMBER),
        ("How many?{#=%50%10}", Code.NO_FULL_CREDIT),
        ("What?{=%-20%a =b}", Code.PENALTY_IGNORED),
        ("Match{=a->b =->c}", Code.TOO_FEW_PAIRS),
        ("Which?{~=a ~b}", Code.RIGHT_AND_WRONG),
    ],
)
def test_what_there_is_to_say(text, code):
    entry = one(text)
    assert entry.is_importable
    assert code in codes(entry)


def test_lines_of_notes():
    _, second = parse_gift(
        "Open?{T}\n\n// a comment\n\n// another\n::Two\nlines::Which?{\n=a\n~b\n~%x%c\n~%200%d\n}"
    ).entries
    assert [(note.line, note.code) for note in second.notes] == [(11, Code.NOT_A_WEIGHT)]
    assert second.line == 6


def test_weights():
    single = one("Which?{=a ~%50%b ~%-10%c ~%100%d}")
    assert [choice.credit for choice in single.authored.choices] == [None, Fraction(1, 2), Fraction(-1, 10), 1]
    multiple = one("Which?{~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-33.33333%d ~e ~%-100%f}")
    assert multiple.authored.choices == (
        Choice("a", is_right=True),
        Choice("b", is_right=True),
        Choice("c", is_right=True),
        Choice("d"),
        Choice("e", credit=Fraction(0)),
        Choice("f", credit=Fraction(-1)),
    )


def test_weights_that_nearly_make_a_whole():
    entry = one("Which?{~%33%a ~%33.33333%b ~%33%c ~d}")
    assert [choice.credit for choice in entry.authored.choices][:3] == [None] * 3
    assert codes(entry) == [Code.WEIGHT_ROUNDED]
    assert entry.notes[0].words == "The weight 33 % was taken as 1/3."


def test_an_answer_without_a_mark_is_a_wrong_one():
    assert one("Which?{a ~b =c}").authored.choices == (Choice("a"), Choice("b"), Choice("c", is_right=True))


def test_equals_with_a_weight():
    entry = one("Which?{=%50%a =%50%b ~c}")
    assert (entry.authored.kind, [choice.is_right for choice in entry.authored.choices]) == (
        "multiple",
        [True, True, False],
    )


def test_an_equals_in_the_middle_of_an_answer():
    entry = one("Which holds?{~2+2 = 5 ~x=y\n=2+2 \\= 4}")
    assert [choice.text for choice in entry.authored.choices] == ["2+2 = 5", "x=y", "2+2 = 4"]
    assert codes(entry) == [Code.UNESCAPED]


def test_numbers():
    entry = one("How many?{#=1,5:0,5#near =%50%-3..5 =*:0 ~#no}")
    assert entry.authored.accepted == (
        Typed("1.5", tolerance="0.5", feedback="near"),
        Typed("1", Fraction(1, 2), "4"),
        Typed("*"),
    )
    assert entry.authored.otherwise == "no"


def test_short_answers_are_plain_text():
    entry = one("[markdown]Say *it*{=[html]*yes* =%50%a # b#c}")
    assert entry.authored.stem == "Say it"
    assert [(typed.value, typed.feedback) for typed in entry.authored.accepted] == [("*yes*", ""), ("a", "b#c")]


def test_missing_word_and_what_stands_after():
    assert one("Grant is {~buried =entombed} there.").authored.stem == "Grant is _____ there."
    stray = one('Grant is?{~buried =entombed}";')
    assert (stray.authored.stem, codes(stray)) == ("Grant is?", [Code.TEXT_AFTER_ANSWERS])


def test_cloze_is_put_together_from_its_title_on():
    text = "Note\n\n::A::First\n\nthen {1:SA:=a}\n\nand {2:MCV:=b~c}\n\n::B::Open?{T}\n\nSay {1:NM:=1}\n\nEnd"
    note, cloze, other, single, end = parse_gift(text).entries
    assert (note.type_name, other.type_name, end.type_name) == ("description", "truefalse", "description")
    assert (cloze.name, cloze.authored.stem) == ("A", "First\n\nthen [[1]]\n\nand [[2]]")
    assert [gap.weight for gap in cloze.authored.gaps] == [1, 2]
    assert codes(cloze) == [Code.GAP_LAYOUT_LOST, Code.CLOZE_IN_GIFT]
    assert single.authored.stem == "Say [[1]]"


def test_title_without_an_end_is_text():
    assert one("::Open?{T}").authored.stem == "::Open?"


def test_line_ends_and_tabs():
    texts = ["Which?{\n\t=a\n\t~b}\n\nOpen?{T}".replace("\n", end) for end in ("\n", "\r\n", "\r")]
    first, *others = (parse_gift(text) for text in texts)
    assert others == [first, first]


def test_empty_file():
    assert [note.code for note in read_gift(b"// nothing\n\n").notes] == [Code.EMPTY_FILE]


def test_too_many_questions(monkeypatch):
    monkeypatch.setattr(reading, "MOST_QUESTIONS", 2)
    parsed = read_gift(b"a{T}\n\nb{T}\n\nc{T}")
    assert parsed.is_refused
    assert [(note.line, note.code) for note in parsed.notes] == [(5, Code.TOO_MANY_QUESTIONS)]


def test_too_many_answers_in_all(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ANSWERS_IN_ALL", 5)
    parsed = parse_gift("a{}\n\nb{T}\n\nSay {1:SA:=a~=b} {1:MC:=c~d}")
    assert [(note.line, note.code) for note in parsed.notes] == [(5, Code.TOO_MANY_ANSWERS_IN_ALL)]


def test_notes_do_not_swamp_a_question():
    entry = one("Which?{" + "~=a\n" * 300 + "~%200%b}")
    assert len(entry.notes) == 50
    assert entry.notes[0].severity == Severity.ERROR


def test_not_text():
    assert read_gift(b"\x00\x01").is_refused
