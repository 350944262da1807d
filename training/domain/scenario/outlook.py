"""What can still come of a run: every place that it can get to, and the most points that it can still gain.

Two searches. The first goes through places: a node with as much of the run's state as some condition ahead asks for. The places that
lead to each other are then one cluster. The second goes through clusters for the most points. A choice counts once, so it must know
what has been gained, but only of choices that can be met again. Within a cluster, whatever can be gone round at no cost is gone
round, and all its points are gained at once; what is left to try are the choices that cost points, and the ways out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from training.domain.scenario.chart import Chart, Place
from training.domain.scenario.components import components
from training.domain.scenario.graph import Story, shifted
from training.domain.scenario.running import State

MOST_STEPS = 200_000
"""Choices looked at before a story counts as too tangled: about a second on a small server."""


class TooTangled(Exception):
    """There are too many ways through a story to know its best points. `loop`: keys of the scenes where they multiply."""

    def __init__(self, loop: tuple[str, ...]) -> None:
        self.loop = loop
        super().__init__(", ".join(loop))


class Step(NamedTuple):
    """A choice at a place. token: what it is known by, with all that was gained before, once it has been gained; 0 where it needn't be."""

    target: Place
    points: int
    token: int
    stays: bool
    """Within the loop: once it is left, nothing gained there can be met again."""


@dataclass(frozen=True)
class Cluster:
    """Places that lead to each other, or a single one.

    costs: tokens of its choices within that cost points. ahead: tokens of all choices that can be taken from here on.
    """

    members: list[Place]
    is_loop: bool
    leads_on: bool
    costs: int
    ahead: int


@dataclass(frozen=True, eq=False)
class Region:
    """Places that lead to each other at no cost. gains: token → points of the choices within. exits: the steps that leave it."""

    is_ending: bool
    exits: list[Step]
    gains: dict[int, int] = field(default_factory=dict)


Spot = tuple[Region, int]
"""A region, with the tokens of what was gained and could be met again."""


