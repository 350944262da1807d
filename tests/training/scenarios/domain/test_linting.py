"""What can't be published: each fault planted in a sound story is found where it was planted; a sound story has none."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.training.scenarios.domain.stories import CODES, choice, ending, scene, small_story, sound_stories, story
from training.domain.scenario.graph import Choice, Node, Scene, Story
from training.domain.scenario.linting import Fault, FaultKind, lint


def with_node(told: Story, index: int, node: Node) -> Story:
    return replace(told, nodes=(*told.nodes[:index], node, *told.nodes[index + 1 :]))


def with_choice(told: Story, index: int, place: int, changed: Choice) -> Story:
    node = told.nodes[index]
    assert isinstance(node, Scene)
    choices = (*node.choices[:place], changed, *node.choices[place + 1 :])
    return with_node(told, index, replace(node, choices=choices))


@st.composite
def stories_with_a_choice(draw: st.DrawFn) -> tuple[Story, int, int]:
    """A sound story, with the place of one of its choices."""
    told = draw(sound_stories())
    index = draw(st.sampled_from([place for place, node in enumerate(told.nodes) if isinstance(node, Scene)]))
    node = told.nodes[index]
    assert isinstance(node, Scene)
    return told, index, draw(st.integers(0, len(node.choices) - 1))


def choice_at(told: Story, index: int, place: int) -> Choice:
    node = told.nodes[index]
    assert isinstance(node, Scene)
    return node.choices[place]


@given(sound_stories())
def test_sound_story_has_no_fault(told: Story) -> None:
    assert lint(told, CODES) == []


@given(stories_with_a_choice())
def test_target_that_is_not_there_is_found(planted: tuple[Story, int, int]) -> None:
    told, index, place = planted
    broken = with_choice(told, index, place, replace(choice_at(told, index, place), target="nowhere"))
    assert Fault(FaultKind.NO_TARGET, "nowhere", index, place) in lint(broken, CODES)


@given(stories_with_a_choice(), st.data())
def test_choice_that_leads_back_is_found(planted: tuple[Story, int, int], data: st.DataObject) -> None:
    told, index, place = planted
    back_to = data.draw(
        st.sampled_from([node.key for node in told.nodes if leads_to(told, node.key, told.nodes[index].key)])
    )

    broken = with_choice(told, index, place, replace(choice_at(told, index, place), target=back_to))

    assume(leads_to(broken, back_to, told.nodes[index].key))
    assert FaultKind.LEADS_BACK in {fault.kind for fault in lint(broken, CODES)}


def leads_to(told: Story, begin: str, end: str) -> bool:
    """Whether a way leads from one node to the other; a node leads to itself."""
    seen, waiting = {begin}, [begin]
    while waiting:
        node = told.by_key[waiting.pop()]
        if isinstance(node, Scene):
            new = {one.target for one in node.choices} - seen
            seen |= new
            waiting.extend(new)
    return end in seen


@given(stories_with_a_choice())
def test_choice_without_a_clause_is_found(planted: tuple[Story, int, int]) -> None:
    told, index, place = planted
    taken = choice_at(told, index, place)
    broken = with_choice(told, index, place, replace(taken, points=()))
    assert Fault(FaultKind.NO_CLAUSE, taken.key, index, place) in lint(broken, CODES)


@given(stories_with_a_choice())
def test_clause_that_is_not_in_force_is_found(planted: tuple[Story, int, int]) -> None:
    told, index, place = planted
    taken = choice_at(told, index, place)
    broken = with_choice(told, index, place, replace(taken, points=(*taken.points, ("OLD-1", 1))))
    assert lint(broken, CODES) == [Fault(FaultKind.UNKNOWN_CLAUSE, "OLD-1", index, place)]


@given(sound_stories(), st.sampled_from(["scene", "ending"]))
def test_node_that_nothing_leads_to_is_found(told: Story, kind: str) -> None:
    lost = ending("lost") if kind == "ending" else scene("lost", choice("go", next(told.endings).key))
    broken = replace(told, nodes=(*told.nodes, lost))
    assert lint(broken, CODES) == [Fault(FaultKind.UNREACHABLE, "lost", len(told.nodes))]


@given(sound_stories(), st.data())
def test_dead_end_is_found(told: Story, data: st.DataObject) -> None:
    index = data.draw(st.sampled_from([place for place, node in enumerate(told.nodes) if isinstance(node, Scene)]))
    node = told.nodes[index]
    assert isinstance(node, Scene)
    broken = with_node(told, index, replace(node, choices=()))
    assert Fault(FaultKind.DEAD_END, node.key, index) in lint(broken, CODES)


@pytest.mark.parametrize("start", ["nowhere", "stays"])
def test_start_that_is_no_scene_is_found(start: str) -> None:
    assert lint(replace(small_story(), start=start), CODES)[0] == Fault(FaultKind.NO_START, start)


def test_story_without_nodes_has_no_start() -> None:
    assert lint(story(start="greeting"), CODES) == [Fault(FaultKind.NO_START, "greeting")]


def test_repeated_and_missing_keys_are_found_at_their_places() -> None:
    told = story(
        scene("greeting", choice("go", "end", points={"REL-1": 1}), choice("go", "end"), choice("", "end")),
        ending("end"),
        ending("end"),
        ending(""),
    )
    assert lint(told, CODES) == [
        Fault(FaultKind.REPEATED_CHOICE, "go", 0, 1),
        Fault(FaultKind.NO_KEY, "", 0, 2),
        Fault(FaultKind.REPEATED_KEY, "end", 2),
        Fault(FaultKind.NO_KEY, "", 3),
    ]


def test_clause_cited_twice_is_found() -> None:
    twice = replace(choice("go", "end"), points=(("REL-1", 1), ("REL-1", 2)))
    assert lint(story(scene("greeting", twice), ending("end")), CODES) == [
        Fault(FaultKind.REPEATED_CLAUSE, "REL-1", 0, 0)
    ]


def test_scene_in_which_nothing_appears_is_found() -> None:
    told = story(replace(scene("greeting", choice("go", "end", points={"REL-1": 1})), lines=()), ending("end"))
    assert lint(told, CODES) == [Fault(FaultKind.NO_LINES, "greeting", 0)]


def test_loop_out_of_reach_is_found_beside_being_out_of_reach() -> None:
    told = story(
        scene("greeting", choice("go", "end", points={"REL-1": 1})),
        scene("round", choice("again", "about")),
        scene("about", choice("again", "round"), choice("out", "end")),
        ending("end"),
    )
    assert lint(told, CODES) == [
        Fault(FaultKind.UNREACHABLE, "round", 1),
        Fault(FaultKind.UNREACHABLE, "about", 2),
        Fault(FaultKind.LEADS_BACK, "round", 2, 0),
    ]


def test_story_without_a_point_is_refused() -> None:
    assert lint(story(scene("greeting", choice("go", "end")), ending("end")), CODES) == [Fault(FaultKind.NO_POINTS)]


def test_two_thousand_scenes_in_a_row_are_linted_quickly() -> None:
    scenes = [
        scene(f"s{n}", choice("on", f"s{n + 1}", points={"REL-1": 1}), choice("off", "s2000")) for n in range(2000)
    ]
    long_story = story(*scenes, ending("s2000"))
    began = time.process_time()
    assert lint(long_story, CODES) == []
    assert time.process_time() - began < 2
