"""What makes a story unfit to be played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from training.domain.scenario.graph import Choice, Scene, Story
from training.domain.scenario.scoring import best_points
from training.domain.scenario.walking import walk, walk_everything


class FaultKind(StrEnum):
    NO_START = "no_start"
    NO_KEY = "no_key"
    REPEATED_KEY = "repeated_key"
    NO_LINES = "no_lines"
    DEAD_END = "dead_end"
    UNREACHABLE = "unreachable"
    REPEATED_CHOICE = "repeated_choice"
    NO_TARGET = "no_target"
    LEADS_BACK = "leads_back"
    NO_CLAUSE = "no_clause"
    UNKNOWN_CLAUSE = "unknown_clause"
    REPEATED_CLAUSE = "repeated_clause"
    NO_POINTS = "no_points"


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: `node` and `choice` count from 0; None where it is no node's or no choice's.

    `name` is the key or code in question.
    """

    kind: FaultKind
    name: str = ""
    node: int | None = None
    choice: int | None = None


def lint(story: Story, codes: Collection[str]) -> list[Fault]:
    """Every reason why the story can't be published, in the order of its nodes; `codes` are the clauses in force.

    Sound means: it starts with a scene, every choice leads on to a scene or an ending that is there, none leads back,
    all can be reached, every choice cites a clause in force, and there are points to be had.
    """
    looping = walk_everything(story).leads_back
    found = [fault for index in range(len(story.nodes)) for fault in _node_faults(story, index, codes, looping)]
    if not any(scene.key == story.start for scene in story.scenes):
        return [Fault(FaultKind.NO_START, story.start), *found]
    found += _unreachable(story)
    found.sort(key=lambda fault: (fault.node or 0, -1 if fault.choice is None else fault.choice))
    if not found and not best_points(story):
        found = [Fault(FaultKind.NO_POINTS)]
    return found


def _node_faults(
    story: Story, index: int, codes: Collection[str], looping: Collection[tuple[str, str]]
) -> Iterator[Fault]:
    node = story.nodes[index]
    if not node.key:
        yield Fault(FaultKind.NO_KEY, node=index)
    elif story.by_key[node.key] is not node:
        yield Fault(FaultKind.REPEATED_KEY, node.key, index)
    if isinstance(node, Scene):
        if not node.lines:
            yield Fault(FaultKind.NO_LINES, node.key, index)
        if not node.choices:
            yield Fault(FaultKind.DEAD_END, node.key, index)
        for place, choice in enumerate(node.choices):
            faults = (*_way_faults(story, node, choice, looping), *_citation_faults(choice, codes))
            yield from (Fault(kind, name, index, place) for kind, name in faults)


def _way_faults(
    story: Story, scene: Scene, choice: Choice, looping: Collection[tuple[str, str]]
) -> Iterator[tuple[FaultKind, str]]:
    if not choice.key:
        yield FaultKind.NO_KEY, ""
    elif scene.choice(choice.key) is not choice:
        yield FaultKind.REPEATED_CHOICE, choice.key
    if choice.target not in story.by_key:
        yield FaultKind.NO_TARGET, choice.target
    elif (scene.key, choice.key) in looping:
        yield FaultKind.LEADS_BACK, choice.target


def _citation_faults(choice: Choice, codes: Collection[str]) -> Iterator[tuple[FaultKind, str]]:
    if not choice.points:
        yield FaultKind.NO_CLAUSE, choice.key
    for code, times in Counter(code for code, _ in choice.points).items():
        if code not in codes:
            yield FaultKind.UNKNOWN_CLAUSE, code
        if times > 1:
            yield FaultKind.REPEATED_CLAUSE, code


def _unreachable(story: Story) -> list[Fault]:
    reached = walk(story).reached
    return [
        Fault(FaultKind.UNREACHABLE, node.key, index)
        for index, node in enumerate(story.nodes)
        if node.key and node.key not in reached
    ]
