"""What training does when something happened: a scenario or lesson is published, a chapter signed or made shorter,
a lesson, quiz or role-play finished."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from core import clock
from core.models import publishing_user
from people.signals import placement_changed
from quizzes.models import QuizAttempt
from quizzes.services import record_recalls
from quizzes.signals import attempt_graded, attempt_regraded
from standards.models import Acknowledgement, Edition
from standards.signals import chapter_acknowledged, clauses_left, edition_published
from training.models import LessonCompletion, LessonPage, Playthrough, ProgramAssignment, ScenarioPage
from training.selectors.remembering import run_exposures_unscoped
from training.services.audience import apply_audiences
from training.services.completing import (
    reconsider_chapters,
    record_acknowledgement,
    record_attempt,
    record_lesson,
    record_playthrough,
)
from training.services.deltas import prepare_delta
from training.services.lessons import publish_lesson_version
from training.services.scenarios import publish_scenario_version
from training.services.telling import tell_of_assignments
from training.signals import lesson_completed, programs_assigned, scenario_ended


@receiver(page_published, sender=ScenarioPage, dispatch_uid="training.publish_scenario_version")
def on_scenario_published(sender: type[ScenarioPage], instance: ScenarioPage, revision: Any, **kwargs: Any) -> None:
    publish_scenario_version(page=instance, by=publishing_user(revision), now=clock.now())


@receiver(page_published, sender=LessonPage, dispatch_uid="training.publish_lesson_version")
def on_lesson_published(sender: type[LessonPage], instance: LessonPage, revision: Any, **kwargs: Any) -> None:
    publish_lesson_version(page=instance, by=publishing_user(revision), now=clock.now())


@receiver(lesson_completed, dispatch_uid="training.record_lesson")
def on_lesson_completed(sender: Any, completion: LessonCompletion, now: datetime, **kwargs: Any) -> None:
    record_lesson(completion=completion, now=now)


@receiver(chapter_acknowledged, dispatch_uid="training.record_acknowledgement")
def on_chapter_acknowledged(sender: Any, acknowledgement: Acknowledgement, now: datetime, **kwargs: Any) -> None:
    record_acknowledgement(acknowledgement=acknowledgement, now=now)


@receiver(clauses_left, dispatch_uid="training.reconsider_chapters")
def on_clauses_left(sender: Any, chapter_keys: set[uuid.UUID], now: datetime, **kwargs: Any) -> None:
    reconsider_chapters(chapter_keys=chapter_keys, now=now)


@receiver(edition_published, dispatch_uid="training.prepare_delta")
def on_edition_published(sender: Any, edition: Edition, now: datetime, **kwargs: Any) -> None:
    prepare_delta(edition=edition, now=now)


@receiver(attempt_graded, dispatch_uid="training.record_attempt")
def on_attempt_graded(sender: Any, attempt: QuizAttempt, now: datetime, **kwargs: Any) -> None:
    record_attempt(attempt=attempt, now=now)


@receiver(attempt_regraded, dispatch_uid="training.record_regraded_attempt")
def on_attempt_regraded(sender: Any, attempt: QuizAttempt, now: datetime, **kwargs: Any) -> None:
    """A mended key may have made it a pass. What was complete stays complete."""
    record_attempt(attempt=attempt, now=now)


@receiver(scenario_ended, dispatch_uid="training.record_playthrough")
def on_scenario_ended(sender: Any, playthrough: Playthrough, now: datetime, **kwargs: Any) -> None:
    record_playthrough(playthrough=playthrough, now=now)
    record_recalls(learner=playthrough.learner, exposures=run_exposures_unscoped([playthrough]))


@receiver(placement_changed, dispatch_uid="training.apply_audiences")
def on_placement_changed(sender: Any, user_ids: set[int], now: datetime, **kwargs: Any) -> None:
    apply_audiences(learners=user_ids, now=now)


@receiver(programs_assigned, dispatch_uid="training.tell_of_assignments")
def on_programs_assigned(sender: Any, assignments: list[ProgramAssignment], now: datetime, **kwargs: Any) -> None:
    tell_of_assignments(assignments=assignments, now=now)
