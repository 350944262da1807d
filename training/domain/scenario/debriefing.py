"""What a finished run says about its decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from training.domain.scenario.graph import Choice, Scene, Story
from training.domain.scenario.outlook import Outlook
from training.domain.scenario.running import State, Taken, gain, offered, replay, take
from training.domain.scenario.scoring import gain_from


class Verdict(StrEnum):
    STRONG = "strong"
    """Nothing was lost."""
    PARTLY = "partly"
    """Half of what was possible or more."""
    COSTLY = "costly"


@dataclass(frozen=True)
class Decision:
    """One choice and what it was worth, as the run stood.

    best: the choice offered that leads to the most points from here; the one taken, if it does. cost: how much less the best way on
    can reach than before the choice. Points and costs of a run add up to the best points of the story.
    stake: the cost of the worst choice offered.
    open: keys of the choices offered whose points had not been counted yet.
    is_detour: nothing was lost, but only because the story came back here: it gained nothing and could have been done without.
    """

    scene: Scene
    choice: Choice
    best: Choice
    cost: int
    stake: int
    open: frozenset[str]
    is_detour: bool = False

    @property
    def points(self) -> int:
        """What the choice counted: nothing, if it was taken before."""
        return self.choice.total if self.choice.key in self.open else 0

    @property
    def possible(self) -> int:
        return self.points + self.cost

    @property
    def is_critical(self) -> bool:
        return self.choice.is_critical

    @property
    def verdict(self) -> Verdict:
        if self.is_critical:
            return Verdict.COSTLY
        if not self.cost:
            return Verdict.PARTLY if self.is_detour else Verdict.STRONG
        return Verdict.PARTLY if 2 * self.points >= self.possible else Verdict.COSTLY

    def points_by_clause(self, choice: Choice) -> dict[str, int]:
        """Clause → what a choice of the scene would have counted for it, of those offered."""
        return dict(choice.points) if choice.key in self.open else {}


@dataclass(frozen=True)
class ClauseScore:
    """Points for one clause, out of those that the decisions of the run could have earned for it."""

    code: str
    points: int
    offered: int

    @property
    def is_low(self) -> bool:
        return 2 * self.points <= self.offered and self.points < self.offered


class Reviewer:
    """Reviews the runs of one story. What it found for one run it needn't look for again in the next."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._outlook = Outlook(story)
        self._known: dict[tuple[State, str], Decision] = {}

    def review(self, taken: Iterable[Taken]) -> list[Decision]:
        """The decisions of a run, given as (scene key, choice key).

        Raises KeyError for what the story doesn't have or the run wasn't at; of a story that isn't sound, TooTangled or ValueError.
        """
        path = list(taken)
        states = replay(self._story, path)
        return [self._decision(state, choice_key) for state, (_, choice_key) in zip(states, path, strict=False)]

    def _decision(self, state: State, choice_key: str) -> Decision:
        if (state, choice_key) not in self._known:
            self._known[state, choice_key] = _decision(self._story, self._outlook, state, choice_key)
        return self._known[state, choice_key]


def review(story: Story, taken: Iterable[Taken]) -> list[Decision]:
    """The decisions of one run, as `Reviewer` gives them."""
    return Reviewer(story).review(taken)


def _decision(story: Story, outlook: Outlook, state: State, choice_key: str) -> Decision:
    scene = story.scene(state.key)
    # The choice taken stands first, so that of several best ones it is the best.
    choices = sorted(offered(story, state), key=lambda one: one.key != choice_key)
    if not choices or choices[0].key != choice_key:
        raise KeyError((scene.key, choice_key))
    reach = {one.key: gain(state, one) + gain_from(outlook, take(state, one)) for one in choices}
    best = max(choices, key=lambda one: reach[one.key])
    cost = reach[best.key] - reach[choice_key]
    return Decision(
        scene=scene,
        choice=choices[0],
        best=best,
        cost=cost,
        stake=reach[best.key] - min(reach.values()),
        open=frozenset(one.key for one in choices if (scene.key, one.key) not in state.taken),
        is_detour=not cost and _is_detour(story, outlook, state, choices),
    )


def _is_detour(story: Story, outlook: Outlook, state: State, choices: Sequence[Choice]) -> bool:
    """Whether the first of the choices, a best one, gained nothing, can be taken back, and isn't on every best way."""
    taken, *others = choices
    earned = gain(state, taken)
    leads_back = outlook.chart.leads_back(state.key, taken.target)
    if earned > 0 or not leads_back or not any(gain(state, other) > earned for other in others):
        return False
    scene = story.scene(state.key)
    rest = replace(scene, choices=tuple(one for one in scene.choices if one is not taken))
    without = replace(story, nodes=tuple(rest if node is scene else node for node in story.nodes))
    return Outlook(without).best_gain(state) == outlook.best_gain(state)


def clause_scores(decisions: Sequence[Decision]) -> list[ClauseScore]:
    """Points by clause, not below 0, in the order in which the run met them.

    A best choice missed nothing, so it offered what it earned. Any other offered, for each clause that it or the best choice
    cites, the most that the scene had for it. What has counted before neither earns nor offers. Clauses with nothing on offer are
    left out.
    """
    points: Counter[str] = Counter()
    offered: Counter[str] = Counter()
    for decision in decisions:
        earned = decision.points_by_clause(decision.choice)
        for code in {**earned, **decision.points_by_clause(decision.best)}:
            worth = (decision.points_by_clause(choice).get(code, 0) for choice in decision.scene.choices)
            points[code] += earned.get(code, 0)
            offered[code] += max(0, *worth) if decision.cost else max(0, earned.get(code, 0))
    return [ClauseScore(code, max(0, points[code]), most) for code, most in offered.items() if most]
