"""Aiken to the last detail: what is read of each question and told of it, and how it is written."""

from __future__ import annotations

import pytest

from quizzes.domain.authoring import Authored, Choice
from quizzes.domain.exchange import aiken
from quizzes.domain.exchange.aiken import parse_aiken, read_aiken, write_aiken
from quizzes.domain.exchange.records import Entry
from quizzes.domain.exchange.saying import CantSay, Unsayable
from tests.quizzes.domain.exchange.telling import told

RIGHT, WRONG = Choice("x", is_right=True), Choice("y")
AB = "A) x\nB) y\n"


def test_questions_are_read_as():
    first, second = parse_aiken(f"\n What? \nNow?\nA)  x \nC.\ty\nANSWER:c) yes\nAnd?\n{AB}Answer : A").entries
    assert first == Entry(
        2, Authored("single", "What?\nNow?", choices=(Choice("x"), Choice("y", is_right=True))), "multichoice"
    )
    assert second == Entry(7, Authored("single", "And?", choices=(RIGHT, WRONG)), "multichoice")


def test_what_looks_like_an_option_only():
    (entry,) = parse_aiken(f"a) What?\nA)x\nAB) y\n{AB}ANSWER: A").entries
    assert entry.authored.stem == "a) What?\nA)x\nAB) y"


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        (f"\n{AB}ANSWER: A", ["2 error option_without_question"]),
        (f"\nWhat?\n{AB}", ["2 error missing_answer_line"]),
        (f"\nWhat?\n{AB}ANSWER: C", ["2 error answer_is_no_option text=C"]),
        (f"\nWhat?\n{AB}ANSWER:", ["2 error answer_is_no_option text="]),
        ("\nWhat?\nA) x\nANSWER: A", ["2 warning too_few_options"]),
        (f"What?\nA) {'x' * 199_995}\nB) y\nANSWER: B", ["1 error question_too_long most=200000"]),
    ],
)
def test_a_question_is_told(text, notes):
    (entry,) = parse_aiken(text).entries
    assert told(entry.notes) == notes
    assert (entry.type_name, entry.is_importable) == ("multichoice", "warning" in notes[0])


def test_the_longest_question():
    (entry,) = parse_aiken(f"What?\nA) {'x' * 199_994}\nB) y\nANSWER: B").entries
    assert entry.is_importable


def test_files_as_a_whole(monkeypatch):
    assert told(read_aiken(b" \n").notes) == ["0 warning empty_file"]
    assert told(read_aiken(f"Café?\n{AB}ANSWER: A".encode("cp1252")).notes) == ["1 warning read_as_cp1252"]
    monkeypatch.setattr(aiken, "MOST_QUESTIONS", 1)
    assert len(parse_aiken(f"What?\n{AB}ANSWER: A").entries) == 1
    parsed = parse_aiken(f"What?\n{AB}ANSWER: A\n\nAnd?")
    assert parsed.is_refused
    assert told(parsed.notes) == ["6 error too_many_questions most=1"]


def test_questions_are_written_as():
    written = Authored("single", " What? ", choices=(Choice(" y "), RIGHT, Choice("z")))
    assert write_aiken([Entry(1, written), Entry(2, Authored("single", "And?", choices=(RIGHT, WRONG)))]) == (
        "What?\nA) y\nB) x\nC) z\nANSWER: B\n\nAnd?\nA) x\nB) y\nANSWER: A\n"
    )


def test_what_cannot_be_said_is_not_written():
    multiple = Entry(1, Authored("multiple", "What?", choices=(RIGHT, WRONG)))
    for entry, reason in ((multiple, Unsayable.KIND), (Entry(2, None), None)):
        with pytest.raises(CantSay) as caught:
            write_aiken([entry])
        assert (caught.value.entry, caught.value.reason) == (entry, reason)
