"""What role-plays show of people's memory."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby
from operator import itemgetter

from django.db.models import QuerySet

from people.models import User
from quizzes.domain.recall import Exposure, Source
from quizzes.enums import RecallSource
from training.domain.scenario.debriefing import Decision, review
from training.domain.scenario.graph import Story
from training.domain.scenario.remembering import rating_of_choice
from training.models import Playthrough, ScenarioVersion, StepClause


def run_exposures_unscoped(runs: Collection[Playthrough] | QuerySet[Playthrough]) -> list[Exposure]:
    """What each choice of these ended runs showed of each clause that it cites. Two queries."""
    rows = list(
        StepClause.objects.filter(step__playthrough__in=runs)
        .order_by("step__playthrough", "step__position", "pk")
        .values_list(
            "step__playthrough",
            "step__playthrough__version",
            "step",
            "step__scene_key",
            "step__choice_key",
            "step__chosen_at",
            "clause_version__clause",
            "points",
        )
    )
    versions = ScenarioVersion.objects.filter(pk__in={row[1] for row in rows})
    stories = {version.pk: Story.compose(version.graph) for version in versions}
    decisions: dict[int, Decision] = {}
    for (_, version), in_run in groupby(rows, key=itemgetter(0, 1)):
        # Each choice cites a clause, so none of the run is missing.
        taken = {step: (scene, choice) for _, _, step, scene, choice, *_ in in_run}
        decisions |= zip(taken, review(stories[version], taken.values()), strict=True)
    return [
        Exposure(clause, rating_of_choice(decisions[step], points), Source(RecallSource.CHOICE, step), at)
        for _, _, step, _, _, at, clause, points in rows
    ]


def choices_of(learner: User) -> list[Exposure]:
    """Every choice of this person in runs that reached an ending and count: practice after a debrief shows no memory."""
    return run_exposures_unscoped(Playthrough.objects.ended().counting().filter(learner=learner))
