"""Real files from ../shared/samples, with the counts of its README and the parses that other programs made of them."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from quizzes.domain.exchange.aiken import read_aiken
from quizzes.domain.exchange.gift import read_gift
from quizzes.domain.exchange.records import Code, Entry, Severity
from quizzes.domain.typed import number_of

SAMPLES = Path(__file__).parents[5] / "shared" / "samples"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the folder of sample files, ../shared/samples, isn't here"
)

COUNTS: dict[str, dict[str, int]] = {
    "moodle-examples.gift.txt": {"multichoice": 18, "truefalse": 5, "shortanswer": 9, "numerical": 8, "match": 3},
    "moodle-questions.gift.txt": {
        "essay": 1, "match": 1, "multichoice": 2, "numerical": 1, "shortanswer": 1, "truefalse": 3,
    },
    "moodle-windows-1252.gift.txt": {"essay": 2, "match": 1},
    "course-EM-U42-Ultimate.gift": {"multichoice": 1, "shortanswer": 1, "truefalse": 1, "numerical": 1},
    "course-U3-p33-Hygge.gift": {"cloze": 1},
    "course-U5-p49-Quantity.gift": {"description": 1, "multichoice": 8},
    "course-U7-p77-It-is.gift": {"description": 1, "shortanswer": 4, "multichoice": 8},
    "course-U1-p8-Coachella.gift": {"match": 2},
    "course-U9-p95-Third-conditional.gift": {"description": 1, "essay": 5},
    "course-fr-questions.gift": {"multichoice": 5, "truefalse": 9, "match": 5, "numerical": 4, "description": 7},
    "missingword1.txt": {"multichoice": 1},
}  # fmt: skip


def entries_of(name: str) -> tuple[Entry, ...]:
    return read_gift((SAMPLES / "gift" / name).read_bytes()).entries


@pytest.mark.parametrize("name", COUNTS)
def test_counts(name):
    assert Counter(entry.type_name for entry in entries_of(name)) == COUNTS[name]


def test_everything_documented_by_moodle_comes_in():
    entries = entries_of("moodle-examples.gift.txt")
    assert all(entry.is_importable for entry in entries)
    assert [one.code for entry in entries for one in entry.notes] == [Code.FORMATTING_LOST]


def test_what_stays_out_says_why():
    for name in COUNTS:
        for entry in entries_of(name):
            assert entry.is_importable or any(one.severity != Severity.INFO for one in entry.notes)


def test_an_odd_letter_is_read_as_windows_wrote_it():
    parsed = read_gift((SAMPLES / "gift" / "moodle-windows-1252.gift.txt").read_bytes())
    *_, matching = parsed.entries
    assert matching.authored.pairs[0].left == "aödf"
    assert matching.category == ("Default for LTTEST",)
    assert [(one.line, one.code) for one in parsed.notes] == [(15, Code.READ_AS_CP1252)]


def test_cloze_in_gift_is_one_question():
    (entry,) = entries_of("course-U3-p33-Hygge.gift")
    assert len(entry.authored.gaps) == 8
    assert [typed.value for typed in entry.authored.gaps[1].accepted] == ["which", "that"]
    assert "[[8]] spending time with friends" in entry.authored.stem
    assert entry.authored.stem.startswith("Complete the text with one word in each gap.\n\nHygge: the art")
    assert (Severity.WARNING, Code.CLOZE_IN_GIFT) in {(one.severity, one.code) for one in entry.notes}


def test_stems_without_braces_are_warned_about():
    forgotten = [entry for entry in entries_of("course-fr-questions.gift") if entry.type_name == "description"]
    assert [[one.code for one in entry.notes] for entry in forgotten] == [[Code.NO_BRACES]] * 7


def test_feedback_that_a_pair_has_no_place_for_is_no_part_of_it():
    pairs = entries_of("course-fr-questions.gift")[2].authored.pairs
    assert (pairs[0].left, pairs[0].right, pairs[0].feedback) == ("Paris", "France", "Bonne réponse")


def test_moodles_own_fixture_in_full():
    _, matching, single, multiple, numeric, short, general, *_ = entries_of("moodle-questions.gift.txt")
    assert [pair.left for pair in matching.authored.pairs][-1] == ""
    assert [choice.text for choice in single.authored.choices] == ["yellow", "red", "blue"]
    assert [choice.credit for choice in multiple.authored.choices] == [None, Fraction(-1), None, Fraction(-1)]
    assert numeric.authored.stem == "What is a number from 1 to 5?"
    assert (numeric.authored.accepted[0].tolerance, numeric.authored.otherwise) == ("2", "Completely wrong")
    assert [typed.credit for typed in short.authored.accepted] == [1, Fraction(1, 2)]
    assert short.authored.otherwise == "Completely wrong"
    assert general.authored.general == "This is, of course, a Hitchiker's Guide to the Galaxy reference."
    assert [choice.feedback for choice in general.authored.choices] == [
        "42 is the Ultimate Answer.",
        "You gave the right answer.",
    ]


def test_aiken():
    first, second = read_aiken((SAMPLES / "aiken" / "moodle-questions.aiken.txt").read_bytes()).entries
    assert [choice.is_right for choice in first.authored.choices] == [False, True, False, False]
    assert '<html class="cool"> & images' in second.authored.stem


# The same files as another program reads them (fuhrmanator/GIFT-grammar-PEG.js).

PARSES = sorted(path.name for path in (SAMPLES / "gift").glob("peg-*.json"))
TYPES = {
    "MC": "multichoice",
    "TF": "truefalse",
    "Short": "shortanswer",
    "Numerical": "numerical",
    "Matching": "match",
    "Essay": "essay",
    "Description": "description",
}


def words(text: str) -> str:
    """Without blanks, and without what marks up: only the words are compared."""
    return "".join(text.replace("*", "").split()) if "<" not in text else ""


@pytest.mark.parametrize("name", PARSES)
def test_as_another_program_reads_it(name):
    expected = json.loads((SAMPLES / "gift" / name).read_text(encoding="utf-8"))
    asked = [one for one in expected if one["type"] != "Category"]

    entries = entries_of(name.replace(".json", ".gift"))

    assert [entry.type_name for entry in entries] == [TYPES[one["type"]] for one in asked]
    for entry, one in zip(entries, asked, strict=True):
        assert (entry.name, entry.external_id, entry.tags) == (
            one["title"] or "",
            one["id"] or "",
            tuple(one["tags"] or ()),
        )
        if entry.authored:
            _compare(entry, one)


def _compare(entry: Entry, one: dict[str, Any]) -> None:
    if words(one["stem"]["text"]) and name_has_gap(entry, one):
        assert words(entry.authored.stem) == words(one["stem"]["text"])
    if one["globalFeedback"] and words(one["globalFeedback"]["text"]):
        assert words(entry.authored.general) == words(one["globalFeedback"]["text"])
    if one["type"] == "TF":
        assert entry.authored.choices[0].is_right == one["isTrue"]
    elif one["type"] == "MC":
        _compare_choices(entry, one["choices"])
    elif one["type"] == "Short":
        assert [words(typed.value) for typed in entry.authored.accepted] == [
            words(choice["text"]["text"]) for choice in one["choices"]
        ]
        assert [typed.credit for typed in entry.authored.accepted] == [
            Fraction(choice["weight"] if choice["weight"] is not None else 100, 100) for choice in one["choices"]
        ]
    else:
        _compare_numbers(entry, one["choices"])


def name_has_gap(entry: Entry, one: dict[str, Any]) -> bool:
    """The other program leaves no gap for a short answer in the middle of a sentence; Moodle does."""
    return ("_____" in entry.authored.stem) == one["hasEmbeddedAnswers"]


def _compare_choices(entry: Entry, expected: list[dict[str, Any]]) -> None:
    assert len(entry.authored.choices) == len(expected)
    for choice, one in zip(entry.authored.choices, expected, strict=True):
        assert words(choice.text) == words(one["text"]["text"])
        assert words(choice.feedback) == words(one["feedback"]["text"] if one["feedback"] else "")
        assert choice.is_right == (one["isCorrect"] or (entry.authored.kind == "multiple" and (one["weight"] or 0) > 0))


def _compare_numbers(entry: Entry, expected: dict[str, Any] | list[dict[str, Any]]) -> None:
    answers = expected if isinstance(expected, list) else [{"text": expected, "weight": None}]
    numbers = [answer for answer in answers if answer["text"].get("text") != "*"]
    assert len(numbers) == len(entry.authored.accepted)
    for typed, answer in zip(entry.authored.accepted, numbers, strict=True):
        low, high = _range(answer["text"])
        middle, around = number_of(typed.value), number_of(typed.tolerance or "0")
        assert (middle - around, middle + around) == (low, high)
        assert typed.credit == Fraction(answer["weight"] if answer["weight"] is not None else 100, 100)


def _range(text: dict[str, Any]) -> tuple[Fraction, Fraction]:
    if text["type"] == "simple":
        return (number := Fraction(str(text["number"]))), number
    if text["type"] == "range":
        number, around = Fraction(str(text["number"])), Fraction(str(text["range"]))
        return number - around, number + around
    return Fraction(str(text["numberLow"])), Fraction(str(text["numberHigh"]))
