"""Every note about a GIFT question: how grave it is, its line, and what it quotes."""

from __future__ import annotations

import pytest

from quizzes.domain.exchange.gift import answers as gift_answers
from quizzes.domain.exchange.gift import kinds as gift_kinds
from quizzes.domain.exchange.gift import parse_gift, read_gift
from quizzes.domain.exchange.gift import reading as gift
from quizzes.domain.exchange.records import LONGEST_QUESTION
from tests.quizzes.domain.exchange.telling import told


@pytest.mark.parametrize(
    ("text", "type_name", "notes"),
    [
        ("\nA text.", "description", ["2 warning no_braces"]),
        ("Open\n}{", "", ["2 error brace_too_many"]),
        ("Open}", "", ["1 error brace_too_many"]),
        ("Open\n{T", "", ["2 error brace_left_open"]),
        ("Open\n{T}\n{F}", "", ["2 error two_answer_sets"]),
        ("Open{T}}", "", ["1 error two_answer_sets"]),
        ("Open{{T}", "", ["1 error two_answer_sets"]),
        ("Say{}", "essay", ["1 error is_essay"]),
        ("Say{ ####Well}", "essay", ["1 error is_essay"]),
        ('Open\n{T}";', "truefalse", ['2 info text_after_answers text=";']),
        ("Open{T F}", "truefalse", ["1 error true_and_false"]),
        ("Which?{=a =b ~c}", "multichoice", ["1 warning several_right"]),
        ("Which?{\n=a\n=b\n~c}", "multichoice", ["3 warning several_right"]),
        ("Which?{\n~a~=b\n~c}", "multichoice", ["2 info right_and_wrong"]),
        ("Which?{\n=a\n~%200%b}", "multichoice", ["3 error not_a_weight text=200"]),
        ("Which?{\n=x\n~1=1}", "multichoice", ["2 warning unescaped"]),
        (
            "Which?{\n~%33%a\n~%33%b\n~%33%c}",
            "multichoice",
            [f"{line} info weight_rounded text=33 % value=1/3" for line in (2, 3, 4)],
        ),
        ("Say{\n=a\n=%-50%b}", "shortanswer", ["3 warning penalty_ignored text=-50 %"]),
        ("Count{#\n=1\n=%-20%2}", "numerical", ["3 warning penalty_ignored text=-20 %"]),
        (
            f"Count{{#\n=1\n={'1' * 51}}}",
            "numerical",
            [f"3 error unreadable_answers text={'1' * 51}", "1 warning nothing_accepted", "1 warning not_a_number"],
        ),
        ("Match{\n=a -> b\n=c\n=d -> e}", "match", ["3 error bad_pair text=c", "1 warning unpaired"]),
        (
            "Order{\n>3 RANDOM VERTICAL RELATIVE_TO_CORRECT\na\nb\nc\n}",
            "ordering",
            ["2 warning grading_changed text=RANDOM RELATIVE_TO_CORRECT"],
        ),
        ("Order{>3 REL\na\nb\nc\n}", "ordering", ["1 warning grading_changed text=REL ABSOLUTE_POSITION"]),
        ("Order{>3 ALL VERTICAL ABSOLUTE\na\nb\nc\n}", "ordering", []),
        ("Order{>3 EXACT V ABS SHOW none\na\nb\nc\n}", "ordering", []),
        ("Order{>3\na\nb\nc\n}", "ordering", []),
        ("\nI {1:SA:=a} here", "cloze", ["2 warning cloze_in_gift gaps=1"]),
        (
            "\nI {1:SA:~} here",
            "cloze",
            ["2 error gap_without_answers gap=1", "2 warning cloze_in_gift gaps=1", "2 warning nothing_accepted"],
        ),
        ("<b>I</b> {1:SA:=a}", "cloze", ["1 warning cloze_in_gift gaps=1", "1 info formatting_lost what=b"]),
        ("[html]<b>Open</b>\n{T}", "truefalse", ["1 info formatting_lost what=b"]),
        ("Open{\nT#<i>no</i>}", "truefalse", ["2 info formatting_lost what=i"]),
        ("Which?{\n=a#<i>no</i>\n~b}", "multichoice", ["2 info formatting_lost what=i"]),
        ("Which?{\n=a\n~<u>b</u>}", "multichoice", ["3 info formatting_lost what=u"]),
        ("Which?{\n~%50%<u>a</u>\n~%50%b ~c}", "multichoice", ["2 info formatting_lost what=u"]),
        ("Say{\n=a\n=b#<i>x</i>}", "shortanswer", ["3 info formatting_lost what=i"]),
        (
            "Match{\n=<i>a</i> -> b\n=c -> d#<b>e</b>}",
            "match",
            ["2 info formatting_lost what=i", "3 info formatting_lost what=b"],
        ),
        ("Count{#\n=1\n~#<b>e</b>}", "numerical", ["1 info formatting_lost what=b"]),
        ("Open{T####<b>e</b>\n}", "truefalse", ["2 info formatting_lost what=b"]),
        ("[html]See <img src=till.png>{T}", "truefalse", ["1 warning picture_lost what=till.png"]),
        ("[html]See <a href=/till>it</a>{T}", "truefalse", ["1 info link_lost what=/till"]),
        ("Which?{=a ~}", "multichoice", ["1 warning too_few_options"]),
    ],
)
def test_a_question(text, type_name, notes):
    (entry,) = parse_gift(text).entries
    assert told(entry.notes) == notes
    assert entry.type_name == type_name
    assert entry.is_importable == (not any(" error " in one for one in notes) and type_name != "description")


