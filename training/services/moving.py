"""A scenario of a file into a draft: all of it or nothing, and never published."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from people.models import User
from training.blocks.scenarios import with_ids
from training.domain.scenario.exchange.records import Manuscript, Parsed
from training.domain.scenario.graph import Choice, Ending, Node, Scene
from training.models import Persona, PracticeIndexPage, ScenarioPage
from training.selectors.moving import ImportPlan, Outcome, plan_import
from training.services.scenarios import create_persona


@dataclass(frozen=True)
class Imported:
    """plan: as it was when the scenario came in. page: None for a file that was refused."""

    plan: ImportPlan
    page: ScenarioPage | None


@transaction.atomic
def import_scenario(*, parsed: Parsed, by: User | None, now: datetime) -> Imported:
    """Make a draft of what a file holds: a new scenario, or a new revision of the one that is here.

    The same file again changes nothing; neither does one that is refused, and the plan says why.
    """
    # One import after another: the same file sent twice at once comes in once.
    locale = Locale.objects.select_for_update(no_key=True).get(pk=Locale.get_default().pk)
    plan = plan_import(by, parsed)
    if plan.manuscript is None or plan.outcome == Outcome.SAME:
        return Imported(plan, plan.page)
    persona = plan.persona or (_made(plan.manuscript, locale, by, now) if plan.makes_persona else None)
    if plan.page is None:
        return Imported(plan, _create(plan.manuscript, persona, locale, by))
    _revise(plan.page, plan.manuscript, persona, by)
    return Imported(plan, plan.page)


def _made(manuscript: Manuscript, locale: Locale, by: User | None, now: datetime) -> Persona:
    told = manuscript.story.persona
    return create_persona(
        name=told.name, face=told.face, situation=told.situation, kind=told.kind, locale=locale, by=by, now=now
    )


def _create(manuscript: Manuscript, persona: Persona | None, locale: Locale, by: User | None) -> ScenarioPage:
    page = ScenarioPage(slug=manuscript.slug, locale=locale, owner=by, live=False)
    number = uuid.UUID(manuscript.ifid) if manuscript.is_ours and manuscript.ifid else None
    if number and not Page.objects.filter(translation_key=number).exists():
        page.translation_key = number
    _write(page, manuscript, persona)
    PracticeIndexPage.objects.get(locale=locale).add_child(instance=page)
    page.save_revision(user=by, clean=False, log_action=True)
    return page


def _revise(page: ScenarioPage, manuscript: Manuscript, persona: Persona | None, by: User | None) -> None:
    draft: Any = page.get_latest_revision_as_object()
    _write(draft, manuscript, persona)
    draft.save_revision(user=by, clean=False, log_action=True)


def _write(page: Any, manuscript: Manuscript, persona: Persona | None) -> None:
    story = manuscript.story
    page.title = page.draft_title = story.title
    page.introduction = story.introduction
    page.start_mood = story.start_mood
    page.start = story.start
    page.persona = persona
    # What a file doesn't say stays as it is, or as it usually is.
    page.mode = manuscript.mode or page.mode
    page.minutes = page.minutes if manuscript.minutes is None else manuscript.minutes
    page.mastery_score = page.mastery_score if manuscript.mastery_score is None else manuscript.mastery_score
    page.nodes = with_ids(page.nodes.stream_block.to_python(list(_stream(story.nodes))))


def _stream(nodes: tuple[Node, ...]) -> Iterator[dict[str, Any]]:
    """Scenes and endings as a stream's raw value, in their order."""
    for node in nodes:
        if isinstance(node, Ending):
            value = {"key": node.key, "kind": node.kind, "title": node.title, "text": node.text}
            yield {"type": "ending", "value": value}
        else:
            yield {"type": "scene", "value": _scene(node)}


def _scene(scene: Scene) -> dict[str, Any]:
    return {
        "key": scene.key,
        "lines": [{"who": line.who, "text": line.text} for line in scene.lines],
        "choices": [_choice(choice) for choice in scene.choices],
        "seconds": scene.seconds,
        "late": scene.late,
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "key": choice.key,
        "text": choice.text,
        "target": choice.target,
        "mood_change": choice.mood_change,
        "points": [{"clause": code, "points": points} for code, points in choice.points],
        "pitfalls": list(choice.pitfalls),
        "feedback": choice.feedback,
        "is_critical": choice.is_critical,
        "conditions": [{"kind": one.kind.value, "of": str(one.operand)} for one in choice.conditions],
    }
