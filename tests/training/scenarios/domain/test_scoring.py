"""Best points, pass marks: against brute force over every state that a run can be in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.scenarios.domain.stories import (
    any_stories,
    choice,
    ending,
    most_points,
    scene,
    small_story,
    sound_stories,
    states_of,
    story,
    when,
)
from training.domain.scenario.graph import Ending, Node, Scene, Story
from training.domain.scenario.outlook import Outlook, TooTangled
from training.domain.scenario.running import State, begin, replay
from training.domain.scenario.scoring import (
    EndlessStory,
    best_gain,
    best_points,
    decisions_from,
    is_success,
    needed_points,
    scaled_score,
)

pass_marks = st.decimals(0, 1, places=2)
scores = st.integers(1, 60).flatmap(lambda best: st.tuples(st.integers(-20, best), st.just(best)))


def test_best_points_of_a_story_worked_out_by_hand() -> None:
    assert best_points(small_story()) == 5


def test_best_gain_is_what_is_left_to_be_had() -> None:
    told = small_story()
    states = replay(told, [("greeting", "hurry"), ("price", "sorry"), ("gift", "keep")])
    assert [best_gain(told, state) for state in states] == [5, 3, 1, 0]


@given(any_stories())
def test_best_points_agree_with_trying_everything(told: Story) -> None:
    most = most_points(told)
    if most is None:
        with pytest.raises(EndlessStory):
            best_points(told)
    else:
        assert best_points(told) == most


@given(sound_stories())
def test_best_points_of_a_sound_story_agree_with_trying_everything(told: Story) -> None:
    assert best_points(told) == most_points(told)


@given(any_stories(), st.data())
def test_best_gain_agrees_with_trying_everything_from_there(told: Story, data: st.DataObject) -> None:
    state = data.draw(st.sampled_from(sorted(states_of(told), key=repr)))
    most = most_points(told, state)
    assert Outlook(told).best_gain(state) == (None if most is None else most - state.points)


@given(any_stories())
def test_one_outlook_answers_for_every_state(told: Story) -> None:
    outlook = Outlook(told)
    for state in sorted(states_of(told), key=repr)[:20]:
        assert outlook.best_gain(state) == Outlook(told).best_gain(state)


@given(any_stories())
def test_points_without_a_critical_choice_are_those_of_a_story_that_has_none(told: Story) -> None:
    critical = replace(told, nodes=tuple(_with_a_critical_choice(node) for node in told.nodes))
    bare = replace(told, nodes=tuple(_without_its_first_choice(node) for node in told.nodes))
    assert Outlook(critical, without_critical=True).best_gain(begin(critical)) == most_points(bare)


def _with_a_critical_choice(node: Node) -> Node:
    if isinstance(node, Ending):
        return node
    first, *others = node.choices
    return replace(node, choices=(replace(first, is_critical=True), *others))


def _without_its_first_choice(node: Node) -> Node:
    return replace(node, choices=node.choices[1:]) if isinstance(node, Scene) else node


def test_loop_can_not_be_farmed() -> None:
    told = story(
        scene("shop", choice("ask", "shop", points={"REL-1": 2}), choice("go", "end", points={"REL-1": 1})),
        ending("end"),
    )
    assert best_points(told) == 3


def test_round_that_costs_more_than_it_earns_is_left_out() -> None:
    told = story(
        scene("shop", choice("in", "store", points={"REL-1": -2}), choice("go", "end", points={"REL-1": 1})),
        scene("store", choice("look", "shop", points={"REL-1": 1})),
        ending("end"),
    )
    assert best_points(told) == 1


def test_points_may_open_a_way_that_earns_more() -> None:
    told = story(
        scene(
            "shop",
            choice("ask", "shop", points={"REL-1": 2}),
            when(choice("offer", "end", points={"REL-1": 4}), points_at_least=2),
            when(choice("leave", "end", points={"REL-1": 9}), points_at_most=1, visited="shop"),
        ),
        ending("end"),
    )
    assert best_points(told) == 6


def test_whole_story_may_be_a_loop() -> None:
    many = 30
    scenes = [
        scene(f"s{n}", choice("on", f"s{n + 1}", points={"REL-1": n}), choice("well", f"s{n + 1}", points={"REL-1": 2}))
        for n in range(many)
    ]
    told = story(*scenes, scene(f"s{many}", choice("again", "s0"), choice("go", "end")), ending("end"))
    assert best_points(told) == sum(range(many)) + 2 * many


def test_story_too_tangled_names_its_loop() -> None:
    asked = [f"ask-{n}" for n in range(30)]
    told = story(
        scene("door", choice("in", "shop")),
        scene("shop", *(when(choice(key, "back"), not_chosen=f"shop/{key}") for key in asked), choice("go", "end")),
        scene("back", choice("again", "shop")),
        ending("end"),
    )
    with pytest.raises(TooTangled) as tangled:
        best_points(told)
    assert tangled.value.loop == ("shop", "back")
    assert str(tangled.value) == "shop, back"


@given(sound_stories())
def test_decisions_from_agree_with_the_shortest_run(told: Story) -> None:
    bare = replace(told, nodes=tuple(_without_conditions(node) for node in told.nodes))
    assert decisions_from(told)[told.start][0] == _decisions_of_shortest(bare)


def _without_conditions(node: Node) -> Node:
    if isinstance(node, Ending):
        return node
    return replace(node, choices=tuple(replace(one, conditions=()) for one in node.choices))


def _decisions_of_shortest(told: Story) -> int:
    here, decisions = {told.start}, 0
    while not any(isinstance(told.by_key[key], Ending) for key in here):
        here, decisions = {one.target for key in here for one in told.scene(key).choices}, decisions + 1
    return decisions


@given(sound_stories())
def test_every_scene_has_at_least_as_many_decisions_as_the_fewest(told: Story) -> None:
    decisions = decisions_from(told)
    assert decisions.keys() == {node.key for node in told.nodes}
    assert all(0 <= fewest <= most for fewest, most in decisions.values())


def test_decisions_from_go_back_only_where_nothing_leads_on() -> None:
    told = story(
        scene("shop", choice("in", "store"), choice("down", "cellar"), choice("go", "end")),
        scene("store", choice("back", "shop")),
        scene("cellar", choice("deeper", "cellar")),
        ending("end"),
    )
    assert decisions_from(told) == {"end": (0, 0), "store": (2, 2), "shop": (1, 3)}


@given(scores, pass_marks)
def test_scaled_score_never_shows_a_pass_mark_that_was_not_reached(score: tuple[int, int], mastery: Decimal) -> None:
    assert is_success(*score, mastery) == (scaled_score(*score) >= mastery)


@given(scores, pass_marks)
def test_critical_choice_fails_whatever_the_points(score: tuple[int, int], mastery: Decimal) -> None:
    assert not is_success(*score, mastery, has_failed=True)


@given(scores, pass_marks)
def test_needed_points_are_the_fewest_that_pass(score: tuple[int, int], mastery: Decimal) -> None:
    points, best = score
    assert is_success(points, best, mastery) == (max(0, points) >= needed_points(best, mastery))


@given(scores)
def test_scaled_score_is_within_its_last_place(score: tuple[int, int]) -> None:
    points, best = score
    assert 0 <= Fraction(max(0, points), best) - Fraction(scaled_score(points, best)) < Fraction(1, 10_000)


def test_nothing_to_gain_has_no_score() -> None:
    with pytest.raises(ZeroDivisionError):
        is_success(0, 0, Decimal("0.7"))


def test_best_gain_knows_what_was_gained_before() -> None:
    told = story(scene("shop", choice("ask", "shop", points={"REL-1": 2}), choice("go", "end")), ending("end"))
    assert best_gain(told, State("shop", 3, 2, frozenset({("shop", "ask")}))) == 0
