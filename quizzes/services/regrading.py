"""Grading anew by a mended key: a new fact beside the old one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from quizzes.models import AttemptGrade, Question, QuizAttempt
from quizzes.selectors.regrading import Regrade, asked_attempt_ids_unscoped, regrades_unscoped
from quizzes.signals import attempt_regraded


@transaction.atomic
def regrade_attempts(*, question: Question, reason: str, now: datetime, quiz_slug: str = "") -> list[Regrade]:
    """Write the next grade of every attempt that the question's newest key changes, and tell `attempt_regraded` of each.

    reason: what its learner reads. All or nothing; again, it changes nothing.
    """
    ids = asked_attempt_ids_unscoped(question, quiz_slug)
    list(QuizAttempt.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    regrades = regrades_unscoped(question, ids)
    for one in regrades:
        grade = AttemptGrade.objects.create(
            attempt=one.attempt,
            number=one.before.number + 1,
            marks=one.marks,
            score_raw=one.after.raw,
            score_max=one.after.maximum,
            score_scaled=one.after.scaled,
            share=str(one.after.share),
            is_success=one.after.is_success,
            keys=one.keys,
            reason=reason,
            graded_at=now,
        )
        attempt_regraded.send(sender=QuizAttempt, attempt=one.attempt, grade=grade, now=now)
    return regrades
