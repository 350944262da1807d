"""A run that ended: what it says to the one who played it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from wagtail.models import Locale

from people.models import User
from standards.enums import Pitfall
from standards.selectors.clauses import CitedClause, cited_clauses, clause_ids_by_code, clauses_by_id
from training.domain.scenario.debriefing import Decision, Verdict, clause_scores, review
from training.domain.scenario.graph import Ending, Story
from training.domain.scenario.scoring import needed_points
from training.enums import Mood
from training.models import (
    Playthrough,
    PlaythroughStep,
    ScenarioPage,
    StepClause,
)
from training.selectors.scenarios import story_of_version

LONGEST_SITTING = timedelta(hours=1)
"""A run that took longer was left and taken up again: how long it took says nothing."""


TONES = {Verdict.STRONG: "ok", Verdict.PARTLY: "soon", Verdict.COSTLY: "stop"}


@dataclass(frozen=True)
class DebriefStep:
    """One decision. is_late: the scene's clock took it. is_repeated: practice began after it.

    is_folded: only what was said is shown before a tap. is_open: the text of its clauses is shown with what came of it.
    """

    position: int
    decision: Decision
    mood_before: Mood
    mood_after: Mood
    clauses: list[CitedClause]
    is_late: bool
    is_repeated: bool
    is_folded: bool
    is_open: bool

    @property
    def is_strong(self) -> bool:
        return self.decision.verdict is Verdict.STRONG

    @property
    def is_costly(self) -> bool:
        return self.decision.verdict is Verdict.COSTLY

    @property
    def tone(self) -> str:
        return TONES[self.decision.verdict]

    @property
    def has_mood_changed(self) -> bool:
        return self.mood_before != self.mood_after

    @property
    def pitfalls(self) -> list[str]:
        return [str(Pitfall(pitfall).label) for pitfall in self.decision.choice.pitfalls]


@dataclass(frozen=True)
class Subscore:
    code: str
    title: str
    points: int
    offered: int
    is_low: bool

    @property
    def percent(self) -> int:
        return round(100 * self.points / self.offered)


@dataclass(frozen=True)
class Scale:
    """The points of a run, the pass mark and the best way on a line of 400 units, with labels that keep clear of each other."""

    points: int
    needed: int
    best: int

    WIDTH = 400

    @property
    def points_x(self) -> int:
        return round(self.WIDTH * max(self.points, 0) / self.best)

    @property
    def needed_x(self) -> int:
        return round(self.WIDTH * self.needed / self.best)

    @property
    def points_anchor(self) -> str:
        """At either end of the line the label grows inwards."""
        return "start" if self.points_x < 40 else "end" if self.points_x > self.WIDTH - 40 else "middle"

    @property
    def needed_anchor(self) -> str:
        return "start" if self.needed_x < self.WIDTH / 2 else "end"

    @property
    def has_room_for_best(self) -> bool:
        return self.needed_x < self.WIDTH - 40


@dataclass(frozen=True)
class Debrief:
    """What a run that ended says: how it ended, its points beside the pass mark and the best way, each decision, points by clause."""

    playthrough: Playthrough
    story: Story
    ending: Ending
    needed: int
    steps: list[DebriefStep]
    subscores: list[Subscore]

    @property
    def scale(self) -> Scale:
        return Scale(self.playthrough.points or 0, self.needed, self.playthrough.best_points)

    @property
    def duration(self) -> timedelta | None:
        """How long it took; None where it was left and taken up again later."""
        spent = self.playthrough.duration
        return spent if spent and spent <= LONGEST_SITTING else None

    @property
    def has_failed(self) -> bool:
        """A critical choice was taken."""
        return any(step.decision.is_critical for step in self.steps)

    @property
    def worth_another_look(self) -> list[Subscore]:
        """The weakest clauses first; empty where none is weak."""
        return sorted(
            (entry for entry in self.subscores if entry.is_low), key=lambda entry: entry.points / entry.offered
        )


def ended_playthrough_for_learner(viewer: User, scenario: ScenarioPage, public_id: uuid.UUID) -> Playthrough | None:
    """This person's own run of this scenario that has ended; None for any other."""
    runs = Playthrough.objects.ended().filter(learner=viewer, scenario=scenario, public_id=public_id)
    return runs.select_related("version", "scenario", "practice_of").first()


def debrief_for_learner(playthrough: Playthrough, locale: Locale) -> Debrief:
    """What a run of the learner's own that ended says. A fixed number of queries."""
    story = story_of_version(playthrough.version, locale)
    steps = list(playthrough.steps.order_by("position"))
    decisions = review(story, [(step.scene_key, step.choice_key) for step in steps])
    return Debrief(
        playthrough=playthrough,
        story=story,
        ending=next(ending for ending in story.endings if ending.key == playthrough.ending_key),
        needed=needed_points(playthrough.best_points, playthrough.version.mastery_score),
        steps=_debriefed(steps, decisions, playthrough.from_position or 1, _cited(steps, locale)),
        subscores=_subscores(decisions, locale),
    )


def _debriefed(
    steps: list[PlaythroughStep], decisions: list[Decision], first: int, cited: dict[int, list[CitedClause]]
) -> list[DebriefStep]:
    """The eye shall go to what was lost: where anything was, decisions without a fault are folded, and so is what practice repeats.

    first: position of the first decision that the run made itself.
    """
    dearest = max(decisions[first - 1 :], key=lambda decision: decision.cost)
    found = []
    for step, decision in zip(steps, decisions, strict=True):
        is_faultless = decision.verdict is Verdict.STRONG and not decision.choice.pitfalls
        is_repeated = step.position < first
        is_folded = is_repeated or (is_faultless and bool(dearest.cost))
        found.append(
            DebriefStep(
                step.position,
                decision,
                Mood(step.mood_before),
                Mood(step.mood_after),
                cited[step.pk],
                is_late=step.is_late,
                is_repeated=is_repeated,
                is_folded=is_folded,
                is_open=is_folded or decision.is_critical or (decision is dearest and bool(decision.cost)),
            )
        )
    return found


def _cited(steps: list[PlaythroughStep], locale: Locale) -> dict[int, list[CitedClause]]:
    """Step id → its clauses, in the versions that were in force when the choice was made."""
    rows = list(StepClause.objects.filter(step__in=steps).select_related("clause_version__clause").order_by("pk"))
    clauses = cited_clauses([row.clause_version for row in rows], locale)
    found: dict[int, list[CitedClause]] = defaultdict(list)
    for row in rows:
        found[row.step_id].append(clauses[row.clause_version_id])
    return found


def _subscores(decisions: list[Decision], locale: Locale) -> list[Subscore]:
    scores = clause_scores(decisions)
    ids = clause_ids_by_code([score.code for score in scores])
    clauses = clauses_by_id(list(ids.values()), locale)
    return [
        Subscore(score.code, clauses[ids[score.code]].content.title, score.points, score.offered, score.is_low)
        for score in scores
    ]