def test_a_question_that_cannot_come_in_is_told_its_errors_alone():
    (entry,) = parse_gift("// [tag:piawai:odd]\n[html]<b>Open</b>{T F}").entries
    assert told(entry.notes) == ["2 warning tag_unreadable text=piawai:odd", "2 error true_and_false"]
    assert entry.authored is None


def test_quotes_are_short_and_without_backslashes():
    (entry,) = parse_gift(f"Match{{=a -> b =\\={'x' * 500} =c -> d}}").entries
    said = entry.notes[0]
    assert dict(said.params)["text"] == f"={'x' * 78}…"


@pytest.mark.parametrize("longest", ["1" * 50, f"1:{'2' * 48}", f"1..{'2' * 47}"])
def test_the_longest_number(longest):
    (entry,) = parse_gift(f"Count{{#{longest}}}").entries
    assert "unreadable_answers" not in " ".join(told(entry.notes))


@pytest.mark.parametrize("too_long", ["1" * 51, f"1:{'2' * 51}", f"1..{'2' * 51}", f"{'1' * 51}..2", f"{'1' * 51}:2"])
def test_a_number_that_is_too_long(too_long):
    (entry,) = parse_gift(f"Count{{#{too_long}}}").entries
    assert told(entry.notes)[0] == f"1 error unreadable_answers text={too_long}"


def test_the_longest_question():
    fits = f"{'x' * (LONGEST_QUESTION - 3)}{{T}}"
    (entry,) = parse_gift(fits).entries
    assert entry.is_importable
    (entry,) = parse_gift(f"y{fits}").entries
    assert told(entry.notes) == ["1 error question_too_long most=200000"]


def test_as_many_answers_as_one_question_may_have(monkeypatch):
    for module in (gift_answers, gift_kinds):
        monkeypatch.setattr(module, "MOST_ANSWERS", 3)
    for fits, too_many in (
        ("Which?{=a ~b ~c}", "Which?\n{=a ~b ~c ~d}"),
        ("Which?{=a ~b ~ ~ ~}", "Which?\n{=a ~b ~ ~ ~ ~}"),
        ("Order{>3\na\nb\nc\n}", "Order\n{>3\na\nb\nc\nd\n}"),
    ):
        (entry,) = parse_gift(fits).entries
        assert entry.is_importable
        (entry,) = parse_gift(too_many).entries
        assert told(entry.notes) == ["2 error too_many_answers most=3"]


def test_as_many_answers_as_a_file_may_have(monkeypatch):
    monkeypatch.setattr(gift, "MOST_ANSWERS_IN_ALL", 5)
    fits = "Open?{T}\n\nWhich?{=a ~b ~c}"
    assert len(parse_gift(fits).entries) == 2
    parsed = parse_gift(f"{fits}\n\nOpen?{{T}}")
    assert parsed.is_refused
    assert told(parsed.notes) == ["5 error too_many_answers_in_all most=5"]


def test_as_many_questions_as_a_file_may_have(monkeypatch):
    monkeypatch.setattr(gift, "MOST_QUESTIONS", 1)
    assert len(parse_gift("Open?{T}").entries) == 1
    parsed = parse_gift("Open?{T}\n\nShut?{F}")
    assert parsed.is_refused
    assert told(parsed.notes) == ["3 error too_many_questions most=1"]


def test_as_many_notes_as_are_kept_the_errors_first():
    weights = "".join(f"\n~%{weight}%<b>x{weight}</b>" for weight in range(60))
    (entry,) = parse_gift(f"[html]Which?{{{weights}\n=a\n~%200%b}}").entries
    assert told(entry.notes) == ["63 error not_a_weight text=200"]
    (entry,) = parse_gift("Which?{=a" + "".join(f"\n~<b>x{place}</b>" for place in range(60)) + "}").entries
    assert told(entry.notes) == [f"{line} info formatting_lost what=b" for line in range(2, 52)]


def test_the_same_is_said_once():
    (entry,) = parse_gift("Which?{=<b>a</b> ~<b>b</b> ~c}").entries
    assert told(entry.notes) == ["1 info formatting_lost what=b"]


