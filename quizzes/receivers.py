"""Publishing a question writes its version, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published

from core import clock
from quizzes.models import Question
from quizzes.services import publish_question_version


@receiver(published, sender=Question, dispatch_uid="quizzes.publish_question_version")
def on_question_published(sender: type[Question], instance: Question, **kwargs: Any) -> None:
    publish_question_version(question=instance, now=clock.now())
