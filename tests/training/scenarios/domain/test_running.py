"""A run: what it has come to, and what it offers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from tests.training.scenarios.domain.stories import choice, ending, scene, small_story, sound_stories, story, when
from training.domain.scenario.graph import Story
from training.domain.scenario.running import begin, gain, node_of, offered, replay, take


def shop() -> Story:
    return story(
        scene(
            "shop",
            choice("ask", "shop", points={"REL-1": 2}, mood_change=-1),
            when(choice("ask-again", "shop"), chosen="shop/ask", mood_at_least=3),
            when(choice("greet", "shop", mood_change=2), not_visited="shop"),
            when(choice("offer", "end"), points_at_least=2, visited="shop", not_chosen="shop/greet"),
            when(choice("leave", "end"), points_at_most=1, mood_at_most=3),
            replace(choice("shout", "end"), is_critical=True),
        ),
        ending("end"),
    )


@pytest.mark.parametrize(
    ("taken", "keys"),
    [
        ([], ["ask", "greet", "leave", "shout"]),
        (["ask"], ["ask", "offer", "shout"]),
        (["greet"], ["ask", "shout"]),
        (["greet", "ask"], ["ask", "ask-again", "shout"]),
        (["shout"], []),
    ],
)
def test_choice_is_offered_where_all_its_conditions_hold(taken: list[str], keys: list[str]) -> None:
    state = replay(shop(), [("shop", key) for key in taken])[-1]
    assert [one.key for one in offered(shop(), state)] == keys


def test_points_of_a_choice_count_once_and_its_mood_every_time() -> None:
    states = replay(shop(), [("shop", "ask"), ("shop", "ask")])
    assert [(state.points, state.mood) for state in states] == [(0, 3), (2, 2), (2, 1)]
    assert [gain(state, shop().scene("shop").choices[0]) for state in states] == [2, 0, 0]


def test_run_has_failed_after_a_critical_choice() -> None:
    assert [state.has_failed for state in replay(shop(), [("shop", "ask"), ("shop", "shout")])] == [False, False, True]


@given(sound_stories())
def test_replay_comes_to_where_the_choices_took_the_run(told: Story) -> None:
    state, taken = begin(told), []
    while choices := [one for one in offered(told, state) if one.key.startswith("choice")]:
        taken.append((state.key, choices[0].key))
        state = take(state, choices[0])
    assert replay(told, taken)[-1] == state
    assert node_of(told, state) in told.endings


def test_replay_refuses_what_the_run_was_not_at() -> None:
    for taken in ([("price", "tell")], [("greeting", "shout")], [("greeting", "listen"), ("stays", "tell")]):
        with pytest.raises(KeyError):
            replay(small_story(), taken)
