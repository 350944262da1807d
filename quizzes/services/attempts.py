"""Attempts at a quiz: beginning, answering, handing in; by the server's clock."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from wagtail.models import Locale

from people.models import User
from quizzes.domain.answers import Given, answer_as_json
from quizzes.domain.grading import Certainty, grade
from quizzes.domain.kinds import kind_of
from quizzes.domain.rules import Rules, Start, is_over, keeps_late
from quizzes.models import AskedClause, AttemptGrade, AttemptQuestion, QuizAttempt, QuizPage, Response
from quizzes.selectors.attempts import (
    AskedQuestion,
    OpenAttempt,
    asked_in_unscoped,
    marks_unscoped,
    overdue_attempts_unscoped,
    start_for_learner,
)
from quizzes.selectors.questions import questions_to_ask_unscoped
from quizzes.signals import attempt_graded


class NothingToAsk(Exception):
    """No question of the quiz is published."""


class MayNotStart(Exception):
    """The quiz's rules don't allow another attempt now; `start` says why, and until when."""

    def __init__(self, start: Start) -> None:
        super().__init__(start.refusal)
        self.start = start


class AttemptNotFound(Exception):
    """There is no such attempt of this learner."""


class AttemptClosed(Exception):
    """The attempt has been handed in: nothing can be answered any more."""


class QuestionNotAsked(Exception):
    """The attempt has no question at this position."""


class AnswerIsFinal(Exception):
    """The question has been answered and its feedback shown, or gone past: its answer stays as it is."""


class CertaintyMissing(Exception):
    """The quiz is marked by certainty, and the answer doesn't say how sure it is."""


@transaction.atomic
def start_attempt(
    *, learner: User, quiz: QuizPage, seed: str, now: datetime, locale: Locale | None = None
) -> QuizAttempt:
    """Begin an attempt; the open one, if there is one. It freezes the quiz's rules, when its time is up, each question's version,
    words and clause versions.

    seed: any short text; it alone decides what is drawn and the orders. Raises MayNotStart or NothingToAsk.
    """
    # Before the person is held: handing in holds the attempt first, then the person.
    if overdue := overdue_attempts_unscoped(now).filter(learner=learner, quiz=quiz).first():
        submit_attempt(learner=learner, attempt=overdue, now=now)
    User.objects.lock(learner)
    if running := QuizAttempt.objects.filter(learner=learner, quiz=quiz, submitted_at=None).first():
        return running
    rules = quiz.rules
    start = start_for_learner(learner, quiz, now)
    if not start.is_allowed:
        raise MayNotStart(start)
    to_ask = questions_to_ask_unscoped(quiz, locale or Locale.get_default(), learner, seed)
    if not to_ask:
        raise NothingToAsk
    attempt = QuizAttempt.objects.create(
        learner=learner,
        quiz=quiz,
        rules=_frozen(quiz, rules),
        seed=seed,
        started_at=now,
        due_at=rules.due_at(now, learner.extra_time),
    )
    asked = AttemptQuestion.objects.bulk_create(
        AttemptQuestion(
            attempt=attempt,
            position=position,
            version=question.version,
            text=question.text,
            option_ids=question.option_order(f"{seed}:{position}" if rules.shuffles_answers else None),
            section=question.section,
        )
        for position, question in enumerate(to_ask, start=1)
    )
    AskedClause.objects.bulk_create(
        AskedClause(asked=row, version_id=version)
        for row, question in zip(asked, to_ask, strict=True)
        for version in question.clause_version_ids
    )
    return attempt


@contextmanager
def holding_attempt(*, learner: User, slug: str) -> Iterator[OpenAttempt | None]:
    """The attempt at the quiz with this slug that isn't handed in, for this block alone: nobody else answers or hands in meanwhile.

    One transaction for reading what was asked, looking at what was sent, and keeping it: every answer comes by here.
    """
    with transaction.atomic():
        mine = QuizAttempt.objects.filter(learner=learner, quiz__slug=slug, submitted_at=None)
        held = mine.select_for_update(of=("self",), no_key=True).first()
        yield asked_in_unscoped(held) if held else None


@transaction.atomic
def save_response(
    *,
    learner: User,
    attempt: QuizAttempt,
    position: int,
    answer: Collection[Given],
    now: datetime,
    certainty: int | None = None,
) -> Response:
    """`keep_response`, where nobody holds the attempt yet. Raises AttemptNotFound too."""
    held = asked_in_unscoped(_lock_attempt(learner, attempt), position)
    return keep_response(held=held, position=position, answer=answer, certainty=certainty, now=now)


