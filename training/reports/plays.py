"""Learning from play: every role-play with its figures, one of them decision by decision, and clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Locale

from core import clock
from core.reports import CodesColumn
from core.services import drawn
from quizzes.domain.statistics.items import Shown
from quizzes.reports.quizzes import rounded
from quizzes.reports.slices import AnalysisReportView, NumberColumn, SliceFilterSet, VerdictColumn
from standards.reports.listing import CLAUSE_COLUMNS
from training.domain.scenario.mapping import (
    CONDITIONAL,
    CRITICAL,
    LATE,
    MappedChoice,
    MappedNode,
    NodeKind,
    dot,
    outline,
)
from training.domain.scenario.played import PlayedScene
from training.enums import EndingKind, Mood
from training.reports.charts import counted_bars
from training.reports.wording import MEANINGS, SIGNS, figures, minutes_of, runs_in_words, verdict_in_words, why_little
from training.selectors.play_report import (
    PlayedClause,
    PlayedScenario,
    clauses_in_play_unscoped,
    played_scenario_unscoped,
    played_scenarios_unscoped,
    version_numbers_unscoped,
)


class PlayFilterSet(SliceFilterSet):
    """It narrows no rows either: figures are worked out anew from the runs that are left."""

    handed_in = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Played to the end"), widget=DateRangePickerWidget
    )


class PlayReportView(AnalysisReportView):
    header_icon = "comment"
    filterset_class = PlayFilterSet

    @property
    def above(self) -> list[tuple[str, str]]:
        return [(f"{reverse('play_report')}{self.chosen}", _("Learning from play"))]


@dataclass(frozen=True)
class ScenarioLine:
    """A scenario with the figures of one version that may be shown."""

    title: str
    url: str
    version: int
    runs: str | int
    passed: int | None
    score: int | None
    minutes: int | None
    left: int | None
    to_check: int | None
    verdict: str
    is_grave: bool


class ScenariosPlayReportView(PlayReportView):
    """Every scenario, by the newest version that enough people have played; nobody is named."""

    page_title = gettext_lazy("Learning from play")
    index_url_name = "play_report"
    index_results_url_name = "play_report_results"
    results_template_name = "training/admin/plays_results.html"
    export_filename = "learning-from-play"
    columns = [
        TitleColumn("title", label=gettext_lazy("Role-play"), get_url=lambda line: line.url, classname="title"),
        VerdictColumn("verdict", label=gettext_lazy("What to look at")),
        NumberColumn("version", label=gettext_lazy("Version")),
        NumberColumn("runs", label=gettext_lazy("First runs")),
        NumberColumn("passed", label=gettext_lazy("Passed"), suffix=" %"),
        NumberColumn("score", label=gettext_lazy("Average"), suffix=" %"),
        NumberColumn("minutes", label=gettext_lazy("Minutes")),
        NumberColumn("left", label=gettext_lazy("Left")),
        NumberColumn("to_check", label=gettext_lazy("Decisions to check")),
    ]

    @property
    def above(self) -> list[tuple[str, str]]:
        return []

    def get_queryset(self) -> list[ScenarioLine]:
        return [_scenario_line(one, self.chosen) for one in played_scenarios_unscoped(clock.now(), self.part)]


def _scenario_line(one: PlayedScenario, chosen: str) -> ScenarioLine:
    play = one.play
    verdict = _("A choice may be rated wrongly") if play.to_check else ""
    if play.shown is not Shown.ALL:
        verdict = _("Too few runs")
    return ScenarioLine(
        title=one.page.title,
        url=f"{reverse('scenario_play_report', args=[one.page.pk])}{chosen}",
        version=one.version.number,
        runs=runs_in_words(play.runs),
        passed=rounded(play.passed, 100),
        score=rounded(play.score, 100),
        minutes=None if play.seconds is None else minutes_of(play.seconds),
        left=None if play.shown is Shown.NOTHING else play.left,
        to_check=play.to_check if play.shown is Shown.ALL else None,
        verdict=verdict,
        is_grave=bool(play.to_check),
    )


@dataclass(frozen=True)
class SceneLine:
    """A decision. said: the last line before it."""

    key: str
    said: str
    verdict: str
    is_grave: bool
    runs: str | int
    facility: int | None
    discrimination: int | None
    seconds: int | None
    left: int | None
    clauses: str


@dataclass(frozen=True)
class ChoiceLine:
    """A choice in the map. percent: of those that were taken here; None where too few came to say."""

    mapped: MappedChoice
    text: str
    target: str
    percent: int | None

    @property
    def signs(self) -> str:
        """Those of the choice itself, each with a space after it."""
        given = {CRITICAL: self.mapped.is_critical, CONDITIONAL: self.mapped.is_conditional, LATE: self.mapped.is_late}
        return "".join(f"{sign} " for sign, holds in given.items() if holds)


@dataclass(frozen=True)
class SceneInMap:
    node: MappedNode
    choices: tuple[ChoiceLine, ...]


class ScenarioFilterSet(PlayFilterSet):
    """numbers: of the versions to choose from."""

    version = django_filters.ChoiceFilter(
        label=gettext_lazy("Version"), empty_label=gettext_lazy("The newest with enough runs")
    )

    def __init__(self, *args: Any, numbers: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["version"].extra["choices"] = [(str(number), str(number)) for number in numbers]


class ScenarioPlayReportView(PlayReportView):
    """The version is named in the address: `?version=2`."""

    filterset_class = ScenarioFilterSet
    index_url_name = "scenario_play_report"
    index_results_url_name = "scenario_play_report_results"
    results_template_name = "training/admin/play_results.html"
    columns = [
        Column("key", label=gettext_lazy("Scene"), classname="title"),
        Column("said", label=gettext_lazy("What is said")),
        VerdictColumn("verdict", label=gettext_lazy("What to look at")),
        NumberColumn("runs", label=gettext_lazy("First runs")),
        NumberColumn("facility", label=gettext_lazy("Facility"), suffix=" %"),
        NumberColumn("discrimination", label=gettext_lazy("Discrimination"), suffix=" %"),
        NumberColumn("seconds", label=gettext_lazy("Seconds")),
        NumberColumn("left", label=gettext_lazy("Left here")),
        CodesColumn("clauses", label=gettext_lazy("Clauses")),
    ]

    @cached_property
    def played(self) -> PlayedScenario:
        number = self.request.GET.get("version", "")
        played = played_scenario_unscoped(
            self.kwargs["page_id"],
            Locale.get_active(),
            clock.now(),
            self.part,
            int(number) if number.isdecimal() and len(number) < 6 else None,
        )
        if played is None:
            raise Http404
        return played

    @property
    def index_arguments(self) -> list[int]:
        return [self.kwargs["page_id"]]

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "numbers": version_numbers_unscoped(self.kwargs["page_id"])}

    def get_page_title(self) -> str:
        return self.played.page.title

    def get_filename(self) -> str:
        return f"play-{self.played.page.slug}-v{self.played.version.number}"

    def get_queryset(self) -> list[SceneLine]:
        return [_scene_line(self.played, scene) for scene in self.played.play.scenes]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        play = self.played.play
        return {
            **super().get_context_data(**kwargs),
            "played": self.played,
            "runs": runs_in_words(play.runs),
            "versions": [(number, runs_in_words(runs)) for number, runs in self.played.runs.items()],
            "figures": figures(play),
            "why": why_little(play.shown),
            "map": list(_map(self.played)),
            "drawing": _drawing(self.played) if play.counts else None,
            "signs": SIGNS,
            "endings": counted_bars("endings", _("Endings reached"), _endings(self.played)),
            "moods": counted_bars(
                "moods", _("Mood at the end"), [(str(Mood(mood).label), count) for mood, count in play.moods.items()]
            ),
            "meanings": MEANINGS,
        }


def _scene_line(played: PlayedScenario, scene: PlayedScene) -> SceneLine:
    told = played.story.scene(scene.key)
    said = [line.text for line in told.lines if line.who != "thought"] or [line.text for line in told.lines]
    codes = {code for choice in told.choices for code, _points in choice.points}
    return SceneLine(
        key=scene.key,
        said=Truncator(said[-1]).chars(90),
        verdict=verdict_in_words(scene),
        is_grave=scene.is_to_check,
        runs=runs_in_words(scene.statistics.attempts),
        facility=rounded(scene.statistics.facility, 100),
        discrimination=rounded(scene.statistics.discrimination_index),
        seconds=rounded(scene.seconds),
        left=scene.left,
        clauses=", ".join(sorted(codes)),
    )


def _map(played: PlayedScenario) -> Iterator[SceneInMap]:
    mapped = outline(played.story, counts=played.play.counts)
    scenes = (node for node in mapped if node.kind is not NodeKind.ENDING)
    for node, scene in zip(scenes, played.story.scenes, strict=True):
        taken = sum(one.count or 0 for one in node.choices)
        yield SceneInMap(
            node,
            tuple(
                ChoiceLine(one, choice.text, mapped[one.target].key, _part(one.count, taken))
                for one, choice in zip(node.choices, scene.choices, strict=True)
            ),
        )


def _drawing(played: PlayedScenario) -> SafeString | None:
    """The map as a picture; a click on a scene leads to its choices."""
    # Scenes stand before endings, as in the list below the picture.
    links = {f"#node-{place}": f"#play-scene-{place + 1}" for place, _scene in enumerate(played.story.scenes)}
    return drawn(source=dot(outline(played.story, counts=played.play.counts)), links=links)


def _part(count: int | None, whole: int) -> int | None:
    return None if count is None else round(100 * count / whole)


def _endings(played: PlayedScenario) -> list[tuple[str, int]]:
    return [
        (f"{ending.title} ({EndingKind(ending.kind).label})", played.play.endings.get(ending.key, 0))
        for ending in played.story.endings
    ]


@dataclass(frozen=True)
class ClauseLine:
    code: str
    title: str
    lost: int
    offered: int
    people: int
    scenarios: int


class ClausesInPlayReportView(PlayReportView):
    """Clauses by the share of their points that people lose, over all role-plays."""

    page_title = gettext_lazy("How clauses fare in play")
    index_url_name = "clauses_in_play_report"
    index_results_url_name = "clauses_in_play_report_results"
    results_template_name = "training/admin/clauses_results.html"
    export_filename = "clauses-in-play"
    columns = [
        *CLAUSE_COLUMNS,
        NumberColumn("lost", label=gettext_lazy("Points lost"), suffix=" %"),
        NumberColumn("offered", label=gettext_lazy("Points to be had")),
        NumberColumn("people", label=gettext_lazy("People")),
        NumberColumn("scenarios", label=gettext_lazy("Role-plays")),
    ]

    def get_queryset(self) -> list[ClauseLine]:
        return [_clause_line(one) for one in clauses_in_play_unscoped(self.part)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "why": why_little(Shown.NOTHING)}


def _clause_line(one: PlayedClause) -> ClauseLine:
    clause, played = one.clause, one.played
    return ClauseLine(
        code=clause.code,
        title=clause.content.title,
        lost=round(100 * played.lost),
        offered=played.offered,
        people=played.people,
        scenarios=played.scenarios,
    )
