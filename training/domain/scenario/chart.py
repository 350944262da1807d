"""A story as a search reads it: numbered nodes, and what of a run's state still matters at each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from training.domain.scenario.components import components
from training.domain.scenario.conditions import Condition, ConditionKind
from training.domain.scenario.graph import Choice, Ending, Scene, Story
from training.domain.scenario.running import State, Taken


class Subject(Enum):
    MOOD = auto()
    POINTS = auto()
    FLAGS = auto()


class Test(NamedTuple):
    """A condition in one form: mood or points reach `number`, or one of the bits of `number` is set; or they don't."""

    subject: Subject
    number: int
    expected: bool


class Way(NamedTuple):
    """A choice. place: where it stands in its scene; target: number of a node, None where there is none.

    flags: what conditions know it by. token: a bit of its own in its group if it can be taken twice and has points, else 0.
    """

    place: int
    target: int | None
    mood_change: int
    points: int
    flags: int
    token: int
    tests: tuple[Test, ...]


@dataclass(frozen=True)
class Matter:
    """What a condition on the way ahead may still ask for.

    thresholds: lowest and highest number of points that one tells from the number before. drop and rise: by how much points may
    change, at most, before one does.
    """

    mood: bool = False
    flags: int = 0
    thresholds: tuple[int, int] | None = None
    drop: int = 0
    rise: int = 0

    @property
    def settled(self) -> tuple[int, int]:
        """So few points, or fewer, and so many, or more, that each condition ahead will say the same of them whatever comes."""
        if self.thresholds is None:
            return 0, 0
        lowest, highest = self.thresholds
        return lowest - self.rise - 1, highest - self.drop


class Place(NamedTuple):
    """A node and what a run has come to, as far as it matters there. gained: tokens of choices that count no more.

    Where it is settled what conditions on points will say, `gained` is 0: what a run offers doesn't depend on it.
    """

    node: int
    mood: int
    points: int
    flags: int
    gained: int

    def passes(self, test: Test) -> bool:
        if test.subject is Subject.FLAGS:
            return bool(self.flags & test.number) is test.expected
        value = self.mood if test.subject is Subject.MOOD else self.points
        return (value >= test.number) is test.expected


