"""What a finished run says about its decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from training.domain.scenario.graph import Choice, Scene, Story
from training.domain.scenario.scoring import best_points_from


class Verdict(StrEnum):
    STRONG = "strong"
    """Nothing was lost."""
    PARTLY = "partly"
    """Half of what was possible or more."""
    COSTLY = "costly"


@dataclass(frozen=True)
class Decision:
    """One choice and what it was worth.

    best: the choice that leads to the most points from its scene; the one taken, if it does.
    cost: how much less the best way on from here can reach than the best way from the scene before the choice. Points
    and costs of a run add up to the best points of the story.
    """

    scene: Scene
    choice: Choice
    best: Choice
    cost: int

    @property
    def points(self) -> int:
        return self.choice.total

    @property
    def possible(self) -> int:
        return self.points + self.cost

    @property
    def verdict(self) -> Verdict:
        if not self.cost:
            return Verdict.STRONG
        return Verdict.PARTLY if 2 * self.points >= self.possible else Verdict.COSTLY


@dataclass(frozen=True)
class ClauseScore:
    """Points for one clause, out of those that the decisions of the run could have earned for it."""

    code: str
    points: int
    offered: int

    @property
    def is_low(self) -> bool:
        return 2 * self.points <= self.offered and self.points < self.offered


def review(story: Story, taken: Iterable[tuple[str, str]]) -> list[Decision]:
    """The decisions of a run, given as (scene key, choice key). Raises KeyError for what the story doesn't have."""
    best_from = best_points_from(story)
    decisions = []
    for scene_key, choice_key in taken:
        scene = story.scene(scene_key)
        choice = scene.choice(choice_key)
        if choice is None:
            raise KeyError(choice_key)
        # The choice taken stands first, so that of several best ones it is the best.
        best = max((choice, *scene.choices), key=lambda one: one.total + best_from[one.target])
        cost = best_from[scene_key] - choice.total - best_from[choice.target]
        decisions.append(Decision(scene, choice, best, cost))
    return decisions


def clause_scores(decisions: Sequence[Decision]) -> list[ClauseScore]:
    """Points by clause, in the order in which the run met them.

    A best choice missed nothing, so it offered what it earned. Any other offered, for each clause that it or the best choice
    cites, the most that the scene has for it. Clauses with nothing on offer are left out.
    """
    points: dict[str, int] = {}
    offered: dict[str, int] = {}
    for decision in decisions:
        taken = dict(decision.choice.points)
        cited = {**taken, **dict(decision.best.points)}
        for code in cited:
            earned = taken.get(code, 0)
            most = max(dict(choice.points).get(code, 0) for choice in decision.scene.choices)
            points[code] = points.get(code, 0) + earned
            offered[code] = offered.get(code, 0) + (most if decision.cost else earned)
    return [ClauseScore(code, points[code], most) for code, most in offered.items() if most]