class Outlook:
    """Of one story. It keeps what it has found, so ask one for all that there is to ask of a story.

    without_critical: of the runs in which no critical choice is taken.
    """

    def __init__(self, story: Story, *, without_critical: bool = False, most_steps: int = MOST_STEPS) -> None:
        self.chart = Chart(story, without_critical=without_critical)
        self.clusters: list[Cluster] = []
        self._most_steps = most_steps
        self._spent: Counter[int] = Counter()
        self._steps: dict[Place, list[Step]] = {}
        self._cluster: dict[Place, int] = {}
        self._regions: dict[tuple[int, int], dict[Place, Region]] = {}
        self._most: dict[Spot, int | None] = {}

    def explore(self, state: State) -> None:
        """Finds the clusters of all places that a run can get to from here. Raises TooTangled."""
        place, _ = self.chart.place_of(state)
        for members in components([place], self._targets, self._cluster):
            self._settle(members)

    def best_gain(self, state: State) -> int | None:
        """The most points that a run can still gain on its way to an ending; None where no way leads to one. Raises TooTangled."""
        self.explore(state)
        gained, spot = self._enter(*self.chart.place_of(state))
        most = self._most_from(spot)
        return None if most is None else gained + most

    def _targets(self, place: Place) -> Iterator[Place]:
        self._spend(place, len(self.chart.ways[place.node]))
        self._steps[place] = steps = list(self._steps_from(place))
        return (step.target for step in steps)

    def _steps_from(self, place: Place) -> Iterator[Step]:
        chart = self.chart
        counts = chart.counts(place)
        for way in chart.ways[place.node]:
            if way.target is None or (way.tests and not all(map(place.passes, way.tests))):
                continue
            points = 0 if way.token & place.gained else way.points
            stays = chart.group[place.node] == chart.group[way.target]
            gained = place.gained | way.token if stays else 0
            target = chart.place(
                way.target,
                shifted(place.mood, way.mood_change),
                # What is settled within a loop stays settled, whatever the choices there are worth.
                place.points + (points if counts or not way.token else 0),
                place.flags | way.flags,
                gained,
            )
            # While points matter the place itself knows what was gained; after that, the steps.
            yield Step(target, points, gained if gained and not chart.counts(target) else 0, stays)

    def _settle(self, members: list[Place]) -> None:
        number = len(self.clusters)
        self._cluster.update(dict.fromkeys(members, number))
        is_loop = leads_on = False
        costs = ahead = 0
        for step in (step for place in members for step in self._steps[place]):
            ahead |= step.token
            if (target := self._cluster[step.target]) != number:
                leads_on = True
                ahead |= self.clusters[target].ahead if step.stays else 0
            else:
                is_loop = True
                costs |= step.token if step.points < 0 else 0
        self.clusters.append(Cluster(members, is_loop, leads_on, costs, ahead))

    def _enter(self, place: Place, gained: int) -> tuple[int, Spot]:
        """What coming to a place gains at once, and where the run then is."""
        number = self._cluster[place]
        cluster = self.clusters[number]
        gained &= cluster.ahead
        opened = gained & cluster.costs
        regions = self._regions.get((number, opened))
        if regions is None:
            regions = self._regions[number, opened] = self._divide(number, opened)
        region = regions[place]
        points = 0
        for token, more in region.gains.items():
            if not token & gained:
                gained |= token
                points += more
        return points, (region, gained)

    def _divide(self, number: int, opened: int) -> dict[Place, Region]:
        """The regions of a cluster, where the choices with the tokens `opened` cost no more."""
        cluster = self.clusters[number]

        def free(place: Place) -> Iterator[Place]:
            for step in self._steps[place]:
                if self._cluster[step.target] == number and (step.points >= 0 or step.token & opened):
                    yield step.target

        is_whole = not cluster.costs & ~opened
        regions = {}
        for members in [cluster.members] if is_whole else components(cluster.members, free):
            within = set(members)
            steps = [step for place in members for step in self._steps[place]]
            self._spend(members[0], len(steps))
            region = Region(
                is_ending=self.chart.is_ending(members[0]),
                exits=[step for step in steps if step.target not in within],
                gains={step.token: step.points for step in steps if step.target in within and step.points > 0},
            )
            regions.update(dict.fromkeys(members, region))
        return regions

    def _most_from(self, spot: Spot) -> int | None:
        # No way leads from a spot back to it: whatever is gone round is within a region, or opens something for good.
        moves: dict[Spot, list[tuple[int, Spot]]] = {}
        waiting = [spot]
        while waiting:
            here = waiting[-1]
            if here in self._most:
                waiting.pop()
            elif here not in moves:
                moves[here] = list(self._moves(here))
                waiting.extend(after for _, after in moves[here] if after not in self._most)
            else:
                self._most[here] = self._best_of(here, moves.pop(here))
        return self._most[spot]

    def _moves(self, spot: Spot) -> Iterator[tuple[int, Spot]]:
        region, gained = spot
        for step in region.exits:
            self._spend(step.target, 1)
            points, after = self._enter(step.target, gained | step.token if step.stays else 0)
            yield points + (0 if step.token & gained else step.points), after

    def _best_of(self, spot: Spot, moves: list[tuple[int, Spot]]) -> int | None:
        if spot[0].is_ending:
            return 0
        ways = ((points, self._most[after]) for points, after in moves)
        return max((points + most for points, most in ways if most is not None), default=None)

    def _spend(self, place: Place, steps: int) -> None:
        """Counts what was looked at, by the loop that it is in."""
        self._spent[self.chart.group[place.node]] += steps
        self._most_steps -= steps
        if self._most_steps < 0:
            worst, _ = self._spent.most_common(1)[0]
            raise TooTangled(tuple(self.chart.nodes[node].key for node in sorted(self.chart.groups[worst])))
