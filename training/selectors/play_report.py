"""What was played, for its authors: first runs to the end. No names, and nothing that rests on fewer than five people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Locale

from core.selectors import organisation_zone
from quizzes.domain.statistics.items import FEWEST_FOR_FACILITY
from quizzes.selectors.statistics import ALL, Slice
from standards.selectors.clauses import ClauseInForce, clause_ids_by_code, clauses_by_id
from training.domain.scenario.graph import Story
from training.domain.scenario.played import (
    ClauseInPlay,
    PlayedRun,
    PlayedStep,
    PlayedStory,
    RunOf,
    analyse_play,
    clauses_in_play,
)
from training.models import Playthrough, PlaythroughStep, ScenarioPage, ScenarioVersion
from training.selectors.debriefs import LONGEST_SITTING
from training.selectors.scenarios import source_scenarios_unscoped, story_of_version

LEFT_AFTER = timedelta(days=7)
"""A run that nobody has gone on with for so long was left."""


@dataclass(frozen=True)
class PlayedScenario:
    """One version of a scenario, with what its runs say. runs: number of each version → how many first runs it has, where one
    scenario was asked for.
    """

    page: ScenarioPage
    version: ScenarioVersion
    story: Story
    play: PlayedStory
    runs: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PlayedClause:
    clause: ClauseInForce
    played: ClauseInPlay


def played_scenarios_unscoped(now: datetime, part: Slice = ALL) -> list[PlayedScenario]:
    """Every scenario that has a version, in the order of the page tree: of each, the newest that enough people played.

    As many queries for one as for a hundred.
    """
    pages = list(source_scenarios_unscoped().order_by("path"))
    runs, versions = _first_runs(part), _versions(pages)
    counts = _counts(runs)
    shown = {version.pk: version for version in (_chosen(of_page, counts) for of_page in versions.values())}
    played, left = _played(runs, shown), _left(now, part, shown)
    of_key = {version.scenario_key: version for version in shown.values()}
    return [
        _scenario(page, version, Story.compose(version.graph), played[version.pk], left[version.pk])
        for page in pages
        if (version := of_key.get(page.translation_key))
    ]


def played_scenario_unscoped(
    page_id: int, locale: Locale, now: datetime, part: Slice = ALL, number: int | None = None
) -> PlayedScenario | None:
    """In the words of `locale`. number: of the version; without it, the newest that enough people played.

    None where there is no such scenario, or it was never published.
    """
    page = source_scenarios_unscoped().filter(pk=page_id).first()
    versions = _versions([page])[page.translation_key] if page else []
    if page is None or not versions:
        return None
    runs = _first_runs(part).filter(version__in=versions)
    counts = _counts(runs)
    version = next((one for one in versions if one.number == number), None) or _chosen(versions, counts)
    shown = {version.pk: version}
    played, left = _played(runs, shown)[version.pk], _left(now, part, shown)[version.pk]
    scenario = _scenario(page, version, story_of_version(version, locale), played, left)
    return replace(scenario, runs={one.number: counts.get(one.pk, 0) for one in versions})


def version_numbers_unscoped(page_id: int) -> list[int]:
    """Of a scenario, the newest first."""
    keys = source_scenarios_unscoped().filter(pk=page_id).values("translation_key")
    versions = ScenarioVersion.objects.filter(scenario_key__in=keys)
    return list(versions.order_by("-number").values_list("number", flat=True))


def clauses_in_play_unscoped(part: Slice = ALL) -> list[PlayedClause]:
    """Clauses that choices were about, over all scenarios and versions, those that most is lost on first. A fixed number of queries."""
    versions = ScenarioVersion.objects.in_bulk()
    played = _played(_first_runs(part), versions)
    found = clauses_in_play((Story.compose(versions[version].graph), runs) for version, runs in played.items())
    ids = clause_ids_by_code([one.code for one in found])
    clauses = clauses_by_id(list(ids.values()), Locale.get_default())
    return [PlayedClause(clauses[ids[one.code]], one) for one in found if ids.get(one.code) in clauses]


def _scenario(
    page: ScenarioPage, version: ScenarioVersion, story: Story, runs: list[RunOf], left: Counter[str]
) -> PlayedScenario:
    return PlayedScenario(page, version, story, analyse_play(story, [one.run for one in runs], left))


def _versions(pages: Iterable[ScenarioPage]) -> dict[object, list[ScenarioVersion]]:
    """Of each of these scenarios that has any, by its key, the newest first."""
    found: dict[object, list[ScenarioVersion]] = defaultdict(list)
    wanted = ScenarioVersion.objects.filter(scenario_key__in=[page.translation_key for page in pages])
    for version in wanted.order_by("-number"):
        found[version.scenario_key].append(version)
    return found


def _chosen(versions: list[ScenarioVersion], counts: dict[int, int]) -> ScenarioVersion:
    enough = [one for one in versions if counts.get(one.pk, 0) >= FEWEST_FOR_FACILITY]
    return (enough or versions)[0]


def _first_runs(part: Slice) -> QuerySet[Playthrough]:
    """The first run of each person through each version, without practice, where it ended in this part."""
    ended = Playthrough.objects.counting().ended()
    before = Q(started_at__lt=OuterRef("started_at")) | Q(started_at=OuterRef("started_at"), pk__lt=OuterRef("pk"))
    earlier = ended.filter(before, version=OuterRef("version"), learner=OuterRef("learner"))
    return _within(ended.filter(~Exists(earlier)).order_by(), part, "ended_at")


def _within(runs: QuerySet[Playthrough], part: Slice, moment: str) -> QuerySet[Playthrough]:
    if part.first_on:
        first = timezone.make_aware(datetime.combine(part.first_on, time()), organisation_zone())
        runs = runs.filter(**{f"{moment}__gte": first})
    if part.last_on:
        after = timezone.make_aware(datetime.combine(part.last_on + timedelta(days=1), time()), organisation_zone())
        runs = runs.filter(**{f"{moment}__lt": after})
    return runs.filter(locale__language_code=part.language) if part.language else runs


def _counts(runs: QuerySet[Playthrough]) -> dict[int, int]:
    return dict(runs.values_list("version").annotate(Count("pk")))


def _played(runs: QuerySet[Playthrough], versions: dict[int, ScenarioVersion]) -> dict[int, list[RunOf]]:
    """Version → its runs. Two queries."""
    wanted = runs.filter(version__in=versions)
    clocks = {pk: {scene["key"]: scene.get("seconds") for scene in one.graph["scenes"]} for pk, one in versions.items()}
    steps: dict[int, list[PlayedStep]] = defaultdict(list)
    ends: dict[int, tuple[datetime, int]] = {}
    rows = PlaythroughStep.objects.filter(playthrough__in=wanted).order_by("playthrough", "position")
    for run, version, started_at, scene, choice, chosen_at, is_late, mood in rows.values_list(
        "playthrough",
        "playthrough__version",
        "playthrough__started_at",
        "scene_key",
        "choice_key",
        "chosen_at",
        "is_late",
        "mood_after",
    ):
        since, _mood = ends.get(run, (started_at, 0))
        # What the clock took was written when somebody came back.
        seconds = clocks[version][scene] if is_late else _seconds(chosen_at - since)
        steps[run].append(PlayedStep(scene, choice, seconds))
        ends[run] = chosen_at, mood
    found: dict[int, list[RunOf]] = defaultdict(list)
    for run, version, learner, scenario, ending, scaled, is_success in wanted.values_list(
        "pk", "version", "learner", "scenario", "ending_key", "scaled", "is_success"
    ):
        played = PlayedRun(tuple(steps[run]), ending, ends[run][1], float(scaled or 0), bool(is_success))
        found[version].append(RunOf(learner, scenario, played))
    return found


def _seconds(taken: timedelta) -> float | None:
    return taken.total_seconds() if taken <= LONGEST_SITTING else None


def _left(now: datetime, part: Slice, versions: dict[int, ScenarioVersion]) -> dict[int, Counter[str]]:
    """Version → key of the scene at which people stopped in their first run of it → how many. Two queries."""
    ended = Playthrough.objects.counting().ended().filter(version=OuterRef("version"), learner=OuterRef("learner"))
    open_ones = Playthrough.objects.counting().open().filter(~Exists(ended), version__in=versions)
    moved = open_ones.annotate(moved_at=Coalesce(Max("steps__chosen_at"), F("started_at")))
    stopped = _within(moved.filter(moved_at__lt=now - LEFT_AFTER), part, "moved_at").order_by()
    version_of = dict(stopped.values_list("pk", "version"))
    taken = PlaythroughStep.objects.filter(playthrough__in=list(version_of)).order_by("position")
    last = {run: (scene, choice) for run, scene, choice in taken.values_list("playthrough", "scene_key", "choice_key")}
    stories = {pk: Story.compose(versions[pk].graph) for pk in set(version_of.values())}
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for run, version in version_of.items():
        story = stories[version]
        found[version][story.after(*last[run]).key if run in last else story.start] += 1
    return found