def test_files_as_a_whole():
    assert told(read_gift(b"").notes) == ["0 warning empty_file"]
    parsed = read_gift(b"\xff\xfe\x00\x00")
    assert parsed.is_refused
    assert told(parsed.notes) == ["0 error not_text"]
    parsed = read_gift(b"Open?{T}\n\nCaf\xe9?{F}")
    assert told(parsed.notes) == ["3 warning read_as_cp1252"]
    assert [entry.authored.stem for entry in parsed.entries] == ["Open?", "Café?"]


def test_lines_are_told_below_a_name_and_comments():
    (entry,) = parse_gift("// one\n// two\n::A\nB\nC::Which?\n{\n=<b>a</b>\n~%200%b}").entries
    assert told(entry.notes) == ["8 error not_a_weight text=200"]
    (entry,) = parse_gift("::A\nB::[html]<b>Which</b>{=<i>a</i>\n~<u>b</u>#<s>c</s>\n####<em>d</em>\n}").entries
    assert told(entry.notes) == [
        "1 info formatting_lost what=b",
        "5 info formatting_lost what=em",
        "2 info formatting_lost what=i",
        "3 info formatting_lost what=u",
        "3 info formatting_lost what=s",
    ]


def test_lines_of_numbers():
    (entry,) = parse_gift("Count{#\n=%200%1\n=2#<b>x</b>\n=%-5%3}").entries
    assert told(entry.notes) == ["2 error not_a_weight text=200", "4 warning penalty_ignored text=-5 %"]
    (entry,) = parse_gift("Count{#\n=1\n=2#<b>x</b>}").entries
    assert told(entry.notes) == ["3 info formatting_lost what=b"]
    (entry,) = parse_gift("Count{#\n=%200%1}").entries
    assert told(entry.notes)[0] == "2 error not_a_weight text=200"


def test_fifty_notes_are_kept_as_they_come():
    (entry,) = parse_gift("Which?{=a" + "".join(f"\n~<b>x{place}</b>" for place in range(50)) + "}").entries
    assert told(entry.notes) == [f"{line} info formatting_lost what=b" for line in range(2, 52)]


def test_errors_are_kept_where_there_are_too_many_warnings():
    answers = "".join(f"\n=%-5%x{place}" for place in range(60))
    (entry,) = parse_gift(f"Say{{=a{answers}\n=%200%b}}").entries
    assert told(entry.notes)[:2] == ["62 error not_a_weight text=200", "2 warning penalty_ignored text=-5 %"]
    assert len(entry.notes) == 50


def test_an_empty_answer_of_weight():
    (entry,) = parse_gift("Which?{\n~%50%\n~%50%b\n~c}").entries
    assert told(entry.notes) == ["1 warning blank_option"]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("\nA text\nof two lines.", ["2 warning no_braces"]),
        ("Open\n}{\n.", ["2 error brace_too_many"]),
        ("Open\n{T\n.", ["2 error brace_left_open"]),
        ("Open{T}\n{F}\n.", ["1 error two_answer_sets"]),
        ("Open\n{T}\n;\n'", ["2 info text_after_answers text=; '"]),
        ("Open\n{T F\n}\n;", ["2 error true_and_false"]),
        ("Open\n{T#<b>a</b>\n\t#c\n}", ["2 info formatting_lost what=b"]),
        ("Open\n{T\n####<b>a</b>\n}\n;", ["4 info text_after_answers text=;", "4 info formatting_lost what=b"]),
        ("Which?{=a#x\n~<b>b</b>\n~c\n}", ["2 info formatting_lost what=b"]),
        ("Say{=a#<b>x</b>\n=b\n}", ["1 info formatting_lost what=b"]),
        ("Match{=a->b#<b>x</b>\n=c->d\n}", ["1 info formatting_lost what=b"]),
        ("Count{#=1#<b>x</b>\n=2\n}", ["1 info formatting_lost what=b"]),
        ("[html]<b>Open</b>{T\n}", ["1 info formatting_lost what=b"]),
        ("[html]<b>Open</b>\n\t{T\n#x\n}", ["1 info formatting_lost what=b"]),
    ],
)
def test_a_line_is_where_it_stands_and_not_where_the_question_ends(text, notes):
    (entry,) = parse_gift(text).entries
    assert told(entry.notes) == notes


def test_too_many_answers_are_told_where_they_begin(monkeypatch):
    for module in (gift_answers, gift_kinds):
        monkeypatch.setattr(module, "MOST_ANSWERS", 2)
    for text in ("Which\n{=a\n~b\n~c\n}", "Which\n{=a\n~\n~\n~\n~\n}"):
        (entry,) = parse_gift(text).entries
        assert told(entry.notes) == ["2 error too_many_answers most=2"]


def test_an_unreadable_number_stands_on_its_line():
    (entry,) = parse_gift(f"Count{{#=1\n={'1' * 60}\n=2\n}}").entries
    assert told(entry.notes)[0] == f"2 error unreadable_answers text={'1' * 60}"
