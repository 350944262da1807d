from __future__ import annotations

import pytest

from quizzes.domain.authoring import Choice
from quizzes.domain.exchange import aiken
from quizzes.domain.exchange.aiken import parse_aiken, read_aiken
from quizzes.domain.exchange.records import Code


def test_a_question_over_several_lines():
    (entry,) = parse_aiken("The till is short.\nWhat now?\nA) Say so\nB. Wait\n\nanswer : a ").entries
    assert entry.authored.stem == "The till is short.\nWhat now?"
    assert entry.authored.choices == (Choice("Say so", is_right=True), Choice("Wait"))


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("What?\nA) x\nB) y\nAnd what?\nA) x\nB) y\nANSWER: A", 1, Code.MISSING_ANSWER_LINE),
        ("What?\nA) x\nB) y\nANSWER: C", 1, Code.ANSWER_IS_NO_OPTION),
        ("What?\nA) x\nB) y\nANSWER:", 1, Code.ANSWER_IS_NO_OPTION),
        ("\nA) x\nB) y\nANSWER: A", 2, Code.OPTION_WITHOUT_QUESTION),
        ("What?\nA) x\nANSWER: A", 1, Code.TOO_FEW_OPTIONS),
        (f"What?\nA) {'x' * 200_000}\nB) y\nANSWER: A", 1, Code.QUESTION_TOO_LONG),
    ],
)
def test_what_is_wrong(text, line, code):
    notes = parse_aiken(text).entries[0].notes
    assert [(note.line, note.code) for note in notes] == [(line, code)]


def test_files_that_hold_nothing_or_too_much(monkeypatch):
    assert [note.code for note in read_aiken(b"").notes] == [Code.EMPTY_FILE]
    assert read_aiken(b"\x00").is_refused
    monkeypatch.setattr(aiken, "MOST_QUESTIONS", 1)
    assert [note.code for note in read_aiken(b"a\nANSWER: A\nb\n").notes] == [Code.TOO_MANY_QUESTIONS]
