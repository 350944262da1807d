"""Every write about programmes: making them, assigning, completing, releasing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from people.models import User
from quizzes.models import QuizAttempt, QuizPage
from standards.models import Acknowledgement, ChapterPage
from training.models import Playthrough, ScenarioPage
from training.models.programs import Program, ProgramActivity

Evidence = Acknowledgement | Playthrough | QuizAttempt


class AlreadyClosed(Exception):
    """The assignment is completed or released: it can't be released any more."""


@transaction.atomic
def create_program(
    *,
    title: str,
    slug: str,
    description: str,
    days_to_complete: int | None,
    active_months: int | None,
    activities: Iterable[Model],
    is_ordered: bool = True,
    by: User | None,
    now: datetime,
) -> Program:
    """A programme with these pages as activities, in this order; the one that is there already, untouched, if there is one."""
    if existing := Program.objects.filter(slug=slug).first():
        return existing
    program = Program.objects.create(
        title=title,
        slug=slug,
        description=description,
        is_ordered=is_ordered,
        days_to_complete=days_to_complete,
        active_months=active_months,
    )
    ProgramActivity.objects.bulk_create(
        ProgramActivity(program=program, sort_order=order, **{_kind_of(page): page})
        for order, page in enumerate(activities)
    )
    return program


def _kind_of(page: Model) -> str:
    kinds = {ChapterPage: "chapter", ScenarioPage: "scenario", QuizPage: "quiz"}
    return kinds[type(page)]  # type: ignore[index]
