"""Making role-plays and publishing them."""

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
from training.blocks.scenarios import with_ids
from training.domain.scenario.conditions import Condition
from training.domain.scenario.graph import digest, sha256_of
from training.domain.scenario.linting import Fault, errors, lint
from training.domain.scenario.scoring import best_points
from training.enums import Mood, PlayMode
from training.models import (
    ChoiceCitation,
    Persona,
    PracticeIndexPage,
    ScenarioPage,
    ScenarioVersion,
    ScenarioVersionText,
)
from training.selectors.scenarios import newest_version_unscoped


class BrokenScenario(Exception):
    """The scenario can't be played as it stands. `faults` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = faults
        super().__init__(
            "; ".join(f"{fault.kind} {fault.name} (node {fault.node}, choice {fault.choice})" for fault in faults)
        )


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

    The one with this slug that is there already is given back untouched. Raises BrokenScenario, KeyError for what
    `content` lacks, and ValueError for a mode or condition that there isn't.
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
        mode=PlayMode(content.get("mode", PlayMode.ASSESSMENT)),
        introduction=content["introduction"],
        start_mood=content.get("start_mood", Mood.UNSURE),
        start=content["start"],
        live=False,
    )
    page.nodes = with_ids(page.nodes.stream_block.to_python(_stream(content)))
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
    sha256 = digest(story, page.mastery_score, is_practice=page.mode == PlayMode.PRACTICE)
    newest = newest_version_unscoped(page)
    if newest and newest.sha256 == sha256:
        return None
    version = ScenarioVersion.objects.create(
        scenario_key=page.translation_key,
        number=newest.number + 1 if newest else 1,
        graph=story.structure(),
        mastery_score=page.mastery_score,
        mode=page.mode,
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
        "seconds": scene.get("seconds"),
        "late": scene.get("late", ""),
    }


def _raw_choice(choice: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: choice[name] for name in ("key", "text", "target", "feedback")},
        "mood_change": choice.get("mood_change", 0),
        "points": [{"clause": code, "points": points} for code, points in choice["points"].items()],
        "pitfalls": list(choice.get("pitfalls", ())),
        "is_critical": choice.get("critical", False),
        "conditions": [_raw_condition(entry) for entry in choice.get("if", ())],
    }


def _raw_condition(entry: Mapping[str, Any]) -> dict[str, str]:
    condition = Condition.parse(entry)
    return {"kind": condition.kind.value, "of": str(condition.operand)}
