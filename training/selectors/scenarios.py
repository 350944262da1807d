"""Scenarios: what can be played, in which words, how somebody did, what cites a clause."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail.query import PageQuerySet

from core.enums import Status
from core.models import source_language
from people.models import User
from standards.contributions import ClauseUse
from standards.domain.coverage import Practice
from training.domain.scenario.graph import Story
from training.enums import Mood, PlayState
from training.models import (
    ChoiceCitation,
    Playthrough,
    ScenarioPage,
    ScenarioVersion,
    ScenarioVersionText,
)

STATUSES = {
    PlayState.NONE: Status.ASSIGNED,
    PlayState.OPEN: Status.IN_PROGRESS,
    PlayState.FAILED: Status.FAILED,
    PlayState.PASSED: Status.PASSED,
}


@dataclass(frozen=True)
class ScenarioSummary:
    """Where somebody stands with a scenario, by the runs that count.

    points, best_points, scaled, ended_at, public_id: of the best run that ended.
    """

    state: PlayState = PlayState.NONE
    is_open: bool = False
    points: int | None = None
    best_points: int | None = None
    scaled: Decimal | None = None
    ended_at: datetime | None = None
    public_id: uuid.UUID | None = None

    @property
    def status(self) -> Status:
        return STATUSES[self.state]


@dataclass(frozen=True)
class ScenarioCard:
    """A scenario in the list of role-plays."""

    page: ScenarioPage
    summary: ScenarioSummary

    @property
    def mood(self) -> Mood:
        """How the customer comes in."""
        return Mood(self.page.start_mood)


def live_scenarios_unscoped() -> PageQuerySet:
    """Published scenarios of the source language, in the order of the list of role-plays."""
    return source_scenarios_unscoped().live().order_by("path")


def scenario_cards_for_learner(viewer: User) -> list[ScenarioCard]:
    """The list of role-plays, with how this person did."""
    pages = [page for page in live_scenarios_unscoped().select_related("persona") if page.is_for(viewer)]
    summaries = scenario_summaries_for_learner(viewer, pages)
    return [ScenarioCard(page, summaries[page.pk]) for page in pages]


def scenario_for_viewer(viewer: User, slug: str) -> ScenarioPage | None:
    """A scenario that this person may open: a live one, or one that they have played or begun before it was taken down."""
    pages = source_scenarios_unscoped().filter(Q(live=True) | Q(playthroughs__learner=viewer), slug=slug)
    page = pages.select_related("persona").order_by("-live", "pk").first()
    return page if page and page.is_for(viewer) else None


def scenario_summaries_for_learner(viewer: User, scenarios: Iterable[ScenarioPage]) -> dict[int, ScenarioSummary]:
    """Page id → where this person stands, for each of these scenarios; one query."""
    ids = [page.pk for page in scenarios]
    runs: dict[int, list[Playthrough]] = defaultdict(list)
    counting = Playthrough.objects.counting().filter(learner=viewer, scenario__in=ids)
    for run in counting.order_by("started_at", "pk"):
        runs[run.scenario_id].append(run)
    return {page_id: _summary(runs[page_id]) for page_id in ids}


def introduction_for_viewer(viewer: User, scenario: ScenarioPage, locale: Locale) -> Story | None:
    """The story as a new run would tell it; None where nothing can be begun."""
    if not (scenario.live and scenario.is_for(viewer)):
        return None
    version = newest_version_unscoped(scenario)
    return story_of_version(version, locale) if version else None


def newest_version_unscoped(scenario: ScenarioPage) -> ScenarioVersion | None:
    return ScenarioVersion.objects.filter(scenario_key=scenario.translation_key).order_by("-number").first()


def story_of_version(version: ScenarioVersion, locale: Locale) -> Story:
    """A version in the words of `locale`, else of the source language."""
    words = ScenarioVersionText.objects.best_for([version.pk], locale)[version.pk]
    return Story.compose(version.graph, words.text)


def scenario_clause_uses(clause_ids: Collection[int]) -> list[ClauseUse]:
    """The choices of live scenarios that cite these clauses, in two queries."""
    pages = {page.translation_key: page for page in live_scenarios_unscoped()}
    versions = ScenarioVersion.objects.newest().filter(scenario_key__in=pages)
    rows = ChoiceCitation.objects.filter(clause__in=clause_ids, version__in=versions).values_list(
        "clause", "version__scenario_key", "scene_key", "choice_key", "version__published_at"
    )
    return [
        ClauseUse(
            clause_id=clause,
            kind=_("Choice"),
            label=f"{pages[key].title}: {scene} → {choice}",
            edit_url=reverse("wagtailadmin_pages:edit", args=[pages[key].pk]),
            practice=Practice.CHOICE,
            key=scenario_key(pages[key]),
            whole=pages[key].title,
            whole_kind=_("Scenario"),
            published_at=published_at,
            check_url=reverse("scenario_check", args=[pages[key].pk]),
        )
        for clause, key, scene, choice, published_at in rows
    ]


def scenario_for_editor(viewer: User, page_id: int) -> ScenarioPage | None:
    """A scenario that this person may edit."""
    page = source_scenarios_unscoped().filter(pk=page_id).first()
    return page if page and page.permissions_for_user(viewer).can_edit() else None


def scenario_key(page: ScenarioPage) -> str:
    """What the standards call a scenario whose choices cite a clause."""
    return f"scenario:{page.translation_key}"


def source_scenarios_unscoped() -> PageQuerySet:
    """Scenarios of the source language, live or not."""
    return ScenarioPage.objects.filter(locale__language_code=source_language(), alias_of=None)


def _summary(runs: list[Playthrough]) -> ScenarioSummary:
    ended = [run for run in runs if run.ended_at]
    is_open = len(ended) < len(runs)
    if not ended:
        return ScenarioSummary(PlayState.OPEN if is_open else PlayState.NONE, is_open)
    # Of equal runs the first, which max() gives.
    best = max(ended, key=lambda run: (run.is_success, run.scaled))
    state = PlayState.PASSED if best.is_success else PlayState.OPEN if is_open else PlayState.FAILED
    return ScenarioSummary(state, is_open, best.points, best.best_points, best.scaled, best.ended_at, best.public_id)
