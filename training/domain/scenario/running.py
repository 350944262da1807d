"""A run of a story: what it has come to, what it offers, and where a choice takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from training.domain.scenario.conditions import Condition, ConditionKind
from training.domain.scenario.graph import Choice, Node, Scene, Story, shifted

Taken = tuple[str, str]
"""Key of a scene and of the choice that was taken in it."""


@dataclass(frozen=True)
class State:
    """What a run has come to. `key` is the node that it is at, `points` what counted so far: each choice's once."""

    key: str
    mood: int
    points: int = 0
    taken: frozenset[Taken] = frozenset()
    has_failed: bool = False
    """A critical choice was taken."""

    def holds(self, condition: Condition) -> bool:
        return _HOLDS[condition.kind](self, condition)

    def offers(self, choice: Choice) -> bool:
        return all(map(self.holds, choice.conditions))

    def has_visited(self, scene: str) -> bool:
        """Whether a decision was made in this scene; the one that the run is at doesn't count yet."""
        return any(key == scene for key, _ in self.taken)


_HOLDS: dict[ConditionKind, Callable[[State, Condition], bool]] = {
    ConditionKind.MOOD_AT_LEAST: lambda state, condition: state.mood >= condition.number,
    ConditionKind.MOOD_AT_MOST: lambda state, condition: state.mood <= condition.number,
    ConditionKind.POINTS_AT_LEAST: lambda state, condition: state.points >= condition.number,
    ConditionKind.POINTS_AT_MOST: lambda state, condition: state.points <= condition.number,
    ConditionKind.VISITED: lambda state, condition: state.has_visited(condition.scene),
    ConditionKind.NOT_VISITED: lambda state, condition: not state.has_visited(condition.scene),
    ConditionKind.CHOSEN: lambda state, condition: (condition.scene, condition.choice) in state.taken,
    ConditionKind.NOT_CHOSEN: lambda state, condition: (condition.scene, condition.choice) not in state.taken,
}


def begin(story: Story) -> State:
    return State(story.start, story.start_mood)


def offered(story: Story, state: State) -> tuple[Choice, ...]:
    """The choices whose conditions hold, as their author ordered them; none at an ending."""
    node = story.by_key[state.key]
    return tuple(filter(state.offers, node.choices)) if isinstance(node, Scene) else ()


def gain(state: State, choice: Choice) -> int:
    """The points that taking `choice` now would count: none the second time."""
    return 0 if (state.key, choice.key) in state.taken else choice.total


def take(state: State, choice: Choice) -> State:
    """Where `choice`, one of those offered, takes the run."""
    return State(
        key=choice.target,
        mood=shifted(state.mood, choice.mood_change),
        points=state.points + gain(state, choice),
        taken=state.taken | {(state.key, choice.key)},
        has_failed=state.has_failed or choice.is_critical,
    )


def replay(story: Story, taken: Iterable[Taken]) -> list[State]:
    """The states of a run, given as (scene key, choice key): the first one, then the one after each choice.

    Raises KeyError for what the story doesn't have or the run wasn't at.
    """
    states = [begin(story)]
    for scene_key, choice_key in taken:
        choice = story.scene(scene_key).choice(choice_key)
        if choice is None or scene_key != states[-1].key:
            raise KeyError((scene_key, choice_key))
        states.append(take(states[-1], choice))
    return states


def node_of(story: Story, state: State) -> Node:
    return story.by_key[state.key]
