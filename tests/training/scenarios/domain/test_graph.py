"""The graph: what is stored of it, and moods."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.scenarios.domain.stories import choice, ending, scene, small_story, sound_stories, story
from training.domain.scenario.graph import Ending, Scene, Story, digest, shifted


@given(sound_stories())
def test_compose_gives_what_structure_and_wording_took_apart(given_story: Story) -> None:
    stored = json.loads(json.dumps([given_story.structure(), given_story.wording()]))

    again = Story.compose(*stored)

    scenes_first = (*given_story.scenes, *given_story.endings)
    assert again == replace(given_story, nodes=scenes_first)


def test_compose_without_words_is_the_bare_graph() -> None:
    bare = Story.compose(small_story().structure())

    assert bare.structure() == small_story().structure()
    assert (bare.title, bare.persona.name, bare.scene("price").lines) == ("", "", ())
    assert [one.text for one in bare.scene("price").choices] == ["", "", ""]


def test_scene_refuses_an_ending_and_an_unknown_key() -> None:
    for key in ("stays", "nowhere"):
        with pytest.raises(KeyError):
            small_story().scene(key)


def test_after_gives_the_node_that_a_choice_leads_to() -> None:
    after = small_story().after("price", "sorry")
    assert isinstance(after, Scene)
    assert after.key == "gift"
    assert isinstance(small_story().after("price", "tell"), Ending)
    with pytest.raises(KeyError):
        small_story().after("price", "shout")


def test_by_key_gives_the_first_of_a_key_used_twice() -> None:
    first, second = scene("twice", choice("go", "end")), scene("twice")
    assert story(first, second, ending("end")).by_key["twice"] is first


def test_digest_changes_with_every_word_and_rule() -> None:
    told = small_story()
    digests = {
        digest(told, Decimal("0.70")),
        digest(told, Decimal("0.71")),
        digest(replace(told, title="Another"), Decimal("0.70")),
        digest(replace(told, start_mood=4), Decimal("0.70")),
        digest(replace(told, persona=replace(told.persona, name="Mr Lim")), Decimal("0.70")),
        digest(told, Decimal("0.70"), is_practice=True),
    }
    assert len(digests) == 6


def test_digest_is_the_same_for_the_same_pass_mark() -> None:
    assert digest(small_story(), Decimal("0.7")) == digest(small_story(), Decimal("0.700"))


@given(st.integers(1, 5), st.integers(-2, 2))
def test_shifted_stays_between_angry_and_pleased(mood: int, change: int) -> None:
    after = shifted(mood, change)
    assert 1 <= after <= 5
    assert after == mood + change or after in (1, 5)
