"""A clause that changed, and what is learnt of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from quizzes.selectors.questions import question_key
from standards.models import ChapterPage, Edition
from standards.services.citations import record_citation_check
from tests.factories.people import NOW
from tests.factories.standards import edit_clause, publish
from training.models import DeltaClause, DeltaRefresher, ProgramAssignment
from training.selectors.deltas import delta_content_unscoped
from training.selectors.scenarios import scenario_key
from training.services.deltas import begin_delta, take_delta_step

LATER = NOW + timedelta(days=100)


def change(
    chapter: ChapterPage, code: str = "REL-1", *, now: datetime = LATER, kind: str = "substantive"
) -> DeltaRefresher | None:
    """Publish the chapter with this clause saying something else; what is to be learnt of it."""
    publish(
        edit_clause(chapter, code, reason="The law changed.", kind=kind, statement=f"Another rule of {now:%d %B}."),
        now=now,
    )
    return DeltaRefresher.objects.filter(prepared_at=now).first()


def waiting(edition: Edition) -> DeltaRefresher:
    """One that asks for all clauses of an edition, though nothing changed."""
    delta = DeltaRefresher.objects.create(edition=edition, codes="REL-1", prepared_at=edition.published_at)
    DeltaClause.objects.bulk_create(DeltaClause(delta=delta, version=row.version) for row in edition.clauses.all())
    return delta


def look_through(delta: DeltaRefresher, *, now: datetime = LATER) -> None:
    """Say of everything that cites what changed that it is still right."""
    content = delta_content_unscoped(delta)
    versions = [version.pk for version in content.versions]
    keys = [question_key(each.page.pk) for each in content.questions]
    keys += [scenario_key(each.page) for each in content.stories]
    for key in keys:
        record_citation_check(citing=key, versions=versions, by=None, now=now)


def begin(delta: DeltaRefresher, *, now: datetime = LATER, **changes: Any) -> list[ProgramAssignment]:
    """Begin it as it is proposed, and assign it to everybody whom it is for."""
    content = delta_content_unscoped(delta)
    begin_delta(
        delta=delta,
        by=None,
        now=now,
        **{
            "questions": [each.page for each in content.questions if each.page.pk in content.asked],
            "scenario": next((each.page for each in content.stories if each.page.pk == content.played), None),
            "days": 14,
            **changes,
        },
    )
    run_job(delta, now=now)
    return list(ProgramAssignment.objects.filter(delta=delta).order_by("learner__name"))


def run_job(delta: DeltaRefresher, *, now: datetime = LATER) -> dict[str, Any]:
    place, step = None, None
    while step is None or not step.is_last:
        step = take_delta_step(arguments={"delta": delta.pk}, place=place, by=None, now=now)
        place = step.place
    return step.result
