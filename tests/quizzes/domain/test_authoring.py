"""Questions taken apart into what may be read and what may not, and put together again."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from quizzes.domain.authoring import Choice, Pair, Step, Typed, compose, decompose, true_false_choices
from quizzes.domain.keys import KeyContent
from quizzes.domain.kinds import KINDS
from quizzes.domain.publishing import version_digest
from quizzes.domain.questions import Picture, QuestionContent
from tests.quizzes.domain.samples import AUTHORED, numbered, sample

any_kind = pytest.mark.parametrize("kind", KINDS)
EXTRAS = {
    "general": "In general.",
    "picture": Picture(7, "A kettle"),
    "keeps_order": True,
    "is_all_or_nothing": True,
    "minds_case": True,
    "minds_accents": True,
    "unit_penalty": Fraction(1, 3),
}


@any_kind
@pytest.mark.parametrize("extras", [{}, EXTRAS])
def test_decompose_gives_back_what_was_composed(kind: str, extras: dict) -> None:
    authored = replace(AUTHORED[kind], **extras)
    content, key = compose(authored, numbered())
    again = decompose(kind, content, key)
    assert compose(again, numbered()) == (content, key)
    assert again.stem == authored.stem
    for field in ("choices", "steps", "accepted", "gaps", "lines", "units", *extras):
        assert getattr(again, field) == getattr(authored, field)
    assert [(pair.left, pair.right) for pair in again.pairs] == [(pair.left, pair.right) for pair in authored.pairs]


@any_kind
@pytest.mark.parametrize("extras", [{}, EXTRAS])
def test_content_and_key_come_back_from_their_mappings(kind: str, extras: dict) -> None:
    content, key = compose(replace(AUTHORED[kind], **extras), numbered())
    assert QuestionContent.from_mapping(content.as_mapping()) == content
    assert KeyContent.from_mapping(key.as_mapping()) == key
    assert (content.sha256, key.sha256) == (
        QuestionContent.from_mapping(content.as_mapping()).sha256,
        KeyContent.from_mapping(key.as_mapping()).sha256,
    )


def test_what_learners_read_does_not_depend_on_what_is_right() -> None:
    matched, ordered, said = AUTHORED["matching"], AUTHORED["ordering"], AUTHORED["true_false"]
    turned = [replace(matched.pairs[0], right="Say sorry"), replace(matched.pairs[1], right="Ring"), *matched.pairs[2:]]
    assert sample("matching")[0] == compose(replace(matched, pairs=tuple(turned)), numbered())[0]
    assert sample("ordering")[0] == compose(replace(ordered, steps=ordered.steps[::-1]), numbered())[0]
    assert sample("true_false")[0] == compose(replace(said, choices=true_false_choices(False)), numbered())[0]


def test_new_parts_get_ids_and_known_ones_keep_theirs() -> None:
    authored = replace(AUTHORED["ordering"], steps=(Step("New"), Step("Old", id="old"), Step("Newer")))
    assert compose(authored, numbered())[1].order == ("id-0", "old", "id-1")


def test_equal_things_to_match_are_one_option() -> None:
    content, key = compose(replace(AUTHORED["matching"], pairs=(Pair("A", "x"), Pair("B", " x "))), numbered())
    assert [option.text for option in content.options] == ["x"]
    assert len({option for _, option in key.pairs}) == 1


@pytest.mark.parametrize(("written", "kept"), [("0", ""), ("0.00", ""), ("", ""), (" 0.5 ", "0.5"), ("some", "some")])
def test_no_tolerance_is_written_in_one_way(written: str, kept: str) -> None:
    _, key = compose(replace(AUTHORED["numeric"], accepted=(Typed("24", tolerance=written),)), numbered())
    assert [accepted.tolerance for accepted in key.accepted] == [kept]


def test_the_first_unit_is_the_one_that_is_shown() -> None:
    assert (sample("numeric")[0].unit, sample("short_text")[0].unit) == ("hours", "")


def test_parts_without_their_option_are_left_blank() -> None:
    content, key = sample("matching")
    authored = decompose("matching", content, replace(key, pairs=()))
    assert {pair.right for pair in authored.pairs if pair.left} == {""}
    assert decompose("ordering", sample("ordering")[0], KeyContent()).steps == ()


def test_contents_and_keys_are_called_the_same_in_every_release() -> None:
    content, key = sample("multiple")
    assert (content.sha256[:8], key.sha256[:8]) == ("d1be88ab", "00601d73")
    assert version_digest("multiple", content, key, [2, 1])[:8] == "313b2613"


def test_the_two_answers_to_a_statement() -> None:
    assert true_false_choices(False, "Not so.", "Just so.") == (
        Choice("True", is_right=False, feedback="Not so.", id="true"),
        Choice("False", is_right=True, feedback="Just so.", id="false"),
    )
