"""Stories: a builder for those written by hand, and a generator of sound ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import strategies as st

from training.domain.scenario.graph import Character, Choice, Ending, Line, Node, Scene, Story

CODES = ("REL-1", "REL-2", "RES-1")


def choice(key: str, target: str, *, points: dict[str, int] | None = None, mood_change: int = 0) -> Choice:
    earned = {"REL-1": 0} if points is None else points
    return Choice(
        key, target, text=f"Say {key}.", mood_change=mood_change, points=tuple(earned.items()), feedback="So."
    )


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


def paths(of: Story, key: str | None = None) -> Iterator[list[tuple[str, Choice]]]:
    """Every way from a node to an ending, as (scene key, choice)."""
    node = of.by_key[of.start if key is None else key]
    if isinstance(node, Ending):
        yield []
        return
    for taken in node.choices:
        for rest in paths(of, taken.target):
            yield [(node.key, taken), *rest]


@st.composite
def sound_stories(draw: st.DrawFn, max_scenes: int = 5) -> Story:
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
        Scene(
            key,
            (Line("them", "Well?"),),
            tuple(
                Choice(f"choice-{number}", target, points=draw(point_pairs), mood_change=draw(st.integers(-2, 2)))
                for number, target in enumerate(targets[key])
            ),
        )
        for key in scenes
    ]
    # One point somewhere on every way, so that there is something to gain.
    first = nodes[0]
    assert isinstance(first, Scene)
    sweet = tuple(
        Choice(one.key, one.target, one.text, one.mood_change, (("REL-1", 1),), one.pitfalls, one.feedback)
        for one in first.choices
    )
    nodes[0] = Scene(first.key, first.lines, sweet)
    order = draw(st.permutations([*nodes, *map(ending, endings)]))
    return story(*order, start=scenes[0], start_mood=draw(st.integers(1, 5)))


point_pairs = st.sampled_from(
    [
        tuple(zip(codes, worth, strict=True))
        for size in (1, 2)
        for codes in combinations(CODES, size)
        for worth in product(range(4), repeat=size)
    ]
)
