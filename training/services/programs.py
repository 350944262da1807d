"""Every write about programmes: making them, assigning, completing, releasing."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Model, Q

from core.domain.dates import add_months
from people.models import User
from people.selectors import branch_for_person, local_today
from quizzes.contributions import attempts_count_since
from quizzes.models import QuizAttempt, QuizPage
from quizzes.selectors.attempts import passing_attempt_unscoped
from standards.models import Acknowledgement, ChapterPage
from standards.selectors.reading import chapter_signature_for_learner, unsigned_clauses_for_learner
from standards.selectors.signatures import learners_with_nothing_to_sign_unscoped
from training.enums import AssignmentKind
from training.models import Playthrough, ScenarioPage
from training.models.assignments import AssignmentRelease, Completion, ProgramAssignment, ProgramCompletion
from training.models.programs import Program, ProgramActivity
from training.selectors.programs import clause_versions_for_assignment_unscoped, latest_assignment_unscoped
from training.signals import program_completed

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


@transaction.atomic
def assign_program(
    *,
    program: Program,
    learner: User,
    by: User | None,
    now: datetime,
    reason: str = "",
    kind: str = AssignmentKind.MANUAL,
    due_on: date | None = None,
) -> ProgramAssignment:
    """Assign by hand. Who is still at it or still certified keeps that assignment; else a new cycle begins.

    `due_on` is fixed now, in the time zone of the learner's branch. Earlier work counts in the first cycle only.
    """
    User.objects.lock(learner)
    today = local_today(branch_for_person(learner, now), now)
    latest = latest_assignment_unscoped(learner, program)
    if latest and not _is_over(latest, today):
        return latest
    if due_on is None and program.days_to_complete:
        due_on = today + timedelta(days=program.days_to_complete)
    assignment = ProgramAssignment.objects.create(
        learner=learner,
        program=program,
        cycle=latest.cycle + 1 if latest else 1,
        kind=kind,
        reason=reason,
        assigned_by=by,
        assigned_at=now,
        due_on=due_on,
    )
    if assignment.cycle == 1:
        _credit_earlier_work(assignment, now)
    return assignment


@transaction.atomic
def release_assignment(
    *, assignment: ProgramAssignment, by: User | None, now: datetime, reason: str = ""
) -> AssignmentRelease:
    """The person no longer has to do it; what is on record stays. Twice is once. Raises AlreadyClosed for a completed one."""
    User.objects.lock(assignment.learner)
    if ProgramCompletion.objects.filter(assignment=assignment).exists():
        raise AlreadyClosed
    defaults = {"released_at": now, "released_by": by, "reason": reason}
    return AssignmentRelease.objects.get_or_create(assignment=assignment, defaults=defaults)[0]


@transaction.atomic
def record_acknowledgement(*, acknowledgement: Acknowledgement, now: datetime) -> None:
    """A signed chapter closes that activity wherever it is open."""
    if not unsigned_clauses_for_learner(acknowledgement.learner, acknowledgement.chapter_key):
        _complete(
            acknowledgement.learner, Q(chapter__translation_key=acknowledgement.chapter_key), acknowledgement, now
        )


@transaction.atomic
def record_attempt(*, attempt: QuizAttempt, now: datetime) -> None:
    """A quiz passed, as it counts its attempts, closes that activity wherever it is open."""
    since = attempts_count_since(attempt.learner, attempt.quiz_id)
    if passing_attempt_unscoped(attempt.learner, attempt.quiz, since):
        _complete(attempt.learner, Q(quiz=attempt.quiz_id), attempt, now)


@transaction.atomic
def record_playthrough(*, playthrough: Playthrough, now: datetime) -> None:
    """A passed role-play closes that activity wherever it is open."""
    if playthrough.is_success:
        _complete(playthrough.learner, Q(scenario=playthrough.scenario_id), playthrough, now)


@transaction.atomic
def reconsider_chapters(*, chapter_keys: Collection[uuid.UUID], now: datetime) -> None:
    """After clauses left these chapters: who has nothing more to sign in one has done it, on the strength of what they signed."""
    for key in sorted(chapter_keys):
        waiting = ProgramAssignment.objects.waiting_for_chapter(key)
        people = User.objects.filter(pk__in=waiting.values("learner"))
        done = learners_with_nothing_to_sign_unscoped(key, people)
        for assignment in waiting.filter(learner__in=done).select_related("learner", "program").order_by("learner"):
            User.objects.lock(assignment.learner)
            if signature := chapter_signature_for_learner(assignment.learner, key):
                activity = assignment.program.activities.get(chapter__translation_key=key)
                _complete_activity(assignment, activity, signature, now)
            _complete_program(assignment, now)


@transaction.atomic
def reconsider_program(*, program: Program, now: datetime) -> None:
    """After its activities changed: complete the open assignments that have everything now."""
    for assignment in ProgramAssignment.objects.open().filter(program=program).select_related("learner", "program"):
        User.objects.lock(assignment.learner)
        _complete_program(assignment, now)


def _kind_of(page: Model) -> str:
    kinds = {ChapterPage: "chapter", ScenarioPage: "scenario", QuizPage: "quiz"}
    return kinds[type(page)]  # type: ignore[index]


def _is_over(assignment: ProgramAssignment, today: date) -> bool:
    """Whether a new cycle may begin: released, or certified and expired."""
    if hasattr(assignment, "release"):
        return True
    completion = getattr(assignment, "completion", None)
    return completion is not None and completion.expires_on is not None and completion.expires_on < today


def _complete(learner: User, activities: Q, evidence: Evidence, now: datetime) -> None:
    User.objects.lock(learner)
    for assignment in ProgramAssignment.objects.open().filter(learner=learner).select_related("program", "learner"):
        for activity in assignment.program.activities.filter(activities, is_active=True):
            _complete_activity(assignment, activity, evidence, now)
        _complete_program(assignment, now)


def _complete_activity(
    assignment: ProgramAssignment, activity: ProgramActivity, evidence: Evidence, now: datetime
) -> None:
    names = {Acknowledgement: "acknowledgement", Playthrough: "playthrough", QuizAttempt: "attempt"}
    Completion.objects.get_or_create(
        assignment=assignment, activity=activity, defaults={names[type(evidence)]: evidence, "completed_at": now}
    )


def _complete_program(assignment: ProgramAssignment, now: datetime) -> None:
    required = set(assignment.program.activities.that_ask_something().values_list("pk", flat=True))
    done = set(Completion.objects.filter(assignment=assignment).values_list("activity", flat=True))
    if not required or not required <= done:
        return
    completed_on = local_today(branch_for_person(assignment.learner, now), now)
    months = assignment.program.active_months
    completion, is_new = ProgramCompletion.objects.get_or_create(
        assignment=assignment,
        defaults={
            "completed_at": now,
            "completed_on": completed_on,
            "expires_on": add_months(completed_on, months) if months else None,
        },
    )
    if is_new:
        program_completed.send(
            sender=ProgramCompletion,
            completion=completion,
            clause_version_ids=clause_versions_for_assignment_unscoped(assignment),
            now=now,
        )


def _credit_earlier_work(assignment: ProgramAssignment, now: datetime) -> None:
    for activity in assignment.program.activities.filter(is_active=True).select_related("chapter", "quiz"):
        if evidence := _earlier_evidence(assignment.learner, activity):
            _complete_activity(assignment, activity, evidence, now)
    _complete_program(assignment, now)


def _earlier_evidence(learner: User, activity: ProgramActivity) -> Evidence | None:
    if activity.chapter is not None:
        return chapter_signature_for_learner(learner, activity.chapter.translation_key)
    if activity.quiz:
        return passing_attempt_unscoped(learner, activity.quiz)
    return (
        Playthrough.objects.counting()
        .filter(learner=learner, scenario=activity.scenario_id, is_success=True)
        .order_by("ended_at")
        .first()
    )
