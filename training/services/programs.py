"""Making programmes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.db.models import Model

from people.models import User
from quizzes.models import QuizPage
from standards.models import ChapterPage
from training.domain.recertification import problems
from training.enums import ExpiryBasis
from training.models import LessonPage, ScenarioPage
from training.models.programs import Program, ProgramActivity

KINDS: dict[type[Model], str] = {
    ChapterPage: "chapter",
    LessonPage: "lesson",
    ScenarioPage: "scenario",
    QuizPage: "quiz",
}


@dataclass(frozen=True)
class Step:
    """A page as an activity, with what is particular about it."""

    page: Model
    section: str = ""
    is_optional: bool = False
    in_first: bool = True
    in_refresher: bool = True

    def as_activity(self, program: Program, order: int) -> ProgramActivity:
        settings = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "page"}
        return ProgramActivity(program=program, sort_order=order, **{KINDS[type(self.page)]: self.page}, **settings)


@transaction.atomic
def create_program(
    *,
    title: str,
    slug: str,
    description: str,
    days_to_complete: int | None,
    active_months: int | None,
    activities: Iterable[Model | Step],
    is_ordered: bool = True,
    fixed_due_on: date | None = None,
    window_days: int = 0,
    expiry_basis: str = ExpiryBasis.COMPLETION,
    minimum_months: int = 0,
    fixed_expiry_on: date | None = None,
    grace_days: int = 0,
    by: User | None,
    now: datetime,
) -> Program:
    """A programme with these pages as activities, in this order; the one that is there already, untouched, if there is one.

    Raises ValueError for rules that contradict each other.
    """
    if existing := Program.objects.filter(slug=slug).first():
        return existing
    program = Program(
        title=title,
        slug=slug,
        description=description,
        is_ordered=is_ordered,
        days_to_complete=days_to_complete,
        active_months=active_months,
        fixed_due_on=fixed_due_on,
        window_days=window_days,
        expiry_basis=expiry_basis,
        minimum_months=minimum_months,
        fixed_expiry_on=fixed_expiry_on,
        grace_days=grace_days,
    )
    if found := problems(program.rules):
        raise ValueError(f"Rules that contradict each other: {found}")
    program.save()
    steps = [each if isinstance(each, Step) else Step(each) for each in activities]
    ProgramActivity.objects.bulk_create(step.as_activity(program, order) for order, step in enumerate(steps))
    return program
