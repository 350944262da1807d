"""GIFT questions to the last detail: what is read of each, and how each is written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizzes.domain.authoring import Authored, Choice, Gap, Pair, Step, Typed, true_false_choices
from quizzes.domain.exchange.categories import category_of, category_path
from quizzes.domain.exchange.comments import CommentData, comment_data, data_comment
from quizzes.domain.exchange.gift import parse_gift
from quizzes.domain.exchange.gift.blocks import Block, blocks_of
from quizzes.domain.exchange.gift.writing import write_gift
from quizzes.domain.exchange.records import Entry
from quizzes.domain.exchange.saying import AIKEN, GIFT, CantSay, Unsayable, left_out, unsayable
from quizzes.domain.keys import Unit
from quizzes.domain.kinds import TEXT_GAP
from tests.quizzes.domain.exchange.telling import told

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def single(*choices: Choice, stem: str = "Which?", general: str = "") -> Authored:
    return Authored("single", stem, general, choices=choices)


@pytest.mark.parametrize(
    ("text", "authored"),
    [
        ("Open{T}", Authored("true_false", "Open", choices=true_false_choices(True, "", ""))),
        (
            "Open{ true # no # yes #### so }",
            Authored("true_false", "Open", "so", choices=true_false_choices(True, "yes", "no")),
        ),
        ("Open{FALSE#no#yes}", Authored("true_false", "Open", choices=true_false_choices(False, "no", "yes"))),
        ("Open{t t}", Authored("true_false", "Open", choices=true_false_choices(True, "", ""))),
        ("Which?{~a#x =b#y####z}", single(Choice("a", feedback="x"), Choice("b", True, "y"), general="z")),
        (
            "Which?{=a ~%25%b ~%-50%c}",
            single(Choice("a", True), Choice("b", credit=Fraction(1, 4)), Choice("c", credit=-HALF)),
        ),
        ("Which?{=%50%a =b ~c}", single(Choice("a", credit=HALF), Choice("b", True), Choice("c"))),
        ("Which?{=a =b ~c}", single(Choice("a", True), Choice("b", credit=Fraction(1)), Choice("c"))),
        ("Which?{x ~b =c}", single(Choice("x"), Choice("b"), Choice("c", True))),
        ("Which?{=a \n is\n it ~b}", single(Choice("a is it", True), Choice("b"))),
        ("The {=a ~b} it is.", single(Choice("a", True), Choice("b"), stem="The _____ it is.")),
        ("The {=a ~b}.", single(Choice("a", True), Choice("b"), stem="The _____.")),
        ("Which?{=x ~1=1}", single(Choice("x", True), Choice("1=1"))),
        ("Which?{=x ~1 = 'a'}", single(Choice("x", True), Choice("1 = 'a'"))),
        (
            "Which?{~%50%a ~%50%b ~%-100%c ~d}",
            Authored(
                "multiple",
                "Which?",
                choices=(
                    Choice("a", True),
                    Choice("b", True),
                    Choice("c", credit=Fraction(-1)),
                    Choice("d", credit=Fraction(0)),
                ),
            ),
        ),
        (
            "Which?{~%50%a#x ~%50%b ~%-50%c}",
            Authored("multiple", "Which?", choices=(Choice("a", True, "x"), Choice("b", True), Choice("c"))),
        ),
        (
            "Which?{~%33%a ~%33%b ~%33%c ~%-10%d}",
            Authored(
                "multiple",
                "Which?",
                choices=(Choice("a", True), Choice("b", True), Choice("c", True), Choice("d", credit=-Fraction(1, 10))),
            ),
        ),
        (
            "Which?{~%33%a ~%60%b ~%-33%c}",
            Authored(
                "multiple",
                "Which?",
                choices=(
                    Choice("a", True, credit=Fraction(33, 100)),
                    Choice("b", True, credit=Fraction(3, 5)),
                    Choice("c", credit=-Fraction(33, 100)),
                ),
            ),
        ),
        (
            "Say{=a=%50%b#x=%0%*#y}",
            Authored("short_text", "Say", accepted=(Typed("a"), Typed("b", HALF, feedback="x")), otherwise="y"),
        ),
        ("Say{=%50%*#y}", Authored("short_text", "Say", accepted=(Typed("*", HALF, feedback="y"),))),
        ("Say{=%0%* =a}", Authored("short_text", "Say", accepted=(Typed("*", Fraction(0)), Typed("a")))),
        ("Say{=a =%-50%b}", Authored("short_text", "Say", accepted=(Typed("a"), Typed("b", Fraction(0))))),
        ("Say{= [plain]*a* }", Authored("short_text", "Say", accepted=(Typed("*a*"),))),
        ("Say{a}", Authored("short_text", "Say", accepted=(Typed("a"),))),
        (
            "Count{#=1:0.5#x =%50%2..4 ~#no####all}",
            Authored(
                "numeric",
                "Count",
                "all",
                accepted=(Typed("1", tolerance="0.5", feedback="x"), Typed("3", HALF, "1")),
                otherwise="no",
            ),
        ),
        ("Count{#1}", Authored("numeric", "Count", accepted=(Typed("1"),))),
        ("Count{#4..2}", Authored("numeric", "Count", accepted=(Typed("3", tolerance="1"),))),
        ("Count{#3..3}", Authored("numeric", "Count", accepted=(Typed("3"),))),
        ("Count{#2..x}", Authored("numeric", "Count", accepted=(Typed("2..x"),))),
        ("Count{#1,5 : 0.0}", Authored("numeric", "Count", accepted=(Typed("1.5"),))),
        ("Count{# x }", Authored("numeric", "Count", accepted=(Typed("x"),))),
        (
            "Match{=a -> b#x =-> c =d -> e -> f}",
            Authored("matching", "Match", pairs=(Pair("a", "b", "x"), Pair("", "c"), Pair("d", "e -> f"))),
        ),
        (
            "Order{>3 ALL VERTICAL ALL_OR_NOTHING SHOW none\na\n\\# b\nc\n####all}",
            Authored("ordering", "Order", "all", steps=(Step("a"), Step("# b"), Step("c")), is_all_or_nothing=True),
        ),
        ("I {1:SA:=a} here", Authored("gaps", "I [[1]] here", gaps=(Gap(TEXT_GAP, accepted=(Typed("a"),)),))),
        (
            "::Name::[html]<p>I</p> {1:SAC:=a}",
            Authored("gaps", "I\n\n[[1]]", gaps=(Gap(TEXT_GAP, accepted=(Typed("a"),)),), minds_case=True),
        ),
    ],
)
def test_a_question_is_read_as(text, authored):
    (entry,) = parse_gift(text).entries
    assert entry.authored == authored


def test_a_question_with_everything_around_it():
    first, second = parse_gift(
        "$CATEGORY: a/b\n\n// [id:q1] [tag:REL-1] [tag:x]\n// [tag:difficulty:2]\n"
        "::A\n name\\: it::Open\n{T F}\n\n// nothing\n::B::Shut{T}"
    ).entries
    assert first == Entry(
        line=5,
        authored=None,
        type_name="truefalse",
        name="A name: it",
        external_id="q1",
        category=("a", "b"),
        tags=("x",),
        codes=("REL-1",),
        difficulty=2,
        notes=first.notes,
    )
    assert told(first.notes) == ["7 error true_and_false"]
    assert second == Entry(
        10,
        Authored("true_false", "Shut", choices=true_false_choices(True, "", "")),
        "truefalse",
        "B",
        category=("a", "b"),
    )


def test_names():
    def name_of(text: str) -> str:
        (entry,) = parse_gift(text).entries
        return entry.name

    assert name_of("::  A \t name ::Open{T}") == "A name"
    assert name_of(":: ::Open{T}") == ""
    assert name_of("::Open{T}") == ""
    assert name_of(f"::{'x' * 250}::Open{{T}}") == "x" * 250
    assert name_of(f"::{'x' * 251}::Open{{T}}") == "x" * 250


def test_lines_are_counted_behind_a_name_of_two_lines():
    (entry,) = parse_gift("::A\nname::Open\n{T F}").entries
    assert told(entry.notes) == ["3 error true_and_false"]
    assert entry.name == "A name"


def test_a_category_note_stands_with_the_first_question_below_it():
    first, second = parse_gift(f"$CATEGORY: {'a/' * 51}\n\nOpen{{T}}\n\nShut{{T}}").entries
    assert told(first.notes) == ["1 warning category_too_deep longest=250 most=50"]
    assert told(second.notes) == []


# Blocks


def test_blocks():
    assert blocks_of("// one\n a \n// two\nb \n\n\n// alone\n\n$CATEGORY: x\nc\n") == [
        Block(2, "a \n\nb", ("// one", "// two"), ()),
        Block(10, "c", (), ("x",)),
    ]


def test_a_cloze_text_in_several_paragraphs_is_one():
    (block,) = blocks_of("// a\n::T::One {1:SA:=a}\n\n// b\nTwo\n\n\nThree {1:SA:=b}")
    assert block == Block(2, "::T::One {1:SA:=a}\n\nTwo\n\nThree {1:SA:=b}", ("// a", "// b"), ())


@pytest.mark.parametrize(
    "text",
    [
        "One {1:SA:=a}\n\nTwo {1:SA:=a}",
        "::T::One {1:SA:=a}\n\n::U::Two {1:SA:=a}",
        "::T::One {1:SA:=a}\n\nTwo",
        "::T::One {1:SA:=a}\n\nTwo{T}",
        "::T::One {1:SA:=a}\n\nTwo}",
        "::T::One{T}\n\nTwo {1:SA:=a}",
        "::T::One {1:SA:=a}\n$CATEGORY: x\nTwo {1:SA:=a}",
    ],
)
def test_what_does_not_continue_a_cloze_text(text):
    assert len(blocks_of(text)) == 2


def test_a_title_and_a_cloze_text_below_it_are_one():
    (block,) = blocks_of("::T::One\n\nTwo {1:SA:=a}")
    assert block.text == "::T::One\n\nTwo {1:SA:=a}"


# Comments


@pytest.mark.parametrize(
    ("comments", "data"),
    [
        ((), CommentData()),
        (("[id:a] [id:b]",), CommentData("a")),
        (("// [id: a  b ] [tag: x  y ] [tag:] [tag:x y]",), CommentData("a b", ("x y",))),
        ((f"[id:{'i' * 201}] [tag:{'t' * 101}]",), CommentData("i" * 200, ("t" * 100,))),
        (("[id:a\\]b", "[tag:a\\]b]"), CommentData("", ("a]b",))),
        (('[feedback:1:"a"] [feedback:2:"b"]', '[feedback:1:"c"]'), CommentData(feedback=((1, "c"), (2, "b")))),
        (("[feedback:1:a]", '[feedback:x:"a"]', "[feedback:1:7]"), CommentData()),
    ],
)
def test_comments_say(comments, data):
    assert comment_data(comments) == data


@pytest.mark.parametrize(
    ("external_id", "tags", "feedback", "written"),
    [
        ("", [], {}, ""),
        (" ", [], {1: ""}, ""),
        ("a  b]", [], {}, "// [id:a b\\]]\n"),
        ("a\\", ["x", "y"], {}, "// [id:a\\ ] [tag:x] [tag:y]\n"),
        ("", ["x"], {1: "é]", 2: "", 3: "c"}, '// [tag:x]\n// [feedback:1:"é\\u005d"]\n// [feedback:3:"c"]\n'),
        ("", [], {1: "a"}, '// [feedback:1:"a"]\n'),
    ],
)
def test_comments_are_written(external_id, tags, feedback, written):
    assert data_comment(external_id, tags, feedback) == written


# Categories


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("", ()),
        ("top/a", ("top", "a")),
        ("$course$/top/a", ("a",)),
        ("$course$/a/top", ("a", "top")),
        ("$system$/Top/a", ("Top", "a")),
        (" a /b//c/  d  e ", ("a", "b/c", "d e")),
        ("a/ /b", ("a", "b")),
    ],
)
def test_categories_are_read(path, names):
    assert category_of(path) == (names, ())


def test_a_category_as_deep_and_as_long_as_it_may_be():
    assert category_of("/".join(["a"] * 50)) == (("a",) * 50, ())
    assert category_of("a" * 250) == (("a" * 250,), ())
    for path, names in (("/".join(["a"] * 51), ("a",) * 50), ("a" * 251, ("a" * 250,))):
        found, notes = category_of(path)
        assert found == names
        assert told(notes) == ["0 warning category_too_deep longest=250 most=50"]


@pytest.mark.parametrize(
    ("names", "path"),
    [((), "$course$/top"), (("a  b", "c/d"), "$course$/top/a b/c//d"), (("/a/",), "$course$/top/ //a// ")],
)
def test_categories_are_written(names, path):
    assert category_path(names) == path


# Writing

EVERYTHING = (
    Entry(
        1,
        Authored("true_false", " Open? ", "So: it is.", choices=true_false_choices(True, "[yes]", "no")),
        name=" A \n name ",
    ),
    Entry(1, Authored("true_false", "Open?", choices=true_false_choices(False, "", "")), external_id="q2"),
    Entry(1, Authored("true_false", "Open?", choices=true_false_choices(True, "yes", ""))),
    Entry(1, Authored("true_false", "Open?", choices=true_false_choices(False, "yes", ""))),
    Entry(
        1,
        single(Choice("%a", True, "x"), Choice("[b", credit=-HALF), Choice(" a~b={c}#:\\ \nd "), general=" z "),
        category=("a", "b"),
        tags=("t",),
        codes=("REL-1", "odd"),
        difficulty=2,
    ),
    Entry(
        1,
        Authored(
            "multiple",
            "Which?",
            choices=(Choice("a", True, "x"), Choice("b", True), Choice("c"), Choice("d", credit=Fraction(0))),
        ),
        category=("a", "b"),
    ),
    Entry(1, Authored("matching", "What?", "z", pairs=(Pair("a", " b ", "x"), Pair("%", "d"))), category=("c",)),
    Entry(
        1,
        Authored(
            "ordering", "What?", "z", steps=(Step(" a\\ ", "x"), Step("b:=~#"), Step("c")), is_all_or_nothing=True
        ),
    ),
    Entry(1, Authored("ordering", "What?", steps=(Step("a"), Step("b"), Step("c")))),
    Entry(
        1, Authored("short_text", "Say", "z", accepted=(Typed("a*"), Typed("b", HALF, feedback="x")), otherwise="no")
    ),
    Entry(1, Authored("short_text", "Say", accepted=(Typed("a", THIRD), Typed("b")))),
    Entry(
        1,
        Authored(
            "numeric",
            "Count",
            "z",
            accepted=(Typed("1e3", tolerance="0.5", feedback="x"), Typed("*", HALF, feedback="y")),
            otherwise="no",
        ),
    ),
    Entry(1, Authored("numeric", "Count", accepted=(Typed("24"),))),
)
WRITTEN = r"""::A name::[plain]Open?{TRUE#no#[plain][yes]####So\: it is.}

// [id:q2]
[plain]Open?{FALSE}

[plain]Open?{TRUE##yes}

[plain]Open?{FALSE#yes}

$CATEGORY: $course$/top/a/b

// [tag:REL-1] [tag:clause:odd] [tag:t] [tag:difficulty:2]
[plain]Which?{
	=[plain]%a#x
	~%-50%[plain][b
	~a\~b\=\{c\}\#\:\\ \nd
	####z
}

[plain]Which?{
	~%50%a#x
	~%50%b
	~%-50%c
	~d
}

$CATEGORY: $course$/top/c

// [feedback:1:"x"]
[plain]What?{
	=a -> b
	=[plain]% -> d
	####z
}

$CATEGORY: $course$/top

// [tag:piawai:all-or-nothing]
// [feedback:1:"x"]
[plain]What?{>3 ALL VERTICAL ALL_OR_NOTHING SHOW none
a\\
b:=~#
c
####z}

[plain]What?{>3 ALL VERTICAL ABSOLUTE_POSITION SHOW none
a
b
c
}

[plain]Say{
	=%100%a*
	=%50%b#x
	=%0%*#no
	####z
}

[plain]Say{
	=%33.33333%a
	=%100%b
}

[plain]Count{#
	=%100%1000:0.5#x
	=%50%*#y
	~#no
	####z
}

[plain]Count{#
	=%100%24
}

"""


def test_everything_is_written():
    assert write_gift(EVERYTHING) == WRITTEN


@pytest.mark.parametrize(
    ("authored", "reason"),
    [
        (Authored("single", "Which?"), Unsayable.UNFINISHED),
        (Authored("gaps", "I [[1]]", gaps=(Gap(TEXT_GAP, accepted=(Typed("a"),)),)), Unsayable.KIND),
        (Authored("numeric", "Count", accepted=(Typed("1"),), units=(Unit("h"),)), Unsayable.UNITS),
        (Authored("numeric", "Count", accepted=(Typed("1e-35"),)), Unsayable.NUMBER),
        (Authored("numeric", "Count", accepted=(Typed("1", tolerance="1e-35"),)), Unsayable.NUMBER),
        (Authored("numeric", "Count", accepted=(Typed("1"), Typed("2", Fraction(1, 999983)))), Unsayable.WEIGHTS),
        (single(Choice("a", True), Choice("b", credit=Fraction(1, 999983))), Unsayable.WEIGHTS),
        (Authored("matching", "What?", pairs=(Pair("a -> b", "c"), Pair("d", "e"))), Unsayable.ARROW),
        (Authored("matching", "What?", pairs=(Pair("a", "b -> c"), Pair("d", "e"))), None),
        (Authored("short_text", "Say", accepted=(Typed("a->b"),)), Unsayable.ARROW),
        (Authored("short_text", "Say", accepted=(Typed("a", feedback="->"),)), Unsayable.ARROW),
        (Authored("short_text", "Say", accepted=(Typed("a"),), otherwise="->"), Unsayable.ARROW),
        (Authored("numeric", "Count", accepted=(Typed("1", feedback="->"),)), None),
        *[
            (Authored("ordering", "What?", steps=(Step("a"), Step("b"), Step(odd))), Unsayable.MISREAD)
            for odd in ("a\nb", "{", "}", "x####", "// a", "$CATEGORY: a")
        ],
        (Authored("ordering", "What?", steps=(Step("a"), Step("b"), Step("c // d"))), None),
    ],
)
def test_what_gift_cannot_say(authored, reason):
    assert unsayable(authored, GIFT) == reason
    if reason:
        entry = Entry(3, authored)
        with pytest.raises(CantSay) as caught:
            write_gift([entry])
        assert (caught.value.entry, caught.value.reason) == (entry, reason)


def test_a_question_that_could_not_be_read_is_not_written():
    with pytest.raises(CantSay) as caught:
        write_gift([Entry(1, None)])
    assert caught.value.reason is None


def test_gift_leaves_nothing_out_and_aiken_feedback_and_order():
    question = Authored("single", "Which?", choices=(Choice("a", True), Choice("b", feedback="x")), keeps_order=True)
    assert left_out(question, GIFT) == ()
    assert left_out(question, AIKEN) == ("feedback", "order")
    assert left_out(single(Choice("a", True), Choice("b"), general="x"), AIKEN) == ("feedback",)
    assert left_out(single(Choice("a", True), Choice("b")), AIKEN) == ()


# What is easily passed over


@pytest.mark.parametrize(
    ("text", "stem", "name"),
    [
        ("Open :: shut{T}", "Open :: shut", ""),
        ("::Open{T}", "::Open", ""),
        ("::::Open{T}", "Open", ""),
        (":::Open{T}", ":::Open", ""),
        ("::A::Open :: shut{T}", "Open :: shut", "A"),
        ("::A::B::{T}", "B::", "A"),
        ("{T}", "", ""),
        ("{T} Open", "_____ Open", ""),
    ],
)
def test_names_and_stems(text, stem, name):
    (entry,) = parse_gift(text).entries
    assert (entry.authored.stem, entry.name) == (stem, name)


def test_feedback_with_the_marks_of_feedback_in_it():
    (entry,) = parse_gift("Open{T#no#yes#indeed####a####b}").entries
    assert entry.authored.general == "b"
    (entry,) = parse_gift("Open{F#no#yes#indeed}").entries
    assert [choice.feedback for choice in entry.authored.choices] == ["no", "yes#indeed"]
    (entry,) = parse_gift("Which?{=a#x#y ~b}").entries
    assert entry.authored.choices[0].feedback == "x#y"
    (entry,) = parse_gift("Count{#1 ~b#x#y}").entries
    assert entry.authored.otherwise == "x#y"


def test_an_arrow_in_feedback_makes_no_pair():
    (entry,) = parse_gift("Say{=a#x -> y =b}").entries
    assert entry.authored.accepted == (Typed("a", feedback="x -> y"), Typed("b"))


def test_percentages_in_pairs_are_text():
    (entry,) = parse_gift("Match{=%50%a -> b =c -> d}").entries
    assert entry.authored.pairs == (Pair("%50%a", "b"), Pair("c", "d"))


def test_a_cloze_text_with_colons_behind_its_name():
    (entry,) = parse_gift("::A::I :: you {1:SA:=<b>a</b>}").entries
    assert (entry.authored.stem, entry.name) == ("I :: you [[1]]", "A")
    assert entry.authored.gaps[0].accepted == (Typed("a"),)


def test_a_range_whose_ends_have_no_decimals_stays():
    (entry,) = parse_gift("Count{#1e-40..2}").entries
    assert entry.authored.accepted == (Typed("1e-40..2"),)


@pytest.mark.parametrize(
    ("weights", "worth"),
    [
        ("33 33 33", [None, None, None]),
        ("33 33 34", [Fraction(33, 100), Fraction(33, 100), Fraction(17, 50)]),
        ("50 50 0", [None, None, Fraction(0)]),
        ("100 100 0", [Fraction(1), Fraction(1), Fraction(0)]),
        ("16 16 66", [Fraction(1, 6), Fraction(1, 6), Fraction(2, 3)]),
    ],
)
def test_shares_that_nearly_make_a_whole(weights, worth):
    options = "".join(f"~%{weight}%{weight}x" for weight in weights.split())
    (entry,) = parse_gift(f"Which?{{{options} ~z}}").entries
    assert [choice.credit for choice in entry.authored.choices[:3]] == worth


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Open{T T F}", None),
        ("Open{TRUE T}", "true_false"),
        ("Say{TX}", "short_text"),
        ("Say{T X}", "short_text"),
        ("Say{a -> b}", "short_text"),
        ("Match{=a -> b =c -> d}", "matching"),
        ("Say{=a =b#-> c}", "short_text"),
        ("Which?{X=a ~b}", "single"),
        ("Say{>x\n}", "short_text"),
    ],
)
def test_kinds_are_told_by_their_marks(text, kind):
    (entry,) = parse_gift(text).entries
    assert (entry.authored.kind if entry.authored else None) == kind


def test_what_letters_in_answers_are_not():
    """A capital X is no mark of answers."""
    (entry,) = parse_gift("Which?{=aXb ~cXd}").entries
    assert [choice.text for choice in entry.authored.choices] == ["aXb", "cXd"]
    (entry,) = parse_gift("Say{=aXb =c}").entries
    assert [typed.value for typed in entry.authored.accepted] == ["aXb", "c"]
    (entry,) = parse_gift("Match{=aX -> b =c -> Xd}").entries
    assert entry.authored.pairs == (Pair("aX", "b"), Pair("c", "Xd"))
    (entry,) = parse_gift("Which?{=1X=1 ~2=X}").entries
    assert [choice.text for choice in entry.authored.choices] == ["1X=1", "2=X"]


def test_odd_ranges():
    for written in ("1..2..3", "..2", "1..1e-40"):
        (entry,) = parse_gift(f"Count{{#{written}}}").entries
        assert entry.authored.accepted == (Typed(written),)


def test_orders_graded_all_or_nothing_are_not_told_as_changed():
    for grading in ("ALL_OR_NOTHING", "ABSOLUTE_POSITION", "ABS"):
        (entry,) = parse_gift(f"Order{{>2 ALL VERTICAL {grading}\na\nb\n}}").entries
        assert "grading_changed" not in " ".join(told(entry.notes))


def test_no_share_is_left_out_of_what_makes_a_whole():
    (entry,) = parse_gift("Which?{~%33%a ~%67%b ~%0%c ~%-3%d}").entries
    assert [choice.credit for choice in entry.authored.choices] == [
        Fraction(33, 100),
        Fraction(67, 100),
        Fraction(0),
        -Fraction(3, 100),
    ]


def test_a_question_of_wrong_options_only():
    (entry,) = parse_gift("Which?{~%-100%a ~%-50%b ~c}").entries
    assert [choice.credit for choice in entry.authored.choices] == [None, -HALF, Fraction(0)]