def keep_response(
    *, held: OpenAttempt, position: int, answer: Collection[Given], now: datetime, certainty: int | None = None
) -> Response:
    """Keep an answer of an attempt that is held. The same answer again is the row that is there; another one is a new row, and counts.

    One that arrives after the time was up is kept for a day, flagged `is_late`, and counts for nothing; the attempt is handed in then,
    if it wasn't. Raises AttemptClosed, QuestionNotAsked, AnswerIsFinal, CertaintyMissing, or WrongChoice (quizzes.domain.answers); the
    attempt is as it was then.
    """
    running, rules = held.attempt, held.rules
    is_late = keeps_late(running.due_at, now) and (running.submitted_at is None or running.is_closed_by_clock)
    if not is_late and (running.submitted_at is not None or is_over(running.due_at, now)):
        raise AttemptClosed
    asked = held.question(position)
    if asked is None:
        raise QuestionNotAsked
    said = kind_of(asked.kind).read(asked.content, answer)
    if rules.is_certainty_based:
        if certainty is None:
            raise CertaintyMissing
        certainty = Certainty(certainty).value
    else:
        certainty = None
    response_id, number = asked.saved or (None, 0)
    if response_id is not None and (asked.answer, asked.certainty) == (said, certainty):
        return Response.objects.get(pk=response_id)
    if not is_late and _is_final(running, rules, asked):
        raise AnswerIsFinal
    if is_late and running.submitted_at is None:
        _close(running, now)
    return Response.objects.create(
        asked_id=asked.asked_id,
        number=number + 1,
        chosen=answer_as_json(said),
        certainty=certainty,
        is_late=is_late,
        answered_at=now,
    )


@transaction.atomic
def pass_questions(*, learner: User, attempt: QuizAttempt, up_to: int, now: datetime) -> QuizAttempt:
    """Go past the questions up to this position, for good, where the quiz knows no way back; elsewhere nothing happens.

    Raises AttemptNotFound or AttemptClosed.
    """
    running = _lock_attempt(learner, attempt)
    if running.submitted_at is not None or is_over(running.due_at, now):
        raise AttemptClosed
    if running.frozen.is_forward_only and running.reached <= up_to:
        running.reached = up_to + 1
        running.save(update_fields=["reached"])
    return running


@transaction.atomic
def submit_attempt(*, learner: User, attempt: QuizAttempt, now: datetime) -> QuizAttempt:
    """Hand in and grade, once: again, it gives the result that is there. Tells `attempt_graded`. Raises AttemptNotFound.

    What is handed in after its time was up counts as handed in by the clock.
    """
    running = _lock_attempt(learner, attempt)
    if running.submitted_at is not None:
        return running
    if is_over(running.due_at, now):
        return _close(running, now)
    return _grade(running, now, now)


def submit_overdue_attempts(*, now: datetime) -> int:
    """Hand in, as it stands, every open attempt whose time is up. How many those were."""
    overdue = list(overdue_attempts_unscoped(now))
    for attempt in overdue:
        submit_attempt(learner=attempt.learner, attempt=attempt, now=now)
    return len(overdue)


def _close(running: QuizAttempt, now: datetime) -> QuizAttempt:
    """Handed in by the clock, at the moment that its time was up, whenever that is noticed."""
    running.is_closed_by_clock = True
    return _grade(running, running.due_at or now, now)


def _grade(running: QuizAttempt, handed_in_at: datetime, now: datetime) -> QuizAttempt:
    """Mark every question and seal the attempt (which is locked)."""
    marked = marks_unscoped(running)
    result = grade([question.counted for question in marked], running.frozen.mastery_score)
    score = {"score_raw": result.raw, "score_max": result.maximum, "score_scaled": result.scaled}
    running.submitted_at, running.is_success = handed_in_at, result.is_success
    for field, value in score.items():
        setattr(running, field, value)
    running.save(update_fields=["submitted_at", "is_closed_by_clock", *score, "is_success"])
    AttemptGrade.objects.create(
        attempt=running,
        number=1,
        marks=[question.as_row() for question in marked],
        share=str(result.share),
        is_success=result.is_success,
        graded_at=now,
        **score,
    )
    attempt_graded.send(sender=QuizAttempt, attempt=running, now=now)
    return running


def _is_final(running: QuizAttempt, rules: Rules, asked: AskedQuestion) -> bool:
    """Whether another answer would come after feedback, or to a question that lies behind."""
    is_behind = rules.is_forward_only and asked.position < running.reached
    return is_behind or (rules.shows_at_once and asked.saved is not None)


def _frozen(quiz: QuizPage, rules: Rules) -> dict[str, object]:
    return {"title": quiz.title, "introduction": quiz.introduction, "minutes": quiz.minutes, **rules.as_mapping()}


def _lock_attempt(learner: User, attempt: QuizAttempt) -> QuizAttempt:
    """The attempt as it stands, held until the transaction ends: answers and handing in come one after the other."""
    locked = QuizAttempt.objects.select_for_update(no_key=True).filter(pk=attempt.pk, learner=learner).first()
    if locked is None:
        raise AttemptNotFound
    return locked
