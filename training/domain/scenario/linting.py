"""What makes a story unfit to be played, or worse than it could be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from decimal import Decimal

from training.domain.scenario.faults import Fault, FaultKind, Severity, errors
from training.domain.scenario.graph import Choice, Scene, Story
from training.domain.scenario.linting_choices import habits, is_right
from training.domain.scenario.linting_runs import faults_of_runs, faults_of_scores, is_of_story
from training.domain.scenario.outlook import Outlook

__all__ = ["Fault", "FaultKind", "Severity", "errors", "lint"]

UNFINISHED = {FaultKind.NO_START, FaultKind.DEAD_END, FaultKind.NO_TARGET, FaultKind.NO_CLAUSE, FaultKind.TOO_TANGLED}
"""With one of these, what a story scores says nothing yet."""


def lint(
    story: Story, codes: Collection[str], *, mastery_score: Decimal, changed: Collection[str] = frozenset()
) -> list[Fault]:
    """Every finding, those of the whole story first, the others in the order of its nodes.

    codes: of the clauses in force; changed: of those that say something else since the author last looked.

    Sound means: the story starts with a scene; whatever a run comes to, it is offered a choice and can still get to an ending, and
    for every node, choice and condition there is a run that meets it, or meets it true; every choice says what came of it and cites
    a clause in force; a clock has a choice to take; there are points to be had, and a run without a critical choice passes.
    """
    outlook = Outlook(story)
    found = [fault for index in range(len(story.nodes)) for fault in _node_faults(story, index, codes, changed)]
    if not any(scene.key == story.start for scene in story.scenes):
        found.append(Fault(FaultKind.NO_START, story.start))
    else:
        found += faults_of_runs(story, outlook)
    if story.nodes and not any(story.endings):
        found.append(Fault(FaultKind.NO_ENDING))
    if not UNFINISHED & {fault.kind for fault in found}:
        found += faults_of_scores(story, outlook, mastery_score)
    found += habits(story)
    return sorted(found, key=_place)


def _place(fault: Fault) -> tuple[int, int]:
    return -1 if fault.node is None else fault.node, -1 if fault.choice is None else fault.choice


def _node_faults(story: Story, index: int, codes: Collection[str], changed: Collection[str]) -> Iterator[Fault]:
    node = story.nodes[index]
    if not node.key:
        yield Fault(FaultKind.NO_KEY, node=index)
    elif story.by_key[node.key] is not node:
        yield Fault(FaultKind.REPEATED_KEY, node.key, index)
    if isinstance(node, Scene):
        yield from (Fault(kind, name, index) for kind, name in _scene_faults(node))
        for place, choice in enumerate(node.choices):
            faults = (
                *_way_faults(story, node, choice),
                *_condition_faults(story, choice),
                *_citation_faults(choice, codes, changed),
            )
            yield from (Fault(kind, name, index, place) for kind, name in faults)


def _scene_faults(scene: Scene) -> Iterator[tuple[FaultKind, str]]:
    if not scene.lines:
        yield FaultKind.NO_LINES, scene.key
    if not scene.choices:
        yield FaultKind.DEAD_END, scene.key
    if scene.seconds is None:
        return
    if scene.seconds <= 0:
        yield FaultKind.NO_TIME, scene.key
    late = scene.choice(scene.late)
    if late is None:
        yield FaultKind.NO_LATE_CHOICE, scene.late
    elif late.conditions:
        yield FaultKind.LATE_CONDITIONAL, late.key


def _way_faults(story: Story, scene: Scene, choice: Choice) -> Iterator[tuple[FaultKind, str]]:
    if not choice.key:
        yield FaultKind.NO_KEY, ""
    elif scene.choice(choice.key) is not choice:
        yield FaultKind.REPEATED_CHOICE, choice.key
    if choice.target not in story.by_key:
        yield FaultKind.NO_TARGET, choice.target
    if not choice.feedback.strip():
        yield FaultKind.NO_FEEDBACK, choice.key
    if choice.is_critical and is_right(choice, scene):
        yield FaultKind.CRITICAL_IS_RIGHT, choice.key


def _condition_faults(story: Story, choice: Choice) -> Iterator[tuple[FaultKind, str]]:
    for condition in choice.conditions:
        if not is_of_story(story, condition):
            yield FaultKind.UNKNOWN_CONDITION, str(condition.operand)


def _citation_faults(
    choice: Choice, codes: Collection[str], changed: Collection[str]
) -> Iterator[tuple[FaultKind, str]]:
    if not choice.points:
        yield FaultKind.NO_CLAUSE, choice.key
    for code, times in Counter(code for code, _ in choice.points).items():
        if code not in codes:
            yield FaultKind.UNKNOWN_CLAUSE, code
        elif code in changed:
            yield FaultKind.CHANGED_CLAUSE, code
        if times > 1:
            yield FaultKind.REPEATED_CLAUSE, code
