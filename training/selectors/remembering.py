"""What role-plays show of people's memory."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from people.models import User
from quizzes.domain.recall import Exposure, Source
from quizzes.enums import RecallSource
from training.domain.scenario.debriefing import review
from training.domain.scenario.graph import Story
from training.domain.scenario.remembering import rating_of_choice
from training.models import Playthrough, ScenarioVersion, StepClause


def run_exposures_unscoped(runs: Collection[Playthrough] | QuerySet[Playthrough]) -> list[Exposure]:
    """What each choice of these ended runs showed of each clause that it cites. Two queries."""
    rows = list(
        StepClause.objects.filter(step__playthrough__in=runs)
        .order_by("step__playthrough", "step__position", "pk")
        .values_list(
            "step",
            "step__playthrough__version",
            "step__scene_key",
            "step__choice_key",
            "step__chosen_at",
            "clause_version__clause",
            "points",
        )
    )
    versions = ScenarioVersion.objects.filter(pk__in={row[1] for row in rows})
    stories = {version.pk: Story.compose(version.graph) for version in versions}
    decisions = {
        (version, scene, choice): review(stories[version], [(scene, choice)])[0]
        for version, scene, choice in dict.fromkeys((row[1], row[2], row[3]) for row in rows)
    }
    return [
        Exposure(
            clause, rating_of_choice(decisions[version, scene, choice], points), Source(RecallSource.CHOICE, step), at
        )
        for step, version, scene, choice, at, clause, points in rows
    ]


def choices_of(learner: User) -> list[Exposure]:
    """Every choice of this person in runs that reached an ending."""
    return run_exposures_unscoped(Playthrough.objects.ended().filter(learner=learner))
