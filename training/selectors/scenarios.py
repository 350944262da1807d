"""Reads of role-plays: what can be played, the scene somebody is in, the debrief, what cites a clause."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale
from wagtail.query import PageQuerySet

from core.enums import Status
from people.models import User
from standards.contributions import ClauseUse
from standards.domain.clauses import ClauseContent
from standards.enums import Pitfall
from standards.selectors import clause_contents, clause_ids_by_code, clauses_by_id
from training.domain.scenario.debriefing import Decision, Verdict, clause_scores, review
from training.domain.scenario.graph import Character, Choice, Ending, Node, Scene, Story
from training.domain.scenario.scoring import decisions_from, needed_points
from training.enums import Mood, PlayState, Speaker
from training.models import (
    ChoiceCitation,
    Playthrough,
    PlaythroughStep,
    ScenarioPage,
    ScenarioVersion,
    ScenarioVersionText,
    StepClause,
)
from training.querysets import PlaythroughQuerySet

STATUSES = {
    PlayState.NONE: Status.ASSIGNED,
    PlayState.OPEN: Status.IN_PROGRESS,
    PlayState.FAILED: Status.FAILED,
    PlayState.PASSED: Status.PASSED,
}
LONGEST_SITTING = timedelta(hours=1)
"""A run that took longer was left and taken up again: how long it took says nothing."""


@dataclass(frozen=True)
class ScenarioSummary:
    """Where somebody stands with a scenario. points, best_points, scaled, ended_at, public_id: of the best run that ended."""

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


@dataclass(frozen=True)
class Utterance:
    """One entry of the conversation. who: a Speaker, or "me"; mood: how they look while they say it."""

    who: str
    text: str
    mood: Mood
    is_newest: bool = False


@dataclass(frozen=True)
class SceneView:
    """Where a run stands: all that its learner may see, and nothing of what a choice leads to.

    position: of the decision to be made, from 1; about: decisions that the run is likely to have; mood_before: the mood before
    the last choice, None at the start.
    """

    story_title: str
    persona: Character
    conversation: list[Utterance]
    choices: list[tuple[str, str]]
    mood: Mood
    mood_before: Mood | None
    position: int
    about: int

    @property
    def mood_was(self) -> Mood | None:
        """The mood before, if it is another one now."""
        return self.mood_before if self.mood_before != self.mood else None

    @property
    def mood_tiles(self) -> list[bool]:
        """One tile for each step from angry to pleased, lit up to the present one."""
        return [step <= self.mood for step in Mood]

    def choice_text(self, key: str) -> str | None:
        return dict(self.choices).get(key)


@dataclass(frozen=True)
class CitedClause:
    """A clause as it stood when the choice was made."""

    code: str
    content: ClauseContent
    points: int


@dataclass(frozen=True)
class DebriefStep:
    decision: Decision
    mood_before: Mood
    mood_after: Mood
    clauses: list[CitedClause]

    @property
    def is_strong(self) -> bool:
        return self.decision.verdict is Verdict.STRONG

    @property
    def is_costly(self) -> bool:
        return self.decision.verdict is Verdict.COSTLY

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
        return round(self.WIDTH * self.points / self.best)

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
    def worth_another_look(self) -> list[Subscore]:
        """The weakest clauses first; empty where none is weak."""
        return sorted(
            (entry for entry in self.subscores if entry.is_low), key=lambda entry: entry.points / entry.offered
        )


def live_scenarios_unscoped() -> PageQuerySet:
    """Published scenarios of the source language, in the order of the list of role-plays."""
    return _source_pages().live().order_by("path")


def scenario_cards_for_learner(viewer: User) -> list[ScenarioCard]:
    """The list of role-plays, with how this person did."""
    pages = [page for page in live_scenarios_unscoped().select_related("persona") if page.is_for(viewer)]
    summaries = scenario_summaries_for_learner(viewer, pages)
    return [ScenarioCard(page, summaries[page.pk]) for page in pages]


def scenario_for_viewer(viewer: User, slug: str) -> ScenarioPage | None:
    """A scenario that this person may open: a live one, or one that they have played or begun before it was taken down."""
    pages = _source_pages().filter(Q(live=True) | Q(playthroughs__learner=viewer), slug=slug)
    page = pages.select_related("persona").order_by("-live", "pk").first()
    return page if page and page.is_for(viewer) else None


def scenario_summaries_for_learner(viewer: User, scenarios: Iterable[ScenarioPage]) -> dict[int, ScenarioSummary]:
    """Page id → where this person stands, for each of these scenarios; one query."""
    ids = [page.pk for page in scenarios]
    runs: dict[int, list[Playthrough]] = defaultdict(list)
    for run in Playthrough.objects.filter(learner=viewer, scenario__in=ids).order_by("started_at", "pk"):
        runs[run.scenario_id].append(run)
    return {page_id: _summary(runs[page_id]) for page_id in ids}


def open_playthrough_for_learner(viewer: User, scenario: ScenarioPage) -> Playthrough | None:
    return _playthroughs(viewer, scenario).open().first()


def playthrough_for_learner(viewer: User, scenario: ScenarioPage, public_id: uuid.UUID) -> Playthrough | None:
    """This person's own run of this scenario; None for anybody else's."""
    return _playthroughs(viewer, scenario).filter(public_id=public_id).first()


def ended_playthrough_for_learner(viewer: User, scenario: ScenarioPage, public_id: uuid.UUID) -> Playthrough | None:
    return _playthroughs(viewer, scenario).ended().filter(public_id=public_id).first()


def introduction_for_viewer(viewer: User, scenario: ScenarioPage, locale: Locale) -> Story | None:
    """The story as a new run would tell it; None where nothing can be begun."""
    if not (scenario.live and scenario.is_for(viewer)):
        return None
    version = newest_version_unscoped(scenario)
    return story_of_version(version, locale) if version else None


def scene_for_playthrough(playthrough: Playthrough, locale: Locale) -> SceneView:
    """Where an open run stands, with the conversation so far. Two queries, however long the run is."""
    story = story_of_version(playthrough.version, locale)
    steps = list(playthrough.steps.order_by("position"))
    scene = present_node(story, steps)
    mood = Mood(steps[-1].mood_after if steps else story.start_mood)
    fewest, most = decisions_from(story)[scene.key]
    return SceneView(
        story_title=story.title,
        persona=story.persona,
        conversation=[*_conversation(story, steps), *_appearing(scene, mood, is_newest=True)],
        choices=[(choice.key, choice.text) for choice in scene.choices] if isinstance(scene, Scene) else [],
        mood=mood,
        mood_before=Mood(steps[-1].mood_before) if steps else None,
        position=len(steps) + 1,
        about=len(steps) + (fewest + most + 1) // 2,
    )


def debrief_for_learner(playthrough: Playthrough, locale: Locale) -> Debrief:
    """What a run of the learner's own that ended says. A fixed number of queries."""
    story = story_of_version(playthrough.version, locale)
    steps = list(playthrough.steps.order_by("position"))
    decisions = review(story, [(step.scene_key, step.choice_key) for step in steps])
    cited = _cited_clauses(steps, locale)
    return Debrief(
        playthrough=playthrough,
        story=story,
        ending=next(ending for ending in story.endings if ending.key == playthrough.ending_key),
        needed=needed_points(playthrough.best_points, playthrough.version.mastery_score),
        steps=[
            DebriefStep(decision, Mood(step.mood_before), Mood(step.mood_after), cited[step.pk])
            for step, decision in zip(steps, decisions, strict=True)
        ],
        subscores=_subscores(decisions, locale),
    )


