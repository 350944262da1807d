"""What gives the right choice away, whoever knows the standard or not."""

from __future__ import annotations

from collections.abc import Iterator

from training.domain.scenario.faults import Fault, FaultKind
from training.domain.scenario.graph import Choice, Scene, Story

ENOUGH_DECISIONS = 4
"""From so many decisions with a right choice on, it is a habit where that one stands: of three choices each, one time in 81 by chance."""


def is_right(choice: Choice, scene: Scene) -> bool:
    """Whether it earns more than any other choice of its scene. Many scenes have no such choice."""
    others = [other.total for other in scene.choices if other is not choice]
    return bool(others) and choice.total > max(others)


def habits(story: Story) -> Iterator[Fault]:
    """Where right choices always stand, as their author ordered them, and how long they are."""
    decisions = [
        (scene, choice)
        for scene in story.scenes
        for choice in scene.choices
        if not choice.is_critical and is_right(choice, scene)
    ]
    if len(decisions) < ENOUGH_DECISIONS:
        return
    if all(scene.choices[0] is choice for scene, choice in decisions):
        yield Fault(FaultKind.ALWAYS_FIRST)
    if all(_is_longest(choice, scene) for scene, choice in decisions):
        yield Fault(FaultKind.ALWAYS_LONGEST)


def _is_longest(choice: Choice, scene: Scene) -> bool:
    return all(len(choice.text) > len(other.text) for other in scene.choices if other is not choice)
