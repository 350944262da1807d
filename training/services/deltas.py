"""Delta refreshers: prepared when an edition changes a clause in substance, begun once what cites it is right again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from core.contributions import LongJobKind, Step
from core.models import LongJob, source_language
from core.services import begin_long_job
from people.models import User
from people.selectors import days_of_people
from quizzes.models import Question, QuizPage
from quizzes.selectors.questions import quiz_index_unscoped
from quizzes.services import create_quiz
from standards.models import Edition
from standards.selectors.editions import substantive_changes_unscoped
from training.domain.deadlines import Deadline
from training.enums import AssignmentKind
from training.models import ProgramActivity, ScenarioPage
from training.models.assignments import ProgramAssignment
from training.models.deltas import DeltaClause, DeltaRefresher
from training.selectors.deltas import (
    count_people_with_programs_unscoped,
    delta_content_unscoped,
    people_with_programs_unscoped,
    questions_to_choose,
    statuses_behind_unscoped,
    stories_to_choose,
)
from training.signals import programs_assigned

MASTERY = Decimal("0.8")


class NotWaiting(Exception):
    """It was begun or dismissed before, perhaps in another tab."""


class NothingToLearn(Exception):
    """Each of its clauses changed again, or was retired: a later one says what is in force."""


@transaction.atomic
def prepare_delta(*, edition: Edition, now: datetime) -> DeltaRefresher | None:
    """What this edition changed in substance, to be learnt later; None where it changed nothing so. Twice is once."""
    versions = substantive_changes_unscoped(edition)
    if not versions:
        return None
    codes = ", ".join(version.clause.code for version in versions)
    delta, is_new = DeltaRefresher.objects.get_or_create(edition=edition, defaults={"codes": codes, "prepared_at": now})
    if is_new:
        DeltaClause.objects.bulk_create(DeltaClause(delta=delta, version=version) for version in versions)
    return delta


@transaction.atomic
def begin_delta(
    *,
    delta: DeltaRefresher,
    questions: Collection[Question],
    scenario: ScenarioPage | None,
    days: int,
    by: User | None,
    now: datetime,
    url: str = "",
) -> LongJob:
    """Ask for it, by these questions and this role-play; people are assigned in the background.

    Raises NotWaiting for one that was begun or dismissed, NothingToLearn where none of its clauses is in force any more.
    """
    delta = _waiting(delta)
    chapters = delta_content_unscoped(delta).chapters
    if not chapters:
        raise NothingToLearn
    pages: list[dict[str, Any]] = [{"chapter": chapter} for chapter in chapters]
    pages += [{"quiz": _quiz(delta, questions, by, now)}, {"scenario": scenario}]
    ProgramActivity.objects.bulk_create(
        ProgramActivity(delta=delta, sort_order=place, **page)
        for place, page in enumerate(page for page in pages if all(page.values()))
    )
    delta.days, delta.begun_at, delta.begun_by = days, now, by
    delta.save(update_fields=["days", "begun_at", "begun_by"])
    return begin_long_job(
        kind=DELTA_JOB.name, key=f"delta {delta.pk}", arguments={"delta": delta.pk}, url=url, by=by, now=now
    )


@transaction.atomic
def dismiss_delta(*, delta: DeltaRefresher, reason: str, by: User | None, now: datetime) -> None:
    """Nobody is asked for it; who reads the chapter sees what changed all the same. Raises NotWaiting."""
    delta = _waiting(delta)
    delta.dismissed_at, delta.dismissed_by, delta.why_dismissed = now, by, reason
    delta.save(update_fields=["dismissed_at", "dismissed_by", "why_dismissed"])


def begin_ready_deltas(*, now: datetime) -> int:
    """Begin those whose questions and role-plays were all looked through since the change, as proposed; how many."""
    return sum(_begin_if_ready(delta, now) for delta in DeltaRefresher.objects.waiting().order_by("edition__number"))


def take_delta_step(*, arguments: dict[str, Any], place: Any, by: User | None, now: datetime) -> Step:
    """Assign it to the next few hundred people, as far as they hold older evidence (a LongWork). arguments: {"delta": id}."""
    delta = DeltaRefresher.objects.get(pk=arguments["delta"])
    told = place or {"total": count_people_with_programs_unscoped(), "looked_at": 0, "assigned": 0, "after": 0}
    learners = people_with_programs_unscoped(told["after"])
    if learners:
        made = assign_delta(delta=delta, learners=learners, by=by, now=now)
        told = {
            "total": told["total"],
            "looked_at": told["looked_at"] + len(learners),
            "assigned": told["assigned"] + len(made),
            "after": learners[-1],
        }
    return Step(
        done=told["looked_at"],
        total=max(told["total"], told["looked_at"]),
        place=told,
        is_last=not learners,
        result={"assigned": told["assigned"]},
    )


@transaction.atomic
def assign_delta(
    *, delta: DeltaRefresher, learners: Collection[int], by: User | None, now: datetime
) -> list[ProgramAssignment]:
    """Assign it to those of these people (ids) who hold older evidence; the assignments that are new. Nobody gets it twice."""
    User.objects.lock_all(learners)
    behind = statuses_behind_unscoped(delta, learners, now)
    days = days_of_people(behind, now)
    made = ProgramAssignment.objects.bulk_create(
        ProgramAssignment(
            learner_id=learner,
            program=status.program,
            cycle=status.assignment.cycle,
            kind=AssignmentKind.DELTA,
            delta=delta,
            assigned_by=by,
            assigned_at=now,
            due_on=Deadline(delta.days, None).counted_from(days[learner], None),
            is_by_rule=status.assignment.is_by_rule,
        )
        for learner, status in sorted(behind.items())
    )
    programs_assigned.send(sender=ProgramAssignment, assignments=made, now=now)
    return made


def _told(result: dict[str, Any]) -> str:
    return _("Assigned: %(assigned)s.") % {"assigned": result.get("assigned", 0)}


DELTA_JOB = LongJobKind("delta", gettext_lazy("What changed, assigned"), take_delta_step, _told)


def _waiting(delta: DeltaRefresher) -> DeltaRefresher:
    found = DeltaRefresher.objects.select_for_update().waiting().filter(pk=delta.pk).first()
    if found is None:
        raise NotWaiting
    return found


@transaction.atomic
def _begin_if_ready(delta: DeltaRefresher, now: datetime) -> bool:
    content = delta_content_unscoped(delta)
    if not (content.is_ready and content.chapters):
        return False
    questions = list(questions_to_choose(content).filter(pk__in=content.asked))
    played = stories_to_choose(content).filter(pk=content.played).first()
    try:
        begin_delta(delta=delta, questions=questions, scenario=played, days=delta.days, by=None, now=now)
    except NotWaiting:
        return False
    return True


def _quiz(delta: DeltaRefresher, questions: Collection[Question], by: User | None, now: datetime) -> QuizPage | None:
    """A page like any other: editors may add to it, and find in its report how people did. None without questions."""
    parent = quiz_index_unscoped()
    if not questions or parent is None:
        return None
    with override(source_language()):
        return create_quiz(
            parent=parent,
            title=_("What changed in edition %(number)s") % {"number": delta.edition.number},
            slug=f"what-changed-{delta.edition.number}",
            introduction=_("A few questions on what the standards say anew."),
            minutes=len(questions),
            mastery_score=MASTERY,
            questions=questions,
            by=by,
            now=now,
        )
