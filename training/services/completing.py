"""What closes activities and programmes: a signature, a lesson, a role-play, a quiz, what was learnt elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from people.models import User
from people.selectors import branch_for_person, local_today
from quizzes.contributions import attempts_count_since
from quizzes.models import QuizAttempt
from quizzes.selectors.attempts import passing_attempt_unscoped
from standards.models import Acknowledgement
from standards.selectors.reading import chapter_signature_for_learner, unsigned_clauses_for_learner
from standards.selectors.signatures import learners_with_nothing_to_sign_unscoped
from training.domain.recertification import Validity, validity
from training.models import LessonCompletion, Playthrough
from training.models.assignments import Completion, ProgramAssignment, ProgramCompletion
from training.models.exceptions import PriorLearning
from training.models.programs import Program, ProgramActivity
from training.selectors.evidence import earlier_evidence_unscoped, learners_with_evidence_unscoped
from training.selectors.programs import clause_versions_for_assignment_unscoped, validity_before_unscoped
from training.services.status import keep_status
from training.signals import program_completed

Evidence = Acknowledgement | LessonCompletion | Playthrough | QuizAttempt | PriorLearning

FIELDS: dict[type, str] = {
    Acknowledgement: "acknowledgement",
    LessonCompletion: "lesson_completion",
    Playthrough: "playthrough",
    QuizAttempt: "attempt",
    PriorLearning: "prior_learning",
}


@transaction.atomic
def record_acknowledgement(*, acknowledgement: Acknowledgement, now: datetime) -> None:
    """A signed chapter closes that activity wherever it is open."""
    if not unsigned_clauses_for_learner(acknowledgement.learner, acknowledgement.chapter_key):
        chapter = Q(chapter__translation_key=acknowledgement.chapter_key)
        _complete(acknowledgement.learner, chapter, acknowledgement, now)


@transaction.atomic
def record_attempt(*, attempt: QuizAttempt, now: datetime) -> None:
    """A quiz passed, as it counts its attempts, closes that activity wherever it is open."""
    since = attempts_count_since(attempt.learner, attempt.quiz_id)
    if passing_attempt_unscoped(attempt.learner, attempt.quiz, since):
        _complete(attempt.learner, Q(quiz=attempt.quiz_id), attempt, now)


@transaction.atomic
def record_lesson(*, completion: LessonCompletion, now: datetime) -> None:
    """A lesson gone through closes that activity wherever it is open."""
    _complete(completion.learner, Q(lesson=completion.lesson_id), completion, now)


@transaction.atomic
def record_playthrough(*, playthrough: Playthrough, now: datetime) -> None:
    """A passed role-play closes that activity wherever it is open."""
    if playthrough.is_success:
        _complete(playthrough.learner, Q(scenario=playthrough.scenario_id), playthrough, now)


@transaction.atomic
def complete_by_prior_learning(
    *, assignment: ProgramAssignment, activities: Iterable[ProgramActivity], learning: PriorLearning, now: datetime
) -> None:
    """These activities of an open assignment are done by what was learnt elsewhere."""
    for activity in activities:
        _complete_activity(assignment, activity, learning, now)
    complete_program(assignment=assignment, now=now)


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
                for activity in _activities(assignment).filter(chapter__translation_key=key):
                    _complete_activity(assignment, activity, signature, now)
            complete_program(assignment=assignment, now=now)


@transaction.atomic
def reconsider_program(*, program: Program, now: datetime) -> None:
    """After its activities changed: complete the open assignments that have everything now."""
    for assignment in ProgramAssignment.objects.open().filter(program=program).select_related("learner", "program"):
        User.objects.lock(assignment.learner)
        complete_program(assignment=assignment, now=now)


@transaction.atomic
def credit_earlier_work(*, assignments: Collection[ProgramAssignment], now: datetime) -> None:
    """What these people did before they were assigned to this one programme counts in it."""
    if not assignments:
        return
    program = next(iter(assignments)).program
    activities = list(program.activities.filter(is_active=True).select_related("chapter", "quiz"))
    showing = learners_with_evidence_unscoped([assignment.learner_id for assignment in assignments], activities)
    for assignment in assignments:
        if assignment.learner_id in showing:
            for activity in activities:
                if evidence := earlier_evidence_unscoped(assignment.learner, activity):
                    _complete_activity(assignment, activity, evidence, now)
            complete_program(assignment=assignment, now=now)


@transaction.atomic
def complete_program(*, assignment: ProgramAssignment, now: datetime) -> None:
    """Close the assignment if everything that it needs is done. The status follows either way."""
    needed = _activities(assignment).that_ask_something()
    required = set(needed.values_list("pk", flat=True))
    done = set(Completion.objects.filter(assignment=assignment).values_list("activity", flat=True))
    if required and required <= done:
        _close(assignment, now)
    keep_status(learners=[assignment.learner_id], programs=[assignment.program_id])


def _activities(assignment: ProgramAssignment) -> Any:
    return ProgramActivity.objects.of_assignment(assignment)


def _close(assignment: ProgramAssignment, now: datetime) -> None:
    completed_on = local_today(branch_for_person(assignment.learner, now), now)
    found = _validity(assignment, completed_on)
    completion, is_new = ProgramCompletion.objects.get_or_create(
        assignment=assignment,
        defaults={
            "completed_at": now,
            "completed_on": completed_on,
            "base_on": found.base_on,
            "expires_on": found.expires_on,
            "opens_on": found.opens_on,
        },
    )
    if is_new and not assignment.delta_id:
        program_completed.send(
            sender=ProgramCompletion,
            completion=completion,
            clause_version_ids=clause_versions_for_assignment_unscoped(assignment),
            now=now,
        )


def _validity(assignment: ProgramAssignment, completed_on: date) -> Validity:
    """What changed was learnt: that leaves the certificate and its dates as they are."""
    if assignment.delta_id:
        return Validity(completed_on, completed_on, None, None)
    return validity(assignment.program.rules, completed_on, previous=validity_before_unscoped(assignment))


def _complete(learner: User, activities: Q, evidence: Evidence, now: datetime) -> None:
    User.objects.lock(learner)
    for assignment in ProgramAssignment.objects.open().filter(learner=learner).select_related("program", "learner"):
        found = list(_activities(assignment).filter(activities))
        for activity in found:
            _complete_activity(assignment, activity, evidence, now)
        if found:
            complete_program(assignment=assignment, now=now)


def _complete_activity(
    assignment: ProgramAssignment, activity: ProgramActivity, evidence: Evidence, now: datetime
) -> None:
    Completion.objects.get_or_create(
        assignment=assignment, activity=activity, defaults={FIELDS[type(evidence)]: evidence, "completed_at": now}
    )
