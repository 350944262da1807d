"""What the linter says: each fault planted in a sound story is found where it was planted; a sound story has none."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.scenarios.domain.stories import (
    CODES,
    any_stories,
    choice,
    ending,
    scene,
    small_story,
    sound_stories,
    states_of,
    story,
    when,
    with_scene,
)
from training.domain.scenario import linting
from training.domain.scenario.conditions import Condition
from training.domain.scenario.graph import Choice, Scene, Story
from training.domain.scenario.linting import Fault, FaultKind, Severity, errors
from training.domain.scenario.running import State, offered

MASTERY = Decimal("0.70")


def lint(told: Story) -> list[Fault]:
    return linting.lint(told, CODES, mastery_score=MASTERY)


@given(sound_stories())
def test_sound_story_has_no_fault(told: Story) -> None:
    assert lint(told) == []


Planter = Callable[[st.DataObject, Story], tuple[Story, Fault]]


def scene_of(data: st.DataObject, told: Story) -> tuple[int, Scene]:
    return data.draw(
        st.sampled_from([(index, node) for index, node in enumerate(told.nodes) if isinstance(node, Scene)])
    )


def in_a_scene(kind: FaultKind, name: str | None = None, **changed: object) -> Planter:
    """In the scene, whose key is the name if none is given."""

    def plant(data: st.DataObject, told: Story) -> tuple[Story, Fault]:
        index, here = scene_of(data, told)
        return with_scene(told, replace(here, **changed)), Fault(kind, here.key if name is None else name, index)

    return plant


def in_a_choice(kind: FaultKind, change: Callable[[Choice], Choice], name: str | None = None) -> Planter:
    """In one of the choices, whose key is the name if none is given."""

    def plant(data: st.DataObject, told: Story) -> tuple[Story, Fault]:
        index, here = scene_of(data, told)
        place = data.draw(st.integers(0, len(here.choices) - 1))
        before = here.choices[place]
        choices = (*here.choices[:place], change(before), *here.choices[place + 1 :])
        return with_scene(told, replace(here, choices=choices)), Fault(
            kind, before.key if name is None else name, index, place
        )

    return plant


def with_one_more(here: Scene, *choices: Choice) -> Scene:
    return replace(here, choices=(*here.choices, *choices))


def lost_scene(data: st.DataObject, told: Story) -> tuple[Story, Fault]:
    lost = scene("lost", choice("go", next(told.endings).key))
    return replace(told, nodes=(*told.nodes, lost)), Fault(FaultKind.UNREACHABLE, "lost", len(told.nodes))


def ending_that_nobody_reaches(data: st.DataObject, told: Story) -> tuple[Story, Fault]:
    _, here = scene_of(data, told)
    told = with_scene(told, with_one_more(here, when(choice("dream", "lost"), mood_at_least=6)))
    return replace(told, nodes=(*told.nodes, ending("lost"))), Fault(FaultKind.UNREACHABLE, "lost", len(told.nodes))


def condition_that_never_holds(data: st.DataObject, told: Story) -> tuple[Story, Fault]:
    index, here = scene_of(data, told)
    never: list[dict[str, int | str]] = [
        {"mood_at_least": 6},
        {"mood_at_most": 0},
        {"points_at_least": 999},
        {"points_at_most": -999},
        {"visited": "late-scene"},
        {"chosen": "late-scene/go"},
    ]
    entry = data.draw(st.sampled_from(never))
    end = next(told.endings)
    told = with_scene(told, with_one_more(here, when(choice("dream", end.key), **entry)))
    told = with_scene(told, with_one_more(told.scene(told.start), choice("last", "late-scene")))
    name = "; ".join(f"{kind}: {operand}" for kind, operand in entry.items())
    place = [one.key for one in told.scene(here.key).choices].index("dream")
    late_scene = scene("late-scene", choice("go", end.key))
    return replace(told, nodes=(*told.nodes, late_scene)), Fault(FaultKind.NEVER_HOLDS, name, index, place)


def stuck(data: st.DataObject, told: Story) -> tuple[Story, Fault]:
    index, here = scene_of(data, told)
    choices = tuple(when(one, mood_at_least=6) for one in here.choices)
    return with_scene(told, replace(here, choices=choices)), Fault(FaultKind.STUCK, here.key, index)


def loop_without_a_way_out(data: st.DataObject, told: Story) -> tuple[Story, Fault]:
    _, here = scene_of(data, told)
    told = with_scene(told, with_one_more(here, choice("into", "round")))
    exit_ = when(choice("out", next(told.endings).key), visited=here.key, mood_at_least=6)
    loop = (scene("round", choice("again", "about")), scene("about", choice("again", "round"), exit_))
    return replace(told, nodes=(*told.nodes, *loop)), Fault(FaultKind.NO_WAY_OUT, "round, about", len(told.nodes))


def all_critical(data: st.DataObject, told: Story) -> tuple[Story, Fault]:
    start = told.scene(told.start)
    critical = replace(start, choices=tuple(replace(one, is_critical=True) for one in start.choices))
    return with_scene(told, critical), Fault(FaultKind.NO_PASSING)


def no_points(data: st.DataObject, told: Story) -> tuple[Story, Fault]:
    for here in told.scenes:
        choices = tuple(replace(one, points=tuple((code, 0) for code, _ in one.points)) for one in here.choices)
        told = with_scene(told, replace(here, choices=choices))
    return told, Fault(FaultKind.NO_POINTS)


def clock_with_a_conditional_choice(data: st.DataObject, told: Story) -> tuple[Story, Fault]:
    index, here = scene_of(data, told)
    late = when(choice("nothing", next(told.endings).key), mood_at_least=1)
    timed = replace(with_one_more(here, late), seconds=20, late="nothing")
    return with_scene(told, timed), Fault(FaultKind.LATE_CONDITIONAL, "nothing", index)


def critical_choice_that_earns_most(data: st.DataObject, told: Story) -> tuple[Story, Fault]:
    index, here = scene_of(data, told)
    tempting = replace(choice("grab", next(told.endings).key, points={"REL-1": 10}), is_critical=True)
    fault = Fault(FaultKind.CRITICAL_IS_RIGHT, "grab", index, len(here.choices))
    return with_scene(told, with_one_more(here, tempting)), fault


def conditional(**entry: int | str) -> Callable[[Choice], Choice]:
    def change(given: Choice) -> Choice:
        return replace(given, conditions=(*given.conditions, *when(given, **entry).conditions))

    return change


PLANTERS: dict[str, Planter] = {
    "no target": in_a_choice(FaultKind.NO_TARGET, lambda one: replace(one, target="nowhere"), "nowhere"),
    "no clause": in_a_choice(FaultKind.NO_CLAUSE, lambda one: replace(one, points=())),
    "no feedback": in_a_choice(FaultKind.NO_FEEDBACK, lambda one: replace(one, feedback=" ")),
    "clause not in force": in_a_choice(
        FaultKind.UNKNOWN_CLAUSE, lambda one: replace(one, points=(*one.points, ("OLD-1", 1))), "OLD-1"
    ),
    "condition on no scene": in_a_choice(FaultKind.UNKNOWN_CONDITION, conditional(not_visited="nowhere"), "nowhere"),
    "condition on an ending": in_a_choice(FaultKind.UNKNOWN_CONDITION, conditional(visited="ending-0"), "ending-0"),
    "condition on no choice": in_a_choice(
        FaultKind.UNKNOWN_CONDITION, conditional(chosen="scene-0/shout"), "scene-0/shout"
    ),
    "no lines": in_a_scene(FaultKind.NO_LINES, lines=()),
    "dead end": in_a_scene(FaultKind.DEAD_END, choices=()),
    "clock of no time": in_a_scene(FaultKind.NO_TIME, seconds=0, late="choice-0"),
    "clock without a choice": in_a_scene(FaultKind.NO_LATE_CHOICE, "", seconds=20, late=""),
    "clock with another's choice": in_a_scene(FaultKind.NO_LATE_CHOICE, "shout", seconds=20, late="shout"),
    "clock with a conditional choice": clock_with_a_conditional_choice,
    "lost scene": lost_scene,
    "ending that nobody reaches": ending_that_nobody_reaches,
    "condition that never holds": condition_that_never_holds,
    "stuck": stuck,
    "loop without a way out": loop_without_a_way_out,
    "all critical": all_critical,
    "no points": no_points,
    "critical choice that earns most": critical_choice_that_earns_most,
}


@pytest.mark.parametrize("plant", PLANTERS.values(), ids=PLANTERS)
@settings(max_examples=20)
@given(sound_stories(), st.data())
def test_planted_fault_is_found(plant: Planter, told: Story, data: st.DataObject) -> None:
    broken, fault = plant(data, told)
    assert fault in lint(broken)


@given(any_stories())
def test_runs_are_found_to_go_wrong_where_trying_everything_finds_it(told: Story) -> None:
    """Unreachable nodes, runs that are stuck, conditions and choices that no run meets true."""
    states = states_of(told)
    found = {(fault.kind, fault.node, fault.choice) for fault in lint(told)}

    for index, node in enumerate(told.nodes):
        here = [state for state in states if state.key == node.key]
        lost = {(FaultKind.UNREACHABLE, index, None), (FaultKind.CUT_OFF, index, None)} & found
        assert len(lost) == (0 if here else 1)
        if not isinstance(node, Scene):
            continue
        assert ((FaultKind.STUCK, index, None) in found) == any(not offered(told, state) for state in here)
        for place, one in enumerate(node.choices):
            known = [condition for condition in one.conditions if _is_of(told, condition)]
            holds = [any(state.holds(condition) for state in here) for condition in one.conditions]
            never = here and not all(any(state.holds(condition) for state in here) for condition in known)
            assert ((FaultKind.NEVER_HOLDS, index, place) in found) == bool(never)
            apart = here and all(holds) and not any(state.offers(one) for state in here)
            assert ((FaultKind.NEVER_OFFERED, index, place) in found) == bool(apart)


def _is_of(told: Story, condition: Condition) -> bool:
    if condition.kind.is_of_number:
        return True
    return not condition.choice or told.scene(condition.scene).choice(condition.choice) is not None


@given(any_stories())
def test_loop_without_a_way_out_is_found_where_trying_everything_finds_it(told: Story) -> None:
    states = states_of(told)
    ends: set[State] = {state for state in states if not offered(told, state)}
    while new := {state for state in states - ends if states_of(told, state) & ends}:
        ends |= new
    assert any(fault.kind is FaultKind.NO_WAY_OUT for fault in lint(told)) == bool(states - ends)


@pytest.mark.parametrize("start", ["nowhere", "stays"])
def test_start_that_is_no_scene_is_found(start: str) -> None:
    assert lint(replace(small_story(), start=start))[0] == Fault(FaultKind.NO_START, start)


def test_story_without_nodes_has_no_start() -> None:
    assert lint(story(start="greeting")) == [Fault(FaultKind.NO_START, "greeting")]


def test_story_without_an_ending_is_told_just_that() -> None:
    told = story(scene("greeting", choice("go", "greeting", points={"REL-1": 1})))
    assert lint(told) == [Fault(FaultKind.NO_ENDING)]


def test_repeated_and_missing_keys_are_found_at_their_places() -> None:
    told = story(
        scene("greeting", choice("go", "end", points={"REL-1": 1}), choice("go", "end"), choice("", "end")),
        ending("end"),
        ending("end"),
        ending(""),
    )
    assert lint(told) == [
        Fault(FaultKind.REPEATED_CHOICE, "go", 0, 1),
        Fault(FaultKind.NO_KEY, "", 0, 2),
        Fault(FaultKind.REPEATED_KEY, "end", 2),
        Fault(FaultKind.NO_KEY, "", 3),
    ]


def test_clause_cited_twice_is_found() -> None:
    twice = replace(choice("go", "end"), points=(("REL-1", 1), ("REL-1", 2)))
    assert lint(story(scene("greeting", twice), ending("end"))) == [Fault(FaultKind.REPEATED_CLAUSE, "REL-1", 0, 0)]


def test_changed_clause_is_a_warning() -> None:
    faults = linting.lint(small_story(), CODES, mastery_score=MASTERY, changed={"RES-1"})
    assert faults == [
        Fault(FaultKind.CHANGED_CLAUSE, "RES-1", 1, 2),
        Fault(FaultKind.CHANGED_CLAUSE, "RES-1", 2, 0),
        Fault(FaultKind.CHANGED_CLAUSE, "RES-1", 2, 1),
    ]
    assert {fault.kind.severity for fault in faults} == {Severity.WARNING}
    assert errors([*faults, Fault(FaultKind.NO_POINTS)]) == [Fault(FaultKind.NO_POINTS)]


def test_conditions_that_never_hold_at_once_are_found() -> None:
    told = story(
        scene("door", choice("kind", "shop", mood_change=1), choice("curt", "shop", points={"REL-1": 2})),
        scene(
            "shop",
            when(choice("sell", "end", points={"REL-1": 1}), mood_at_least=4, chosen="door/curt"),
            choice("go", "end"),
        ),
        ending("end"),
    )
    assert lint(told) == [Fault(FaultKind.NEVER_OFFERED, "sell", 1, 0)]


def test_loop_out_of_reach_is_found_to_be_out_of_reach() -> None:
    told = story(
        scene("greeting", choice("go", "end", points={"REL-1": 1})),
        scene("round", choice("again", "about")),
        scene("about", choice("again", "round")),
        ending("end"),
    )
    assert lint(told) == [Fault(FaultKind.UNREACHABLE, "round", 1), Fault(FaultKind.UNREACHABLE, "about", 2)]


def test_what_lies_behind_a_lost_scene_is_mended_with_it() -> None:
    told = story(
        scene("greeting", choice("go", "end", points={"REL-1": 1})),
        scene("behind", choice("round", "loop"), choice("on", "lost-end")),
        scene("loop", choice("back", "behind")),
        scene("lost", choice("on", "behind")),
        ending("end"),
        ending("lost-end"),
    )
    found = lint(told)
    assert found == [
        Fault(FaultKind.CUT_OFF, "behind", 1),
        Fault(FaultKind.CUT_OFF, "loop", 2),
        Fault(FaultKind.UNREACHABLE, "lost", 3),
        Fault(FaultKind.CUT_OFF, "lost-end", 5),
    ]
    assert errors(found) == [found[2]]


@given(any_stories())
def test_whatever_is_cut_off_lies_behind_something_unreachable(told: Story) -> None:
    kinds = {fault.kind for fault in lint(told)}
    assert FaultKind.CUT_OFF not in kinds or FaultKind.UNREACHABLE in kinds


def test_loop_whose_way_out_is_still_to_be_written_is_told_just_that() -> None:
    told = story(
        scene("greeting", choice("go", "end", points={"REL-1": 1}), choice("in", "round")),
        scene("round", choice("again", "round"), choice("out", "to-be-written")),
        ending("end"),
    )
    assert lint(told) == [Fault(FaultKind.NO_TARGET, "to-be-written", 1, 1)]


def test_pass_mark_that_only_a_critical_choice_reaches_is_found() -> None:
    told = story(
        scene(
            "shop",
            choice("sell", "end", points={"REL-1": 1}),
            choice("wait", "store", points={"REL-1": 2}),
        ),
        scene(
            "store",
            replace(choice("promise", "end", points={"REL-1": 1}), is_critical=True),
            choice("tell", "end", points={"REL-1": 1}),
            choice("shout", "end"),
        ),
        ending("end"),
    )
    assert lint(told) == []
    harder = with_scene(told, replace(told.scene("store"), choices=told.scene("store").choices[::2]))
    assert lint(harder) == [
        Fault(FaultKind.NO_PASSING),
        Fault(FaultKind.CRITICAL_IS_RIGHT, "promise", 1, 0),
    ]
    lower = linting.lint(harder, CODES, mastery_score=Decimal("0.60"))
    assert lower[0] == Fault(FaultKind.BEST_IS_CRITICAL)


def decision(number: int, *texts: str, right: int) -> Scene:
    """A scene with choices of these words, of which the one at `right` earns most."""
    options = [
        replace(choice(f"c{place}", f"s{number + 1}", points={"REL-1": int(place == right)}), text=text)
        for place, text in enumerate(texts)
    ]
    return scene(f"s{number}", *options)


@pytest.mark.parametrize(
    ("decisions", "kinds"),
    [
        ([("No.", "Yes.", 0)] * 4, [FaultKind.ALWAYS_FIRST]),
        ([("No.", "Yes.", 0)] * 3, []),
        ([("No.", "Yes.", 0)] * 3 + [("Yes.", "No.", 1)], []),
        ([("No.", "Yes, gladly.", 1)] * 4, [FaultKind.ALWAYS_LONGEST]),
        ([("Yes, gladly.", "No.", 0)] * 4, [FaultKind.ALWAYS_FIRST, FaultKind.ALWAYS_LONGEST]),
        ([("No.", "Yes, gladly.", 1)] * 3 + [("Oh no.", "Yes.", 1)], []),
    ],
)
def test_habit_of_the_right_choice_is_found(decisions: list[tuple[str, str, int]], kinds: list[FaultKind]) -> None:
    scenes = [decision(number, *texts, right=right) for number, (*texts, right) in enumerate(decisions)]
    told = story(*scenes, ending(f"s{len(scenes)}"))
    assert [fault.kind for fault in lint(told)] == kinds


def test_story_too_tangled_names_its_loop_and_what_is_out_of_reach_all_the_same() -> None:
    scenes = [
        scene(
            f"s{n}",
            *(when(choice(f"c{m}", f"s{m}"), not_chosen=f"s{n}/c{m}") for m in range(20)),
            choice("go", "end", points={"REL-1": 1}),
        )
        for n in range(20)
    ]
    told = story(*scenes, ending("end"), ending("lost"))
    named = ", ".join(f"s{n}" for n in range(12))
    assert lint(told) == [
        Fault(FaultKind.TOO_TANGLED, f"{named}, …", 0),
        Fault(FaultKind.UNREACHABLE, "lost", 21),
    ]


def test_story_whose_best_points_are_too_tangled_names_its_loop() -> None:
    """Every place is soon found, but not what to gain on the way."""
    many = 18
    doors = [choice(f"open-{n}", f"room-{n}", points={"REL-1": -1}) for n in range(many)]
    rooms = [
        scene(
            f"room-{n}",
            choice("take", "hall", points={"REL-1": 2}),
            choice("next", f"room-{(n + 1) % many}", points={"REL-1": -1}),
        )
        for n in range(many)
    ]
    told = story(scene("hall", *doors, choice("go", "end", points={"REL-1": 1})), *rooms, ending("end"))
    assert [fault.kind for fault in lint(told)] == [FaultKind.TOO_TANGLED]


def test_two_thousand_scenes_in_a_row_are_linted_quickly() -> None:
    scenes = [
        scene(f"s{n}", choice("off", "s2000"), choice("on", f"s{n + 1}", points={"REL-1": 1})) for n in range(2000)
    ]
    assert seconds_to_lint(story(*scenes, ending("s2000"))) < 2


def test_two_thousand_scenes_with_loops_and_conditions_are_linted_quickly() -> None:
    scenes = [
        scene(
            f"s{n}",
            choice("so-so", f"s{n + 1}", points={"REL-1": 1}, mood_change=1),
            choice("badly", f"s{min(n + 2, 2000)}", points={"REL-1": 0}, mood_change=-1),
            when(choice("again", f"s{max(0, n - 20)}", points={"REL-1": 2}), mood_at_most=2 + n % 3),
            when(choice("happy", f"s{n + 1}", points={"REL-1": 3}), mood_at_least=4),
        )
        for n in range(2000)
    ]
    assert seconds_to_lint(story(*scenes, ending("s2000"))) < 2


def seconds_to_lint(told: Story) -> float:
    """Of the processor's time, which others on the machine take none of, and without what measuring coverage adds."""
    tracing = sys.gettrace()
    sys.settrace(None)
    try:
        began = time.process_time()
        assert lint(told) == []
        return time.process_time() - began
    finally:
        sys.settrace(tracing)