class Chart:
    """nodes: of each key the first. ways: the choices of each node. group: of each node, the number of the loop, or single node,
    that it belongs to; groups are numbered so that none leads to one of a higher number.
    """

    def __init__(self, story: Story, *, without_critical: bool = False) -> None:
        self.nodes = [story.by_key[key] for key in dict.fromkeys(node.key for node in story.nodes)]
        self.number = {node.key: number for number, node in enumerate(self.nodes)}
        self._bits = _bits(story)
        targets = [
            [self.number[choice.target] for choice in _choices(node) if choice.target in self.number]
            for node in self.nodes
        ]
        self.groups = list(components(range(len(self.nodes)), targets.__getitem__))
        self.group = {node: number for number, members in enumerate(self.groups) for node in members}
        self._tokens: list[dict[Taken, int]] = [{} for _ in self.groups]
        self.ways = [
            [
                self._way(node, place, choice)
                for place, choice in enumerate(_choices(node))
                if not (without_critical and choice.is_critical)
            ]
            for node in self.nodes
        ]
        self.matters: list[Matter] = []
        for members in self.groups:
            self.matters.append(self._matter(members))
        self._settled = [matter.settled for matter in self.matters]

    def leads_back(self, scene: str, target: str) -> bool:
        """Whether a node that the scene leads to leads back to it, whatever the conditions."""
        return self.group[self.number[scene]] == self.group[self.number[target]]

    def is_ending(self, place: Place) -> bool:
        return isinstance(self.nodes[place.node], Ending)

    def place(self, node: int, mood: int, points: int, flags: int, gained: int) -> Place:
        """Where a run is, without what matters no more. gained: of the node's group."""
        group = self.group[node]
        matter = self.matters[group]
        few, many = self._settled[group]
        if not few < points < many:
            points, gained = few if points <= few else many, 0
        return Place(node, mood if matter.mood else 0, points, flags & matter.flags, gained)

    def counts(self, place: Place) -> bool:
        """Whether a condition ahead may depend on the points that are gained from here on."""
        few, many = self._settled[self.group[place.node]]
        return few < place.points < many

    def place_of(self, state: State) -> tuple[Place, int]:
        """Where a run stands, and the tokens of what it has gained that the place doesn't know."""
        group = self.group[self.number[state.key]]
        flags = gained = 0
        for taken in state.taken:
            flags |= self._flags(*taken)
            gained |= self._tokens[group].get(taken, 0)
        place = self.place(self.number[state.key], state.mood, state.points, flags, gained)
        return place, 0 if self.counts(place) else gained

    def test(self, condition: Condition) -> Test:
        number = condition.number
        match condition.kind:
            case ConditionKind.MOOD_AT_LEAST:
                return Test(Subject.MOOD, number, True)
            case ConditionKind.MOOD_AT_MOST:
                return Test(Subject.MOOD, number + 1, False)
            case ConditionKind.POINTS_AT_LEAST:
                return Test(Subject.POINTS, number, True)
            case ConditionKind.POINTS_AT_MOST:
                return Test(Subject.POINTS, number + 1, False)
            case _:
                expected = condition.kind in {ConditionKind.VISITED, ConditionKind.CHOSEN}
                return Test(Subject.FLAGS, self._bits[condition.scene, condition.choice], expected)

    def _flags(self, scene: str, choice: str) -> int:
        return self._bits.get((scene, ""), 0) | self._bits.get((scene, choice), 0)

    def _way(self, node: Scene | Ending, place: int, choice: Choice) -> Way:
        target = self.number.get(choice.target)
        group = self.group[self.number[node.key]]
        token = 0
        if choice.total and target is not None and self.group[target] == group:
            tokens = self._tokens[group]
            token = tokens.setdefault((node.key, choice.key), 1 << len(tokens))
        tests = tuple(map(self.test, choice.conditions))
        return Way(place, target, choice.mood_change, choice.total, self._flags(node.key, choice.key), token, tests)

    def _matter(self, members: Iterable[int]) -> Matter:
        """What still matters in a group. Those that it leads to have been seen."""
        mood, flags, drop, rise = False, 0, 0, 0
        steps, thresholds = [(0, 0)], set[int]()
        for way in (way for node in members for way in self.ways[node]):
            for test in way.tests:
                mood |= test.subject is Subject.MOOD
                flags |= test.number if test.subject is Subject.FLAGS else 0
                thresholds |= {test.number} if test.subject is Subject.POINTS else set()
            if way.target is None:
                continue
            if (group := self.group[way.target]) == len(self.matters):
                drop += min(0, way.points)
                rise += max(0, way.points)
                continue
            ahead = self.matters[group]
            mood |= ahead.mood
            flags |= ahead.flags
            if ahead.thresholds:
                thresholds |= set(ahead.thresholds)
                steps.append((way.points + ahead.drop, way.points + ahead.rise))
        drop += min(least for least, _ in steps)
        rise += max(most for _, most in steps)
        return Matter(mood, flags, (min(thresholds), max(thresholds)) if thresholds else None, drop, rise)


def _choices(node: Scene | Ending) -> tuple[Choice, ...]:
    return node.choices if isinstance(node, Scene) else ()


def _bits(story: Story) -> dict[tuple[str, str], int]:
    """A bit for each scene, or choice of one, that a condition asks for."""
    asked = {
        (condition.scene, condition.choice): None
        for scene in story.scenes
        for choice in scene.choices
        for condition in choice.conditions
        if not condition.kind.is_of_number
    }
    return {one: 1 << place for place, one in enumerate(asked)}
