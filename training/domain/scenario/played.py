"""What many runs say about a story and about clauses: each person's first run to the end, so that nobody knew what comes.

A decision is an item of a quiz whose marks are the points that were lost in it, as negative numbers: the sum over a run is then what
the run is short of the best points, whichever way it took. A critical choice loses as much as any choice of its scene can.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from statistics import median

from quizzes.domain.statistics.items import FEWEST_FOR_FACILITY, Item, ItemStatistics, Shown, analyse
from quizzes.domain.statistics.marks import Sheet
from quizzes.domain.statistics.verdicts import Verdict, verdict_on
from training.domain.scenario.debriefing import Decision, Reviewer, clause_scores
from training.domain.scenario.graph import Story
from training.domain.scenario.running import Taken

AGAIN = -1
"""The item of all decisions in scenes where the run had been before."""


@dataclass(frozen=True)
class PlayedStep:
    """seconds: the time it took to choose; None where it says nothing, as with a long pause."""

    scene: str
    choice: str
    seconds: float | None = None


@dataclass(frozen=True)
class PlayedRun:
    """A run that ended. score: the share of the best points; mood: how the customer felt in the end."""

    steps: tuple[PlayedStep, ...]
    ending: str
    mood: int
    score: float
    is_success: bool

    @property
    def taken(self) -> list[Taken]:
        return [(step.scene, step.choice) for step in self.steps]

    @property
    def seconds(self) -> float | None:
        """None where it was left and taken up again."""
        times = [step.seconds for step in self.steps if step.seconds is not None]
        return sum(times) if len(times) == len(self.steps) else None


@dataclass(frozen=True)
class PlayedScene:
    """How a decision went. statistics: of the first time that runs came here; its facility is 1 where nothing was lost, and 0 where all
    was that could be. seconds: the median of all times. left: how many stopped here; None where too few came to say.
    """

    key: str
    statistics: ItemStatistics
    is_at_stake: bool
    """Some choice here lost something that another could have kept."""
    seconds: float | None
    left: int | None

    @property
    def verdict(self) -> Verdict:
        return verdict_on(self.statistics)

    @property
    def is_to_check(self) -> bool:
        return self.is_at_stake and self.verdict.is_grave


@dataclass(frozen=True)
class PlayedStory:
    """counts: (scene key, choice key) → in how many runs it was taken, for scenes that enough runs came to. endings and moods: of each,
    how many runs came to it. What rests on too few runs is empty or None.
    """

    runs: int
    scenes: tuple[PlayedScene, ...]
    counts: Mapping[Taken, int]
    endings: Mapping[str, int]
    moods: Mapping[int, int]
    score: float | None = None
    passed: float | None = None
    seconds: float | None = None

    @property
    def shown(self) -> Shown:
        return Shown.for_attempts(self.runs)

    @cached_property
    def left(self) -> int:
        return sum(scene.left or 0 for scene in self.scenes)

    @property
    def to_check(self) -> int:
        """At how many decisions the best choice may be the wrong one."""
        return sum(scene.is_to_check for scene in self.scenes)


def analyse_play(story: Story, runs: Sequence[PlayedRun], left: Mapping[str, int] | None = None) -> PlayedStory:
    """left: key of each scene that people stopped at → how many."""
    reviewer = Reviewer(story)
    reviewed = [(run, reviewer.review(run.taken)) for run in runs]
    scenes = tuple(_scenes(story, reviewed, left or {}))
    if Shown.for_attempts(len(runs)) is Shown.NOTHING:
        return PlayedStory(len(runs), scenes, {}, {}, {})
    taken = Counter(one for run in runs for one in set(run.taken))
    times = [run.seconds for run in runs if run.seconds is not None]
    endings, moods = Counter(run.ending for run in runs), Counter(run.mood for run in runs)
    return PlayedStory(
        runs=len(runs),
        scenes=scenes,
        counts={
            (scene.key, choice.key): taken[scene.key, choice.key]
            for scene, played in zip(story.scenes, scenes, strict=True)
            if played.statistics.shown is not Shown.NOTHING
            for choice in scene.choices
        },
        endings={ending.key: endings[ending.key] for ending in story.endings},
        moods={mood: moods[mood] for mood in range(1, 6)},
        score=sum(run.score for run in runs) / len(runs),
        passed=sum(run.is_success for run in runs) / len(runs),
        seconds=_median(times),
    )


Reviewed = Sequence[tuple[PlayedRun, Sequence[Decision]]]


def _scenes(story: Story, reviewed: Reviewed, left: Mapping[str, int]) -> Iterator[PlayedScene]:
    """In the order of the story."""
    stakes, times, came = Counter[str](), defaultdict[str, list[float]](list), Counter[str]()
    for run, decisions in reviewed:
        for step, decision in zip(run.steps, decisions, strict=True):
            stakes[step.scene] = max(stakes[step.scene], decision.stake, _lost(decision))
            if step.seconds is not None:
                times[step.scene].append(step.seconds)
        came.update({step.scene for step in run.steps})
    keys = [scene.key for scene in story.scenes]
    for key, statistics in zip(keys, _statistics(keys, stakes, reviewed), strict=True):
        is_enough = came[key] + left.get(key, 0) >= FEWEST_FOR_FACILITY
        yield PlayedScene(
            key, statistics, bool(stakes[key]), _median(times[key]), left.get(key, 0) if is_enough else None
        )


def _statistics(keys: Sequence[str], stakes: Mapping[str, int], reviewed: Reviewed) -> list[ItemStatistics]:
    numbers = {key: number for number, key in enumerate(keys)}
    sheet = Sheet.read(list(_marks(numbers, run, decisions)) for run, decisions in reviewed)
    items = [
        Item(number, frozenset({number}), maximum=Fraction(max(stakes[key], 1))) for key, number in numbers.items()
    ]
    again = [Item(AGAIN, frozenset({AGAIN}))] if AGAIN in sheet.columns else []
    found = analyse(sheet, [*items, *again]).items[: len(items)]
    return [replace(one, facility=_kept(one.facility), facility_of_best=_kept(one.facility_of_best)) for one in found]


def _kept(lost: float | None) -> float | None:
    """The share that was kept, of the share that was lost as a negative number."""
    return None if lost is None else 1 + lost


def _marks(
    numbers: Mapping[str, int], run: PlayedRun, decisions: Sequence[Decision]
) -> Iterator[tuple[int, int, str, None]]:
    lost: dict[int, int] = {}
    for step, decision in zip(run.steps, decisions, strict=True):
        number = numbers[step.scene]
        number = AGAIN if number in lost else number
        lost[number] = lost.get(number, 0) + _lost(decision)
    for position, (number, points) in enumerate(lost.items()):
        yield position, number, str(-points), None


def _lost(decision: Decision) -> int:
    return max(decision.stake, 1) if decision.is_critical else decision.cost


def _median(times: Sequence[float]) -> float | None:
    return median(times) if len(times) >= FEWEST_FOR_FACILITY else None


@dataclass(frozen=True)
class ClauseInPlay:
    """lost: the share of the points for it that people didn't get. offered: those that they could have got."""

    code: str
    lost: float
    offered: int
    people: int
    scenarios: int


@dataclass(frozen=True)
class RunOf:
    """Whose run of what it is: both as numbers."""

    person: int
    scenario: int
    run: PlayedRun


def clauses_in_play(played: Iterable[tuple[Story, Iterable[RunOf]]]) -> list[ClauseInPlay]:
    """From runs by the story that they told, the clauses that most is lost on first. Those that fewer than five people met are left out."""
    points, offered = Counter[str](), Counter[str]()
    people, scenarios = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for story, runs in played:
        reviewer = Reviewer(story)
        for one in runs:
            for score in clause_scores(reviewer.review(one.run.taken)):
                points[score.code] += score.points
                offered[score.code] += score.offered
                people[score.code].add(one.person)
                scenarios[score.code].add(one.scenario)
    found = [
        ClauseInPlay(code, 1 - points[code] / most, most, len(people[code]), len(scenarios[code]))
        for code, most in offered.items()
        if len(people[code]) >= FEWEST_FOR_FACILITY
    ]
    return sorted(found, key=lambda one: (-one.lost, -one.offered, one.code))
