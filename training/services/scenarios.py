"""Every write of role-plays: making and publishing them, and playing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from core import clock
from people.models import User
from standards.selectors.clauses import clause_ids_in_force
from training.domain.scenario.graph import Ending, Scene, Story, digest, sha256_of, shifted
from training.domain.scenario.linting import Fault, errors, lint
from training.domain.scenario.scoring import best_points, is_success, scaled_score
from training.enums import Mood
from training.models import (
    ChoiceCitation,
    Persona,
    Playthrough,
    PlaythroughStep,
    PracticeIndexPage,
    ScenarioPage,
    ScenarioVersion,
    ScenarioVersionText,
    StepClause,
)
from training.selectors.playing import present_node
from training.selectors.scenarios import newest_version_unscoped
from training.signals import scenario_ended


class BrokenScenario(Exception):
    """The scenario can't be played as it stands. `faults` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = faults
        super().__init__(
            "; ".join(f"{fault.kind} {fault.name} (node {fault.node}, choice {fault.choice})" for fault in faults)
        )


class NotPlayable(Exception):
    """The scenario is not published."""


class AlreadyDecided(Exception):
    """Another choice was taken for this decision."""


class ChoiceNotOffered(Exception):
    """The run isn't at this decision, or its scene has no such choice."""


@transaction.atomic
def create_persona(
    *, name: str, face: str, situation: str, kind: str, locale: Locale, by: User | None, now: datetime
) -> Persona:
    """A persona of this name; the one that is there already, untouched, if there is one."""
    return Persona.objects.get_or_create(
        name=name, locale=locale, defaults={"face": face, "situation": situation, "kind": kind}
    )[0]


@transaction.atomic
def create_practice_index(*, parent: Page, title: str, by: User | None, now: datetime) -> PracticeIndexPage:
    """The page that scenarios stand under; the one that is there already, untouched, if there is one."""
    if existing := PracticeIndexPage.objects.child_of(parent).first():
        return existing
    page = PracticeIndexPage(title=title, slug="practice", locale=parent.locale, owner=by)
    parent.add_child(instance=page)
    page.save_revision(user=by).publish(user=by)
    return page


@transaction.atomic
def create_scenario(
    *,
    parent: PracticeIndexPage,
    persona: Persona,
    content: Mapping[str, Any],
    by: User | None,
    now: datetime,
) -> ScenarioPage:
    """Write and publish a scenario from `content`, a mapping as in home/content/en/scenarios/*.yaml.

    The one with this slug that is there already is given back untouched. Raises BrokenScenario, and KeyError for what `content` lacks.
    """
    if existing := ScenarioPage.objects.child_of(parent).filter(slug=content["slug"]).first():
        return existing
    page = ScenarioPage(
        title=content["title"],
        slug=content["slug"],
        locale=parent.locale,
        owner=by,
        persona=persona,
        minutes=content["minutes"],
        mastery_score=Decimal(content["mastery_score"]),
        introduction=content["introduction"],
        start_mood=content.get("start_mood", Mood.UNSURE),
        start=content["start"],
        live=False,
    )
    page.nodes = page.nodes.stream_block.to_python(_stream(content))
    parent.add_child(instance=page)
    with clock.set_to(now):
        page.save_revision(user=by).publish(user=by)
    page.refresh_from_db()
    return page


@transaction.atomic
def publish_scenario_version(*, page: ScenarioPage, by: User | None, now: datetime) -> ScenarioVersion | None:
    """Write the version that the live page calls for; None if it says what the newest version says, or isn't the source.

    Raises BrokenScenario: publishing, which calls this inside its transaction, is then undone.
    """
    if not (page.live and page.is_source()):
        return None
    list(ScenarioPage.objects.select_for_update(of=("self",)).filter(pk=page.pk))
    story = page.story
    clauses = clause_ids_in_force()
    if faults := errors(lint(story, clauses, mastery_score=page.mastery_score)):
        raise BrokenScenario(faults)
    sha256 = digest(story, page.mastery_score)
    newest = newest_version_unscoped(page)
    if newest and newest.sha256 == sha256:
        return None
    version = ScenarioVersion.objects.create(
        scenario_key=page.translation_key,
        number=newest.number + 1 if newest else 1,
        graph=story.structure(),
        mastery_score=page.mastery_score,
        best_points=best_points(story),
        sha256=sha256,
        published_at=now,
        published_by=by,
    )
    wording = story.wording()
    ScenarioVersionText.objects.create(
        version=version, locale=page.locale, text=wording, sha256=sha256_of(wording), created_at=now
    )
    ChoiceCitation.objects.bulk_create(
        ChoiceCitation(
            version=version, scene_key=scene.key, choice_key=choice.key, clause_id=clauses[code], points=points
        )
        for scene in story.scenes
        for choice in scene.choices
        for code, points in choice.points
    )
    return version


