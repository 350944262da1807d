"""Previews of a scenario or lesson that is being written. Only editors see them."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from training.domain.scenario.graph import Choice
from training.models import LessonPage, ScenarioPage
from training.selectors.lessons import Part, draft_parts_unscoped
from training.selectors.rehearsing import Rehearsal, conditions_in_words, rehearsal_unscoped
from training.selectors.writing import DraftMap, draft_map_unscoped

register = template.Library()


@register.simple_tag
def draft_map(page: ScenarioPage) -> DraftMap:
    return draft_map_unscoped(page)


@register.simple_tag
def draft_parts(page: LessonPage) -> list[Part]:
    return draft_parts_unscoped(page)


@register.simple_tag
def rehearsal(page: ScenarioPage, taken: Sequence[str]) -> Rehearsal:
    """taken: the choices so far, as scene/choice."""
    return rehearsal_unscoped(page, taken)


@register.filter
def conditions(choice: Choice) -> str:
    """All that must hold for it to be offered, in words."""
    return conditions_in_words(choice)