def newest_version_unscoped(scenario: ScenarioPage) -> ScenarioVersion | None:
    return ScenarioVersion.objects.filter(scenario_key=scenario.translation_key).order_by("-number").first()


def story_of_version(version: ScenarioVersion, locale: Locale) -> Story:
    """A version in the words of `locale`, else of the source language."""
    source = _source_language()
    texts = ScenarioVersionText.objects.filter(
        version=version, locale__language_code__in={locale.language_code, source}
    ).order_by("pk")
    # The newest of each language stays.
    by_language = dict(texts.values_list("locale__language_code", "text"))
    return Story.compose(version.graph, by_language.get(locale.language_code, by_language[source]))


def present_node(story: Story, steps: list[PlaythroughStep]) -> Node:
    """Where these steps, oldest first, have led."""
    return story.after(steps[-1].scene_key, steps[-1].choice_key) if steps else story.by_key[story.start]


def scenario_clause_ids_unscoped(scenarios: Collection[int]) -> list[int]:
    """Ids of the clauses that the newest versions of these scenarios (page ids) cite."""
    keys = ScenarioPage.objects.filter(pk__in=scenarios).values("translation_key")
    versions = ScenarioVersion.objects.newest().filter(scenario_key__in=keys)
    return list(
        ChoiceCitation.objects.filter(version__in=versions)
        .order_by("clause")
        .values_list("clause", flat=True)
        .distinct()
    )


