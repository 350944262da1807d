"""Attempts: the one that goes on, and where a learner stands. Nothing here holds a key but the marks, for services."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Self

from people.models import User
from quizzes.domain.grading import mark
from quizzes.domain.questions import Option, QuestionContent, stem_parts
from quizzes.enums import QuestionKind, QuizState
from quizzes.models import (
    AttemptQuestion,
    QuizAttempt,
    QuizPage,
    Response,
)


class WithStem:
    """Shows a stem in two parts: what it is about, and what is asked."""

    stem: str

    @property
    def situation(self) -> str:
        return stem_parts(self.stem)[0]

    @property
    def asked(self) -> str:
        return stem_parts(self.stem)[1]


@dataclass(frozen=True)
class AskedQuestion(WithStem):
    """A question as its learner sees it; options in the order of this attempt, `chosen` (ids) as last saved."""

    position: int
    kind: str
    stem: str
    options: tuple[Option, ...]
    chosen: tuple[str, ...]

    @classmethod
    def put(
        cls, position: int, kind: str, content: QuestionContent, option_ids: Iterable[str], chosen: Iterable[str]
    ) -> Self:
        """A question with its options in the order that the attempt froze."""
        by_id = {option.id: option for option in content.options}
        return cls(position, kind, content.stem, tuple(by_id[option] for option in option_ids), tuple(chosen))

    @property
    def is_multiple(self) -> bool:
        return self.kind == QuestionKind.MULTIPLE

    @property
    def is_answered(self) -> bool:
        return bool(self.chosen)


@dataclass(frozen=True)
class AnsweredQuestion:
    """What an answer needs to be kept: the question's kind and options (ids), and the answer before it, if there is one."""

    asked_id: int
    kind: str
    option_ids: list[str]
    response_id: int | None
    number: int | None
    chosen: list[str] | None


@dataclass(frozen=True)
class OpenAttempt:
    """An attempt that goes on, with everything asked and answered so far. It holds no key."""

    attempt: QuizAttempt
    questions: tuple[AskedQuestion, ...]

    def question(self, position: int) -> AskedQuestion | None:
        return next((question for question in self.questions if question.position == position), None)

    @property
    def unanswered(self) -> list[int]:
        return [question.position for question in self.questions if not question.is_answered]

    def next_unanswered(self, after: int = 0) -> int | None:
        """Position of the first question after this one that has no answer; None when there is none."""
        return next((position for position in self.unanswered if position > after), None)


@dataclass(frozen=True)
class QuizSummary:
    """Where a learner stands with a quiz. `best` is the best scaled score (0 to 1); `passed_at` the first pass; `at` the last hand-in."""

    state: QuizState
    attempts: int = 0
    best: Decimal | None = None
    passed_at: datetime | None = None
    at: datetime | None = None


def open_attempt_for_learner(learner: User, slug: str) -> OpenAttempt | None:
    """The attempt at the quiz with this slug that a person has begun and not handed in, whatever became of the quiz.

    Two queries, however many questions: every question and every answer comes by here.
    """
    attempt = QuizAttempt.objects.filter(learner=learner, quiz__slug=slug, submitted_at=None).first()
    if attempt is None:
        return None
    rows = AttemptQuestion.objects.filter(attempt=attempt).order_by("position", "responses__number")
    columns = "position", "version__kind", "text__text", "option_ids", "responses__chosen"
    # A changed mind is another row: the last of a position has the answer that counts.
    last = {row[0]: row for row in rows.values_list(*columns)}
    return OpenAttempt(
        attempt,
        tuple(
            AskedQuestion.put(position, kind, QuestionContent.from_mapping(text), option_ids, chosen or ())
            for position, kind, text, option_ids, chosen in last.values()
        ),
    )


def attempt_for_learner(learner: User, slug: str, public_id: uuid.UUID) -> QuizAttempt | None:
    """One's own attempt at this quiz by the id in its address, open or handed in."""
    own = QuizAttempt.objects.filter(learner=learner, quiz__slug=slug, public_id=public_id)
    return own.select_related("quiz").first()


def last_result_for_learner(learner: User, slug: str) -> QuizAttempt | None:
    """The attempt at this quiz that was handed in last."""
    graded = QuizAttempt.objects.filter(learner=learner, quiz__slug=slug, submitted_at__isnull=False)
    return graded.order_by("-submitted_at", "-pk").first()


def answered_question_unscoped(attempt: QuizAttempt, position: int) -> AnsweredQuestion | None:
    """A question of an attempt with the answer to it that counts; one query. Its key isn't in it."""
    rows = AttemptQuestion.objects.filter(attempt=attempt, position=position).order_by("-responses__number")
    columns = "pk", "version__kind", "option_ids", "responses", "responses__number", "responses__chosen"
    row = rows.values_list(*columns).first()
    return AnsweredQuestion(*row) if row else None


def chosen_unscoped(attempt: QuizAttempt) -> dict[int, tuple[str, ...]]:
    """AttemptQuestion id → the options (ids) of the answer that counts, which is the last."""
    rows = Response.objects.filter(asked__attempt=attempt).order_by("number").values_list("asked", "chosen")
    return {asked: tuple(chosen) for asked, chosen in rows}


def marks_unscoped(attempt: QuizAttempt) -> dict[int, Fraction]:
    """Position → mark from 0 to 1, by the keys that the attempt froze; no answer is 0."""
    chosen = chosen_unscoped(attempt)
    asked = AttemptQuestion.objects.filter(attempt=attempt).select_related("version__answer_key").order_by("position")
    return {
        question.position: mark(
            question.version.kind, question.version.answer_key.content.right, chosen.get(question.pk, ())
        )
        for question in asked
    }


def quiz_summaries_for_learner(viewer: User, quizzes: Iterable[QuizPage]) -> dict[int, QuizSummary]:
    """Quiz id → where this person stands with it, in one query."""
    wanted = [quiz.pk for quiz in quizzes]
    rows: dict[int, list[QuizAttempt]] = defaultdict(list)
    for attempt in QuizAttempt.objects.filter(learner=viewer, quiz__in=wanted).order_by("started_at", "pk"):
        rows[attempt.quiz_id].append(attempt)
    return {quiz: _summary(rows[quiz]) for quiz in wanted}


def _summary(attempts: list[QuizAttempt]) -> QuizSummary:
    graded = [attempt for attempt in attempts if attempt.submitted_at is not None]
    has_open = len(graded) < len(attempts)
    passed = [attempt.submitted_at for attempt in graded if attempt.is_success]
    scores = [attempt.score_scaled for attempt in graded if attempt.score_scaled is not None]
    if has_open:
        state = QuizState.OPEN
    elif passed:
        state = QuizState.PASSED
    else:
        state = QuizState.FAILED if graded else QuizState.NONE
    return QuizSummary(
        state=state,
        attempts=len(graded),
        best=max(scores, default=None),
        passed_at=min((at for at in passed if at), default=None),
        at=max((attempt.submitted_at for attempt in graded if attempt.submitted_at), default=None),
    )
