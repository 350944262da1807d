"""Where a learner stands with a quiz: one's own attempts, whether another may begin, and what they came to."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import F

from people.models import User
from quizzes.contributions import attempts_count_since
from quizzes.domain.rules import Result, ScoreMethod, Start, combined, may_start
from quizzes.enums import QuizState
from quizzes.models import QuizAttempt, QuizPage


@dataclass(frozen=True)
class QuizSummary:
    """Where a learner stands with a quiz. `result` is what its attempts came to together, as the quiz counts them.

    best: the best scaled score (0 to 1); passed_at: the first pass of an attempt; at: the last hand-in.
    """

    state: QuizState
    attempts: int = 0
    result: Result | None = None
    best: Decimal | None = None
    passed_at: datetime | None = None
    at: datetime | None = None


def attempt_for_learner(learner: User, slug: str, public_id: uuid.UUID) -> QuizAttempt | None:
    """One's own attempt at this quiz by the id in its address, open or handed in."""
    own = QuizAttempt.objects.filter(learner=learner, quiz__slug=slug, public_id=public_id)
    return own.select_related("quiz").first()


def last_result_for_learner(learner: User, slug: str) -> QuizAttempt | None:
    """The attempt at this quiz that was handed in last."""
    graded = QuizAttempt.objects.filter(learner=learner, quiz__slug=slug, submitted_at__isnull=False)
    return graded.order_by("-submitted_at", "-pk").first()


def start_for_learner(learner: User, quiz: QuizPage, now: datetime) -> Start:
    """Whether this person may begin an attempt at a quiz now. Earlier attempts are looked at only where the rules ask for it."""
    rules = quiz.rules
    handed_in = _handed_in(learner, quiz) if rules.attempts_allowed or rules.pause else []
    return may_start(rules, handed_in, now)


def _handed_in(learner: User, quiz: QuizPage) -> list[datetime]:
    """When this person handed in the attempts that count today."""
    own = QuizAttempt.objects.filter(learner=learner, quiz=quiz, submitted_at__isnull=False)
    if since := attempts_count_since(learner, quiz.pk):
        own = own.filter(started_at__gte=since)
    return [at for at in own.order_by("submitted_at").values_list("submitted_at", flat=True) if at]


def passing_attempt_unscoped(learner: User, quiz: QuizPage, since: datetime | None = None) -> QuizAttempt | None:
    """The attempt that shows that this person passed a quiz, as the quiz counts its attempts; None if they haven't.

    since: of attempts begun from then on.
    """
    summary = quiz_summaries_for_learner(learner, [quiz], since=since)[quiz.pk]
    if summary.result is None or not summary.result.is_success:
        return None
    own = QuizAttempt.objects.filter(learner=learner, quiz=quiz, submitted_at__isnull=False)
    if since:
        own = own.filter(started_at__gte=since)
    return own.order_by("-grades__is_success", "submitted_at", "pk").first()


def quiz_summaries_for_learner(
    viewer: User, quizzes: Iterable[QuizPage], *, since: datetime | None = None
) -> dict[int, QuizSummary]:
    """Quiz id → where this person stands with it, in one query.

    since: of attempts begun from then on; without it, of all.
    """
    wanted = [quiz.pk for quiz in quizzes]
    own = QuizAttempt.objects.filter(learner=viewer, quiz__in=wanted)
    if since:
        own = own.filter(started_at__gte=since)
    own = own.annotate(
        method=F("quiz__score_method"),
        mastery=F("quiz__mastery_score"),
        share=F("grades__share"),
        scaled=F("grades__score_scaled"),
        success=F("grades__is_success"),
    )
    # A mended key adds a grade: the last of an attempt is the one that counts.
    last = {attempt.pk: attempt for attempt in own.order_by("started_at", "pk", "grades__number")}
    rows: dict[int, list[QuizAttempt]] = defaultdict(list)
    for attempt in last.values():
        rows[attempt.quiz_id].append(attempt)
    return {quiz: _summary(rows[quiz]) for quiz in wanted}


def _summary(attempts: list[Any]) -> QuizSummary:
    graded = [attempt for attempt in attempts if attempt.submitted_at is not None]
    results = [Result(Fraction(attempt.share or attempt.scaled), attempt.success) for attempt in graded]
    result = combined(ScoreMethod(graded[0].method), results, graded[0].mastery) if graded else None
    if len(graded) < len(attempts):
        state = QuizState.OPEN
    elif result:
        state = QuizState.PASSED if result.is_success else QuizState.FAILED
    else:
        state = QuizState.NONE
    return QuizSummary(
        state=state,
        attempts=len(graded),
        result=result,
        best=max((attempt.scaled for attempt in graded), default=None),
        passed_at=min((attempt.submitted_at for attempt in graded if attempt.success), default=None),
        at=max((attempt.submitted_at for attempt in graded), default=None),
    )