def scenario_clause_uses(clause_ids: Collection[int]) -> list[ClauseUse]:
    """The choices of live scenarios that cite these clauses, in two queries."""
    pages = {page.translation_key: page for page in live_scenarios_unscoped()}
    versions = ScenarioVersion.objects.newest().filter(scenario_key__in=pages)
    rows = ChoiceCitation.objects.filter(clause__in=clause_ids, version__in=versions).values_list(
        "clause", "version__scenario_key", "scene_key", "choice_key"
    )
    return [
        ClauseUse(
            clause_id=clause,
            kind=_("Choice"),
            label=f"{pages[key].title}: {scene} → {choice}",
            edit_url=reverse("wagtailadmin_pages:edit", args=[pages[key].pk]),
        )
        for clause, key, scene, choice in rows
    ]


def _source_pages() -> PageQuerySet:
    return ScenarioPage.objects.filter(locale__language_code=_source_language(), alias_of=None)


def _source_language() -> str:
    """The code of the language that is written first; as `Locale.get_default()`, without its query."""
    return get_supported_content_language_variant(settings.LANGUAGE_CODE)


def _playthroughs(viewer: User, scenario: ScenarioPage) -> PlaythroughQuerySet[Playthrough]:
    return Playthrough.objects.filter(learner=viewer, scenario=scenario).select_related("version", "scenario")


def _summary(runs: list[Playthrough]) -> ScenarioSummary:
    ended = [run for run in runs if run.ended_at]
    is_open = len(ended) < len(runs)
    if not ended:
        return ScenarioSummary(PlayState.OPEN if is_open else PlayState.NONE, is_open)
    # Of equal runs the first, which max() gives.
    best = max(ended, key=lambda run: (run.is_success, run.scaled))
    state = PlayState.PASSED if best.is_success else PlayState.OPEN if is_open else PlayState.FAILED
    return ScenarioSummary(state, is_open, best.points, best.best_points, best.scaled, best.ended_at, best.public_id)


def _conversation(story: Story, steps: list[PlaythroughStep]) -> Iterator[Utterance]:
    for step in steps:
        scene = story.scene(step.scene_key)
        yield from _appearing(scene, Mood(step.mood_before))
        yield Utterance("me", _choice_of(scene, step).text, Mood(step.mood_after))


def _appearing(node: Node, mood: Mood, *, is_newest: bool = False) -> Iterator[Utterance]:
    """The lines of a scene; the first of the newest scene is where the eye goes on."""
    lines = node.lines if isinstance(node, Scene) else ()
    for index, line in enumerate(lines):
        yield Utterance(Speaker(line.who).value, line.text, mood, is_newest and index == 0)


def _choice_of(scene: Scene, step: PlaythroughStep) -> Choice:
    return next(choice for choice in scene.choices if choice.key == step.choice_key)


def _cited_clauses(steps: list[PlaythroughStep], locale: Locale) -> dict[int, list[CitedClause]]:
    rows = list(StepClause.objects.filter(step__in=steps).select_related("clause_version__clause").order_by("pk"))
    contents = clause_contents([row.clause_version_id for row in rows], locale)
    cited: dict[int, list[CitedClause]] = defaultdict(list)
    for row in rows:
        version = row.clause_version
        cited[row.step_id].append(CitedClause(version.clause.code, contents[version.pk], row.points))
    return cited


def _subscores(decisions: list[Decision], locale: Locale) -> list[Subscore]:
    scores = clause_scores(decisions)
    ids = clause_ids_by_code([score.code for score in scores])
    clauses = clauses_by_id(list(ids.values()), locale)
    return [
        Subscore(score.code, clauses[ids[score.code]].content.title, score.points, score.offered, score.is_low)
        for score in scores
    ]
