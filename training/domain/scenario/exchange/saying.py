"""What a draft may lack that files can't do without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from training.domain.scenario.exchange.records import Unsayable
from training.domain.scenario.graph import Scene, Story


@dataclass(frozen=True)
class Unsaid:
    """place: which scene, choice or number."""

    reason: Unsayable
    place: str


def unsayable(story: Story) -> list[Unsaid]:
    """Why the story can't be written to a file; nothing for one that can."""
    seen: set[str] = set()
    found: list[Unsaid] = []
    for number, node in enumerate(story.nodes, start=1):
        if not node.key:
            found.append(Unsaid(Unsayable.NODE_KEY, str(number)))
        elif node.key in seen:
            found.append(Unsaid(Unsayable.REPEATED_NODE, node.key))
        seen.add(node.key)
        if isinstance(node, Scene):
            found += _of_choices(node)
    return found


def _of_choices(scene: Scene) -> Iterator[Unsaid]:
    seen: set[str] = set()
    for choice in scene.choices:
        place = f"{scene.key}/{choice.key}"
        if not choice.key:
            yield Unsaid(Unsayable.CHOICE_KEY, scene.key)
        elif choice.key in seen:
            yield Unsaid(Unsayable.REPEATED_CHOICE, place)
        seen.add(choice.key)
        if len(dict(choice.points)) < len(choice.points):
            yield Unsaid(Unsayable.REPEATED_CLAUSE, place)
