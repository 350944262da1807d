"""Content, keys, faults, order, and the parts of a stem."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.digests import shuffled
from quizzes.domain.keys import KeyContent
from quizzes.domain.kinds import Fault
from quizzes.domain.publishing import publishing_faults, version_digest
from quizzes.domain.questions import Option, Picture, QuestionContent, stem_parts

CONTENT = QuestionContent("What do you do?", (Option("a", "Keep it"), Option("b", "Sell it"), Option("c", "Ask")))
KEY = KeyContent.of({"a"}, {"a": "Right.", "b": "Not this one."}, "A promise is the shop’s.")


def test_content_comes_back_from_its_mapping() -> None:
    assert QuestionContent.from_mapping(CONTENT.as_mapping()) == CONTENT


def test_key_comes_back_from_its_mapping() -> None:
    assert KeyContent.from_mapping(KEY.as_mapping()) == KEY


def test_key_ignores_order_and_blank_feedback() -> None:
    one = KeyContent.of(["b", "a"], {"b": " So. ", "a": "  "}, " In general ")
    other = KeyContent.of(["a", "b"], {"b": "So."}, "In general")
    assert one == other
    assert one.sha256 == other.sha256


def test_publishing_faults_of_a_sound_question() -> None:
    assert publishing_faults("single", CONTENT, KEY, [1]) == []
    assert publishing_faults("multiple", CONTENT, KeyContent.of({"a", "b"}, {}, ""), [1]) == []


@pytest.mark.parametrize(
    ("kind", "content", "key", "clauses", "fault"),
    [
        ("single", QuestionContent(" ", CONTENT.options), KEY, [1], Fault.NO_STEM),
        ("single", QuestionContent("Why?", CONTENT.options[:1]), KEY, [1], Fault.TOO_FEW_OPTIONS),
        ("single", QuestionContent("Why?", (Option("a", "Yes"), Option("b", " "))), KEY, [1], Fault.BLANK_OPTION),
        (
            "single",
            QuestionContent("Why?", (Option("a", "Yes"), Option("b", "yes "))),
            KEY,
            [1],
            Fault.SAME_OPTION_TWICE,
        ),
        ("essay", CONTENT, KEY, [1], Fault.UNKNOWN_KIND),
        ("single", CONTENT, KeyContent.of({"a", "b"}, {}, ""), [1], Fault.NOT_ONE_RIGHT),
        ("single", CONTENT, KeyContent.of({"gone"}, {}, ""), [1], Fault.NOT_ONE_RIGHT),
        ("multiple", CONTENT, KeyContent.of({"gone"}, {}, ""), [1], Fault.NONE_RIGHT),
        ("single", CONTENT, KEY, [], Fault.NO_CLAUSE),
        ("single", replace(CONTENT, picture=Picture(3, " ")), KEY, [1], Fault.NO_ALT),
    ],
)
def test_publishing_faults(
    kind: str, content: QuestionContent, key: KeyContent, clauses: list[int], fault: Fault
) -> None:
    assert publishing_faults(kind, content, key, clauses) == [fault]


def test_version_digest_changes_with_everything_that_counts() -> None:
    other = QuestionContent(CONTENT.stem, CONTENT.options[::-1])
    digests = {
        version_digest("single", CONTENT, KEY, [1, 2]),
        version_digest("multiple", CONTENT, KEY, [1, 2]),
        version_digest("single", other, KEY, [1, 2]),
        version_digest("single", CONTENT, KeyContent.of({"b"}, {}, ""), [1, 2]),
        version_digest("single", CONTENT, KEY, [1]),
    }
    assert len(digests) == 5
    assert version_digest("single", CONTENT, KEY, [2, 1]) in digests


@given(st.sets(st.text(min_size=1, max_size=4), max_size=8), st.text(max_size=6))
def test_shuffled_loses_and_adds_nothing(ids: set[str], seed: str) -> None:
    assert set(shuffled(ids, seed)) == ids
    assert shuffled(ids, seed) == shuffled(sorted(ids, reverse=True), seed)


def test_shuffled_depends_on_the_seed() -> None:
    assert len({tuple(shuffled("abcde", str(seed))) for seed in range(50)}) > 20


def test_shuffled_is_the_same_for_ever() -> None:
    assert shuffled("abcd", "7:1") == ["b", "c", "a", "d"]


@pytest.mark.parametrize(
    ("stem", "parts"),
    [
        ("A customer waits. You are alone. What do you do?", ("A customer waits. You are alone.", "What do you do?")),
        ("What comes first?", ("", "What comes first?")),
        (
            "It is late. What do you say? Choose all that apply.",
            ("It is late.", "What do you say? Choose all that apply."),
        ),
        ("She asks: “Is it dear?” You don’t know. What now?", ("She asks: “Is it dear?” You don’t know.", "What now?")),
        ("He asks, “Why?”", ("", "He asks, “Why?”")),
        ("He waits. He asks, “Why?”", ("He waits.", "He asks, “Why?”")),
        ("It is her turn. What does Pn. Salmah expect?", ("It is her turn.", "What does Pn. Salmah expect?")),
        ("Name the price.", ("", "Name the price.")),
        ("The fee is RM 2.50 a month.\n\nDo you say so?", ("The fee is RM 2.50 a month.", "Do you say so?")),
        ("", ("", "")),
    ],
)
def test_stem_parts(stem: str, parts: tuple[str, str]) -> None:
    assert stem_parts(stem) == parts


@given(st.text(st.sampled_from("ab .?!”\n"), max_size=40))
def test_stem_parts_keep_every_word(stem: str) -> None:
    situation, question = stem_parts(stem)
    assert f"{situation} {question}".split() == stem.split() or (situation + question).split() == stem.split()
