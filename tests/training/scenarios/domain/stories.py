"""Stories: a builder for those written by hand, generators of sound ones and of any, and brute force."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

from hypothesis import assume
from hypothesis import strategies as st

from training.domain.scenario.conditions import Condition, ConditionKind
from training.domain.scenario.graph import Character, Choice, Ending, Line, Node, Scene, Story
from training.domain.scenario.linting_choices import is_right
from training.domain.scenario.running import State, begin, offered, take

CODES = ("REL-1", "REL-2", "RES-1")


def choice(key: str, target: str, *, points: dict[str, int] | None = None, mood_change: int = 0) -> Choice:
    earned = {"REL-1": 0} if points is None else points
    return Choice(
        key, target, text=f"Say {key}.", mood_change=mood_change, points=tuple(earned.items()), feedback="So."
    )


def when(given: Choice, **entries: int | str) -> Choice:
    """The choice under conditions as in a file."""
    return replace(given, conditions=tuple(Condition.parse({kind: operand}) for kind, operand in entries.items()))


def scene(key: str, *choices: Choice) -> Scene:
    return Scene(key, (Line("them", f"This is {key}."),), choices)


def ending(key: str) -> Ending:
    return Ending(key, "good", f"Title of {key}", "So it ended.")


def story(*nodes: Node, start: str = "", start_mood: int = 3) -> Story:
    persona = Character(face="salmah", kind="loyal", name="Puan Salmah", situation="Runs a cake shop.")
    return Story("The surprise fee", "It is Friday.", persona, start or nodes[0].key, start_mood, nodes)


def small_story() -> Story:
    """Best way 5: listen (2) and tell (3), or listen (2), sorry (2) and give (1)."""
    return story(
        scene(
            "greeting",
            choice("hurry", "price", points={"REL-1": 0, "REL-2": 1}),
            choice("listen", "price", points={"REL-1": 2}),
        ),
        scene(
            "price",
            choice("tell", "stays", points={"REL-2": 3}),
            choice("later", "leaves", points={"REL-2": 0}),
            choice("sorry", "gift", points={"RES-1": 2}),
        ),
        scene("gift", choice("give", "stays", points={"RES-1": 1}), choice("keep", "leaves", points={"RES-1": 0})),
        ending("stays"),
        ending("leaves"),
    )


def states_of(told: Story, first: State | None = None) -> set[State]:
    """Every state that a run can get to, from its beginning or from `first`: by trying everything."""
    known = {first or begin(told)}
    waiting = list(known)
    while waiting:
        state = waiting.pop()
        new = {take(state, one) for one in offered(told, state)} - known
        known |= new
        waiting.extend(new)
        assume(len(known) < 5_000)
    return known


def most_points(told: Story, first: State | None = None) -> int | None:
    """The most points of a run that ends, by trying everything."""
    ended = (state for state in states_of(told, first) if isinstance(told.by_key[state.key], Ending))
    return max((state.points for state in ended), default=None)


@st.composite
def sound_stories(draw: st.DrawFn, max_scenes: int = 5, max_extras: int = 3) -> Story:
    """Every scene has choices without conditions that lead on. More choices lead anywhere, perhaps under conditions that hold in one
    run of the others, and may be critical, or cost points.
    """
    told = draw(_stories_that_lead_on(max_scenes))
    for number in range(draw(st.integers(0, max_extras))):
        told = draw(_with_an_extra_choice(told, f"extra-{number}"))
    if draw(st.booleans()):
        told = _with_a_clock(told, draw(st.sampled_from([node.key for node in told.scenes])))
    first = next((node for node in told.scenes if is_right(node.choices[0], node)), None)
    # Not always the first choice is the right one.
    return with_scene(told, replace(first, choices=first.choices[::-1])) if first else told


@st.composite
def _stories_that_lead_on(draw: st.DrawFn, max_scenes: int) -> Story:
    """Scenes in an order that every choice follows; each node but the first has a choice that leads to it."""
    scenes = [f"scene-{number}" for number in range(draw(st.integers(1, max_scenes)))]
    endings = [f"ending-{number}" for number in range(draw(st.integers(1, 3)))]
    keys = scenes + endings
    targets: dict[str, list[str]] = {key: [] for key in scenes}
    for place, key in enumerate(keys[1:], start=1):
        targets[draw(st.sampled_from(scenes[:place]))].append(key)
    for place, key in enumerate(scenes):
        more = st.lists(st.sampled_from(keys[place + 1 :]), min_size=0 if targets[key] else 1, max_size=2)
        targets[key] += draw(more)
    nodes: list[Node] = [
        scene(
            key,
            *(
                # One point somewhere on every way, so that there is something to gain.
                choice(
                    f"choice-{number}",
                    target,
                    points={"REL-1": 1} if key == scenes[0] else draw(st.sampled_from(EARNED)),
                    mood_change=draw(st.integers(-2, 2)),
                )
                for number, target in enumerate(targets[key])
            ),
        )
        for key in scenes
    ]
    order = draw(st.permutations([*nodes, *map(ending, endings)]))
    return story(*order, start=scenes[0], start_mood=draw(st.integers(1, 5)))


@st.composite
def _with_an_extra_choice(draw: st.DrawFn, told: Story, key: str) -> Story:
    state = begin(told)
    seen = [state]
    while choices := [one for one in offered(told, state) if one.key.startswith("choice")]:
        state = take(state, draw(st.sampled_from(choices)))
        seen.append(state)
    state = draw(st.sampled_from(seen[:-1]))
    conditions = tuple(draw(st.lists(st.sampled_from(_conditions_that_hold(told, state)), max_size=2, unique=True)))
    if draw(st.booleans()):
        target = draw(st.sampled_from([node.key for node in told.nodes]))
        extra = choice(key, target, points={"REL-2": draw(st.integers(-3, 3))}, mood_change=draw(st.integers(-2, 2)))
    else:
        extra = replace(choice(key, draw(st.sampled_from([node.key for node in told.endings]))), is_critical=True)
    here = told.scene(state.key)
    return with_scene(told, replace(here, choices=(*here.choices, replace(extra, conditions=conditions))))


def _conditions_that_hold(told: Story, state: State) -> list[Condition]:
    numbers = [Condition(kind, number=number) for kind in ConditionKind if kind.is_of_number for number in range(-3, 9)]
    kinds = [kind for kind in ConditionKind if not kind.is_of_number]
    others = [
        Condition(kind, scene=here.key, choice=one.key if "chosen" in kind else "")
        for kind in kinds
        for here in told.scenes
        for one in here.choices
    ]
    return list(filter(state.holds, dict.fromkeys([*numbers, *others])))


def _with_a_clock(told: Story, key: str) -> Story:
    here = told.scene(key)
    late = next(one.key for one in here.choices if not one.conditions)
    return with_scene(told, replace(here, seconds=40, late=late))


def with_scene(told: Story, changed: Scene) -> Story:
    """The story with this scene in place of that of the same key."""
    return replace(told, nodes=tuple(changed if node.key == changed.key else node for node in told.nodes))


@st.composite
def any_stories(draw: st.DrawFn, max_scenes: int = 4) -> Story:
    """Small stories, most of them unsound: choices lead anywhere, under any conditions, for any points."""
    choices = {f"scene-{number}": draw(st.integers(1, 3)) for number in range(draw(st.integers(1, max_scenes)))}
    keys = [*choices, "end", "other-end"]
    taken = [(key, f"choice-{place}") for key, many in choices.items() for place in range(many)]
    conditions = st.one_of(
        st.builds(Condition, st.sampled_from([k for k in ConditionKind if k.is_of_number]), st.integers(-3, 8)),
        st.builds(
            _on_scene, st.sampled_from([ConditionKind.VISITED, ConditionKind.NOT_VISITED]), st.sampled_from(taken)
        ),
        st.builds(
            _on_choice, st.sampled_from([ConditionKind.CHOSEN, ConditionKind.NOT_CHOSEN]), st.sampled_from(taken)
        ),
    )

    def drawn(key: str) -> Choice:
        drawn = choice(
            key,
            draw(st.sampled_from(keys)),
            points={"REL-1": draw(st.integers(-3, 3))},
            mood_change=draw(st.integers(-2, 2)),
        )
        return replace(drawn, conditions=tuple(draw(st.lists(conditions, max_size=2))))

    scenes = [scene(key, *(drawn(f"choice-{place}") for place in range(many))) for key, many in choices.items()]
    return story(*scenes, ending("end"), ending("other-end"), start_mood=draw(st.integers(1, 5)))


def _on_scene(kind: ConditionKind, taken: tuple[str, str]) -> Condition:
    return Condition(kind, scene=taken[0])


def _on_choice(kind: ConditionKind, taken: tuple[str, str]) -> Condition:
    return Condition(kind, scene=taken[0], choice=taken[1])


EARNED = [
    dict(zip(codes, worth, strict=True))
    for size in (1, 2)
    for codes in combinations(CODES, size)
    for worth in product(range(4), repeat=size)
]
