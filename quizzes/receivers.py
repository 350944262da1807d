"""Publishing a question writes its version, handing in an attempt what it shows of memory: in the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published

from core import clock
from quizzes.models import Question, QuizAttempt
from quizzes.selectors.recall import quiz_exposures_unscoped
from quizzes.services import publish_question_version, record_recalls
from quizzes.signals import attempt_graded


@receiver(published, sender=Question, dispatch_uid="quizzes.publish_question_version")
def on_question_published(sender: type[Question], instance: Question, **kwargs: Any) -> None:
    publish_question_version(question=instance, now=clock.now())


@receiver(attempt_graded, dispatch_uid="quizzes.record_recall")
def on_attempt_graded(sender: type[QuizAttempt], attempt: QuizAttempt, **kwargs: Any) -> None:
    record_recalls(learner=attempt.learner, exposures=quiz_exposures_unscoped([attempt]))
