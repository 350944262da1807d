"""Attempts at a quiz: beginning, answering, handing in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.models import Locale

from people.models import User
from quizzes.domain.answers import Given, answer_as_json, answer_from_json
from quizzes.domain.digests import shuffled
from quizzes.domain.grading import grade
from quizzes.domain.kinds import kind_of
from quizzes.models import AskedClause, AttemptGrade, AttemptQuestion, QuizAttempt, QuizPage, Response
from quizzes.selectors.attempts import answered_question_unscoped, marks_unscoped
from quizzes.selectors.questions import QuestionToAsk, questions_to_ask_unscoped
from quizzes.signals import attempt_graded


class NothingToAsk(Exception):
    """No question of the quiz is published."""


class AttemptNotFound(Exception):
    """There is no such attempt of this learner."""


class AttemptClosed(Exception):
    """The attempt has been handed in: nothing can be answered any more."""


class QuestionNotAsked(Exception):
    """The attempt has no question at this position."""


@transaction.atomic
def start_attempt(
    *, learner: User, quiz: QuizPage, seed: str, now: datetime, locale: Locale | None = None
) -> QuizAttempt:
    """Begin an attempt; the open one, if there is one. It freezes the quiz's rules, each question's version, words and clause versions.

    seed: any short text; it alone decides the order of the options. Raises NothingToAsk.
    """
    User.objects.lock(learner)
    if running := QuizAttempt.objects.filter(learner=learner, quiz=quiz, submitted_at=None).first():
        return running
    to_ask = questions_to_ask_unscoped(quiz, locale or Locale.get_default())
    if not to_ask:
        raise NothingToAsk
    attempt = QuizAttempt.objects.create(learner=learner, quiz=quiz, rules=_rules(quiz), seed=seed, started_at=now)
    asked = AttemptQuestion.objects.bulk_create(
        AttemptQuestion(
            attempt=attempt,
            position=position,
            version=question.version,
            text=question.text,
            option_ids=_option_order(question, f"{seed}:{position}"),
        )
        for position, question in enumerate(to_ask, start=1)
    )
    AskedClause.objects.bulk_create(
        AskedClause(asked=row, version_id=version)
        for row, question in zip(asked, to_ask, strict=True)
        for version in question.clause_version_ids
    )
    return attempt


@transaction.atomic
def save_response(
    *, learner: User, attempt: QuizAttempt, position: int, answer: Collection[Given], now: datetime
) -> Response:
    """Keep an answer. The same answer again is the row that is there; another one is a new row, and counts.

    Raises AttemptNotFound, AttemptClosed, QuestionNotAsked, or WrongChoice (quizzes.domain.answers); the attempt is as it was then.
    """
    running = _lock_attempt(learner, attempt)
    if running.submitted_at is not None:
        raise AttemptClosed
    asked = answered_question_unscoped(running, position)
    if asked is None:
        raise QuestionNotAsked
    said = kind_of(asked.kind).read(asked.content, answer)
    if asked.response_id is not None and answer_from_json(asked.chosen) == said:
        return Response.objects.get(pk=asked.response_id)
    return Response.objects.create(
        asked_id=asked.asked_id, number=(asked.number or 0) + 1, chosen=answer_as_json(said), answered_at=now
    )


@transaction.atomic
def submit_attempt(*, learner: User, attempt: QuizAttempt, now: datetime) -> QuizAttempt:
    """Hand in and grade, once: again, it gives the result that is there. Tells `attempt_graded`. Raises AttemptNotFound."""
    running = _lock_attempt(learner, attempt)
    if running.submitted_at is not None:
        return running
    marked = marks_unscoped(running)
    result = grade([question.mark for question in marked], Decimal(running.rules["mastery_score"]))
    score = {"score_raw": result.raw, "score_max": result.maximum, "score_scaled": result.scaled}
    running.submitted_at, running.is_success = now, result.is_success
    for field, value in score.items():
        setattr(running, field, value)
    running.save(update_fields=["submitted_at", *score, "is_success"])
    AttemptGrade.objects.create(
        attempt=running,
        number=1,
        marks=[question.as_row() for question in marked],
        is_success=result.is_success,
        graded_at=now,
        **score,
    )
    attempt_graded.send(sender=QuizAttempt, attempt=running, now=now)
    return running


def _option_order(question: QuestionToAsk, seed: str) -> list[str]:
    content = question.text.content
    if not kind_of(question.version.kind).orders_options(content):
        return list(content.option_ids)
    return shuffled(content.option_ids, seed)


def _rules(quiz: QuizPage) -> dict[str, object]:
    return {
        "title": quiz.title,
        "introduction": quiz.introduction,
        "minutes": quiz.minutes,
        "mastery_score": str(quiz.mastery_score),
    }


def _lock_attempt(learner: User, attempt: QuizAttempt) -> QuizAttempt:
    """The attempt as it stands, held until the transaction ends: answers and handing in come one after the other."""
    locked = QuizAttempt.objects.select_for_update(no_key=True).filter(pk=attempt.pk, learner=learner).first()
    if locked is None:
        raise AttemptNotFound
    return locked
