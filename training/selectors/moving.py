"""Scenarios as files: what a draft says, and what would come of a file."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from wagtail.models import Locale

from people.models import User
from standards.enums import Pitfall
from training.admin_forms.scenarios import TAKEN_SLUGS
from training.domain.scenario.exchange.records import (
    Code,
    Manuscript,
    Note,
    Parsed,
    Severity,
    Vocabulary,
    note,
)
from training.domain.scenario.graph import Character
from training.enums import EndingKind, Face, PersonaKind, PlayMode, Speaker
from training.models import Persona, PracticeIndexPage, ScenarioPage
from training.selectors.scenarios import scenario_for_editor

VOCABULARY = Vocabulary(
    speakers=tuple(Speaker.values),
    faces=tuple(Face.values),
    customers=tuple(PersonaKind.values),
    ending_kinds=tuple(EndingKind.values),
    pitfalls=tuple(Pitfall.values),
    modes=tuple(PlayMode.values),
)


class Outcome(StrEnum):
    """What becomes of a file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class ImportPlan:
    """page: the scenario that the file is about, if it is here. manuscript: as it will stand in the draft.

    persona: the one that the draft will have, if it is here; else it comes in too, where `makes_persona`.
    """

    outcome: Outcome
    notes: tuple[Note, ...]
    manuscript: Manuscript | None = None
    page: ScenarioPage | None = None
    persona: Persona | None = None
    makes_persona: bool = False


def practice_index_for_editor(viewer: User) -> PracticeIndexPage | None:
    """Where new scenarios come to stand, if this person may put any there."""
    index = practice_index_unscoped()
    return index if index and index.permissions_for_user(viewer).can_add_subpage() else None


def practice_index_unscoped() -> PracticeIndexPage | None:
    index: PracticeIndexPage | None = PracticeIndexPage.objects.filter(locale=Locale.get_default()).first()
    return index


def scenario_with_slug_unscoped(slug: str) -> ScenarioPage | None:
    return _scenarios().filter(slug=slug).first()


def manuscript_for_editor(viewer: User, page_id: int) -> Manuscript | None:
    """The draft of a scenario that this person may edit."""
    page = scenario_for_editor(viewer, page_id)
    return manuscript_unscoped(page) if page else None


def manuscript_unscoped(page: ScenarioPage) -> Manuscript:
    """What the newest draft of a scenario says."""
    draft: Any = page.get_latest_revision_as_object()
    return Manuscript(
        story=draft.story,
        slug=draft.slug,
        ifid=str(page.translation_key).upper(),
        minutes=draft.minutes,
        mastery_score=None if draft.mastery_score is None else Decimal(draft.mastery_score),
        mode=draft.mode,
    )


def plan_import(viewer: User | None, parsed: Parsed) -> ImportPlan:
    """What would come of a file that this person sends; nobody is whoever may do all. Nothing is written."""
    if parsed.manuscript is None:
        return ImportPlan(Outcome.REFUSED, parsed.notes)
    told = parsed.manuscript
    if told.slug in TAKEN_SLUGS:
        told = replace(told, slug=f"{told.slug}-2")
    page = _scenario_of(told)
    if obstacle := _in_the_way(viewer, told, page):
        return ImportPlan(Outcome.REFUSED, parsed.with_notes([obstacle]).notes, page=page)
    here = manuscript_unscoped(page) if page else None
    persona, makes_persona, notes = _persona_of(told.story.persona, page)
    manuscript = _completed(
        told, here, persona.character if persona else told.story.persona if makes_persona else Character("", "")
    )
    outcome = Outcome.NEW if here is None else Outcome.SAME if here == manuscript else Outcome.CHANGED
    return ImportPlan(outcome, parsed.with_notes(notes).notes, manuscript, page, persona, makes_persona)


def _scenarios() -> Any:
    return ScenarioPage.objects.filter(locale=Locale.get_default(), alias_of=None)


def _scenario_of(manuscript: Manuscript) -> ScenarioPage | None:
    """By the number that we gave it, else by its address. A number in somebody else's file says nothing: many copy the manual's."""
    if manuscript.is_ours and manuscript.ifid:
        found: ScenarioPage | None = _scenarios().filter(translation_key=uuid.UUID(manuscript.ifid)).first()
        if found:
            return found
    return scenario_with_slug_unscoped(manuscript.slug)


def _in_the_way(viewer: User | None, told: Manuscript, page: ScenarioPage | None) -> Note | None:
    if page is None:
        index = practice_index_for_editor(viewer) if viewer else practice_index_unscoped()
        if index is None:
            return note(Severity.ERROR, Code.NO_PLACE)
        is_taken = index.get_children().filter(slug=told.slug).exists()
        return note(Severity.ERROR, Code.ADDRESS_TAKEN, name=told.slug) if is_taken else None
    if viewer is None:
        return None
    may = page.permissions_for_user(viewer)
    return note(Severity.ERROR, Code.NOT_YOURS, name=page.title) if not may.can_edit() or may.page_locked() else None


def _persona_of(told: Character, page: ScenarioPage | None) -> tuple[Persona | None, bool, list[Note]]:
    """The one of this name. One that isn't here comes in if the file says all of it; else the draft keeps its own."""
    here = Persona.objects.filter(name=told.name, locale=Locale.get_default()).first()
    if here:
        same = here.character == told
        return here, False, [] if same else [note(Severity.INFO, Code.PERSONA_KEPT, name=told.name)]
    if told.name and told.face and told.kind and told.situation:
        return None, True, [note(Severity.INFO, Code.PERSONA_MADE, name=told.name)]
    draft: Any = page.get_latest_revision_as_object() if page else None
    persona = draft.persona if draft else None
    return persona, False, [] if persona else [note(Severity.WARNING, Code.NO_PERSONA)]


def _completed(told: Manuscript, here: Manuscript | None, persona: Character) -> Manuscript:
    """What the file doesn't say, as it stands in the draft that is here."""
    if here is None:
        return replace(told, story=replace(told.story, persona=persona))
    introduction = told.story.introduction or here.story.introduction
    return Manuscript(
        story=replace(told.story, persona=persona, introduction=introduction),
        slug=here.slug,
        ifid=here.ifid,
        minutes=told.minutes if told.minutes is not None else here.minutes,
        mastery_score=told.mastery_score if told.mastery_score is not None else here.mastery_score,
        mode=told.mode or here.mode,
    )
