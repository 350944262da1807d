"""What goes wrong in runs: found by looking at every state that a run can be in, as far as it matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from training.domain.scenario.chart import Place
from training.domain.scenario.components import components
from training.domain.scenario.conditions import Condition
from training.domain.scenario.faults import Fault, FaultKind
from training.domain.scenario.graph import Choice, Scene, Story
from training.domain.scenario.outlook import Outlook, TooTangled
from training.domain.scenario.running import begin
from training.domain.scenario.scoring import needed_points
from training.domain.scenario.walking import walk

MOST_NAMED = 12
"""So many scenes of a loop are named."""


def faults_of_runs(story: Story, outlook: Outlook) -> list[Fault]:
    """Of a story that starts with a scene."""
    try:
        outlook.explore(begin(story))
    except TooTangled as tangled:
        return [_of_scenes(FaultKind.TOO_TANGLED, story, tangled.loop), *_unreachable(story, walk(story).reached)]
    met: dict[str, list[Place]] = defaultdict(list)
    for cluster in outlook.clusters:
        for place in cluster.members:
            met[outlook.chart.nodes[place.node].key].append(place)
    faults = [*_unreachable(story, met), *_loops(story, outlook)]
    for index, node in enumerate(story.nodes):
        if isinstance(node, Scene) and story.by_key[node.key] is node:
            faults += _scene_faults(story, outlook, index, node, met.get(node.key, []))
    return faults


def faults_of_scores(story: Story, outlook: Outlook, mastery_score: Decimal) -> list[Fault]:
    """Of a story that starts with a scene. Nothing, where no run ends."""
    try:
        best = outlook.best_gain(begin(story))
        has_critical = any(choice.is_critical for scene in story.scenes for choice in scene.choices)
        passing = Outlook(story, without_critical=True).best_gain(begin(story)) if has_critical else best
    except TooTangled as tangled:
        return [_of_scenes(FaultKind.TOO_TANGLED, story, tangled.loop)]
    if best is None:
        return []
    if best <= 0:
        return [Fault(FaultKind.NO_POINTS)]
    if passing is None or max(0, passing) < needed_points(best, mastery_score):
        return [Fault(FaultKind.NO_PASSING)]
    return [Fault(FaultKind.BEST_IS_CRITICAL)] if passing < best else []


def is_of_story(story: Story, condition: Condition) -> bool:
    """Whether the scene or choice that a condition is on is there."""
    if condition.kind.is_of_number:
        return True
    scene = story.by_key.get(condition.scene)
    return isinstance(scene, Scene) and (not condition.choice or scene.choice(condition.choice) is not None)


def _unreachable(story: Story, reached: Collection[str]) -> Iterator[Fault]:
    lost = {node.key for node in story.nodes if node.key and node.key not in reached}
    behind = _behind_others(story, lost)
    for index, node in enumerate(story.nodes):
        if node.key in lost:
            yield Fault(FaultKind.CUT_OFF if node.key in behind else FaultKind.UNREACHABLE, node.key, index)


def _behind_others(story: Story, lost: Collection[str]) -> set[str]:
    """Those of the lost nodes that some other lost node leads to, unless they lead back to it."""

    def targets(key: str) -> list[str]:
        node = story.by_key[key]
        return [choice.target for choice in node.choices if choice.target in lost] if isinstance(node, Scene) else []

    groups = list(components(lost, targets))
    led_to = {target for group in groups for key in group for target in targets(key) if target not in group}
    return {key for group in groups if not led_to.isdisjoint(group) for key in group}


def _loops(story: Story, outlook: Outlook) -> Iterator[Fault]:
    """Where a run goes round for ever. Not where a choice leads nowhere yet, or there is no ending to come to."""
    found = dict.fromkeys(
        tuple(sorted({place.node for place in cluster.members}))
        for cluster in outlook.clusters
        if cluster.is_loop and not cluster.leads_on
    )
    for numbers in found:
        ways = (way for number in numbers for way in outlook.chart.ways[number])
        if any(story.endings) and not any(way.target is None for way in ways):
            yield _of_scenes(FaultKind.NO_WAY_OUT, story, [outlook.chart.nodes[number].key for number in numbers])


def _of_scenes(kind: FaultKind, story: Story, keys: Iterable[str]) -> Fault:
    """At the first of these scenes, naming them."""
    named = list(keys)
    index = next(index for index, node in enumerate(story.nodes) if node.key == named[0])
    return Fault(kind, ", ".join([*named[:MOST_NAMED], *(["…"] if len(named) > MOST_NAMED else [])]), index)


def _scene_faults(story: Story, outlook: Outlook, index: int, scene: Scene, places: list[Place]) -> Iterator[Fault]:
    """places: all that runs can be in there; where there are none, nothing can be said of its choices."""
    if not places or all(not choice.conditions for choice in scene.choices):
        return
    for place, choice in enumerate(scene.choices):
        yield from (Fault(kind, name, index, place) for kind, name in _never(story, outlook, choice, places))
    ways = outlook.chart.ways[outlook.chart.number[scene.key]]
    if not all(any(all(map(place.passes, way.tests)) for way in ways) for place in places):
        yield Fault(FaultKind.STUCK, scene.key, index)


def _never(story: Story, outlook: Outlook, choice: Choice, places: list[Place]) -> Iterator[tuple[FaultKind, str]]:
    tests = {condition: outlook.chart.test(condition) for condition in choice.conditions}
    never = [condition for condition, test in tests.items() if not any(place.passes(test) for place in places)]
    for condition in never:
        if is_of_story(story, condition):
            yield FaultKind.NEVER_HOLDS, f"{condition.kind}: {condition.operand}"
    if not never and not any(all(map(place.passes, tests.values())) for place in places):
        yield FaultKind.NEVER_OFFERED, choice.key