@transaction.atomic
def start_playthrough(
    *, learner: User, scenario: ScenarioPage, now: datetime, locale: Locale | None = None
) -> Playthrough:
    """Begin a run in the newest version; the run that is open already, if there is one.

    `locale` is the language to begin it in where the scenario has words in it, the source language for None. Raises NotPlayable.
    """
    User.objects.lock(learner)
    if begun := Playthrough.objects.open().filter(learner=learner, scenario=scenario).select_related("version").first():
        return begun
    version = newest_version_unscoped(scenario)
    if version is None or not ScenarioPage.objects.live().filter(pk=scenario.pk).exists():
        raise NotPlayable
    words = ScenarioVersionText.objects.best_for([version.pk], locale or Locale.get_default())[version.pk]
    return Playthrough.objects.create(
        learner=learner,
        scenario=scenario,
        version=version,
        locale_id=words.locale_id,
        best_points=version.best_points,
        started_at=now,
    )


@transaction.atomic
def take_choice(
    *, learner: User, playthrough: Playthrough, position: int, choice_key: str, now: datetime
) -> PlaythroughStep:
    """Take a choice for the decision at `position`, counted from 1. The step's `playthrough` is as it stands afterwards.

    The same choice for the same position again gives the step that was taken. Raises AlreadyDecided for another choice,
    ChoiceNotOffered for what the run doesn't offer now; Playthrough.DoesNotExist for somebody else's run.
    """
    run = _lock_run(playthrough, learner)
    steps = list(run.steps.order_by("position"))
    for step in steps:
        if step.position == position:
            return _same_step(step, run, choice_key)
    story = Story.compose(run.version.graph)
    scene = present_node(story, steps)
    choice = scene.choice(choice_key) if isinstance(scene, Scene) else None
    if choice is None or position != len(steps) + 1:
        raise ChoiceNotOffered
    mood = steps[-1].mood_after if steps else story.start_mood
    step = PlaythroughStep.objects.create(
        playthrough=run,
        position=position,
        scene_key=scene.key,
        choice_key=choice.key,
        points=choice.total,
        mood_before=mood,
        mood_after=shifted(mood, choice.mood_change),
        chosen_at=now,
    )
    _cite(step, run.version)
    node = story.by_key[choice.target]
    if isinstance(node, Ending):
        _end(run, node, sum(taken.points for taken in (*steps, step)), now)
    return step


def _lock_run(playthrough: Playthrough, learner: User) -> Playthrough:
    """One choice at a time in each run: the second of two tabs sees what the first has taken."""
    runs = Playthrough.objects.select_for_update(of=("self",)).select_related("version")
    return runs.get(pk=playthrough.pk, learner=learner)


def _same_step(step: PlaythroughStep, run: Playthrough, choice_key: str) -> PlaythroughStep:
    if step.choice_key != choice_key:
        raise AlreadyDecided
    step.playthrough = run
    return step


def _cite(step: PlaythroughStep, version: ScenarioVersion) -> None:
    """Freeze the versions in force of the clauses that the choice cites; of one retired since, its last."""
    cited = version.citations.filter(scene_key=step.scene_key, choice_key=step.choice_key)
    StepClause.objects.bulk_create(
        StepClause(step=step, clause_version_id=in_force, points=points)
        for in_force, points in cited.order_by("pk").values_list("clause__current_version", "points")
    )


def _end(run: Playthrough, ending: Ending, points: int, now: datetime) -> None:
    run.ended_at = now
    run.ending_key = ending.key
    run.points = points
    run.scaled = scaled_score(points, run.best_points)
    run.is_success = is_success(points, run.best_points, run.version.mastery_score)
    run.save(update_fields=["ended_at", "ending_key", "points", "scaled", "is_success"])
    scenario_ended.send(sender=Playthrough, playthrough=run, now=now)


def _stream(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The content of a file as a stream's raw value."""
    scenes = [{"type": "scene", "value": _raw_scene(scene)} for scene in content["scenes"]]
    endings = [
        {"type": "ending", "value": {name: ending[name] for name in ("key", "kind", "title", "text")}}
        for ending in content["endings"]
    ]
    return [*scenes, *endings]


def _raw_scene(scene: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "key": scene["key"],
        "lines": [{"who": line["who"], "text": line["text"]} for line in scene["lines"]],
        "choices": [_raw_choice(choice) for choice in scene["choices"]],
    }


def _raw_choice(choice: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: choice[name] for name in ("key", "text", "target", "feedback")},
        "mood_change": choice.get("mood_change", 0),
        "points": [{"clause": code, "points": points} for code, points in choice["points"].items()],
        "pitfalls": list(choice.get("pitfalls", ())),
    }
