"""Attempts: the one that goes on, and where a learner stands. Nothing here holds a key but the marks, for services."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

from django.utils.translation import gettext

from people.models import User
from quizzes.domain.answers import Answer, answer_from_json
from quizzes.domain.asking import gap_text, with_blanks
from quizzes.domain.kinds import kind_of
from quizzes.domain.questions import Option, Part, QuestionContent, stem_parts
from quizzes.enums import TRUE_FALSE_WORDS, QuestionKind, QuizState
from quizzes.models import (
    AttemptQuestion,
    QuizAttempt,
    QuizPage,
    Response,
)


class WithContent:
    """Shows a stem in two parts: what it is about, and what is asked. A text with gaps stands where it is filled in, not here."""

    kind: str
    content: QuestionContent

    @property
    def stem(self) -> str:
        return with_blanks(self.content.stem)

    @property
    def situation(self) -> str:
        return "" if self.kind == QuestionKind.GAPS else stem_parts(self.stem)[0]

    @property
    def asked(self) -> str:
        if self.kind == QuestionKind.GAPS:
            return gap_text(self.content.stem)[1] or gettext("Fill the gaps.")
        return stem_parts(self.stem)[1]


def worded(kind: str, options: Iterable[Option]) -> tuple[Option, ...]:
    """Options in the reader's words, where they are the system's own: “True” and “False”."""
    if kind != QuestionKind.TRUE_FALSE:
        return tuple(options)
    return tuple(replace(option, text=str(TRUE_FALSE_WORDS.get(option.id, option.text))) for option in options)


@dataclass(frozen=True)
class AskedQuestion(WithContent):
    """A question as its learner sees it: `options` in the order of this attempt, `answer` as last saved."""

    position: int
    kind: str
    content: QuestionContent
    options: tuple[Option, ...]
    answer: Answer

    @classmethod
    def put(cls, position: int, kind: str, content: QuestionContent, option_ids: Iterable[str], answer: Answer) -> Self:
        """A question with its options in the order that the attempt froze."""
        return cls(position, kind, content, content.in_order(option_ids), answer)

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.content.parts

    @property
    def chosen(self) -> list[str]:
        """Ids of options chosen, of the question as a whole."""
        return [given.value for given in self.answer if not given.part]

    @property
    def is_multiple(self) -> bool:
        return self.kind == QuestionKind.MULTIPLE

    @property
    def is_answered(self) -> bool:
        return bool(self.answer)

    @property
    def is_half_filled(self) -> bool:
        """Whether gaps or premises were left out; of a dialogue, most lines are."""
        return (
            self.is_answered
            and self.kind in {QuestionKind.MATCHING, QuestionKind.GAPS}
            and len(self.answer) < len(self.parts)
        )


@dataclass(frozen=True)
class AnsweredQuestion:
    """What an answer needs to be kept: the question's kind and content, and the answer before it, if there is one."""

    asked_id: int
    kind: str
    text: dict[str, Any]
    response_id: int | None
    number: int | None
    chosen: list[Any] | None

    @property
    def content(self) -> QuestionContent:
        return QuestionContent.from_mapping(self.text)


@dataclass(frozen=True)
class MarkedQuestion:
    """What the answer to a question came to: a mark from -1 to 1, and how long it took, where that is known."""

    position: int
    version_id: int
    mark: Fraction
    seconds: int | None

    def as_row(self) -> list[Any]:
        """A row of `AttemptGrade.marks`."""
        return [self.position, self.version_id, str(self.mark), self.seconds]


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
            AskedQuestion.put(position, kind, QuestionContent.from_mapping(text), option_ids, answer_from_json(chosen))
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
    columns = "pk", "version__kind", "text__text", "responses", "responses__number", "responses__chosen"
    row = rows.values_list(*columns).first()
    return AnsweredQuestion(*row) if row else None


def answers_unscoped(attempt: QuizAttempt) -> dict[int, Answer]:
    """AttemptQuestion id → the answer that counts, which is the last."""
    rows = Response.objects.filter(asked__attempt=attempt).order_by("number").values_list("asked", "chosen")
    return {asked: answer_from_json(chosen) for asked, chosen in rows}


def marks_unscoped(attempt: QuizAttempt) -> list[MarkedQuestion]:
    """Every question of an attempt with its mark, by the keys that the attempt froze; no answer is 0. Two queries."""
    responses = list(Response.objects.filter(asked__attempt=attempt).order_by("answered_at", "asked", "number"))
    answers = {response.asked_id: response.answer for response in responses}
    seconds = _seconds_spent(attempt, responses)
    asked = AttemptQuestion.objects.filter(attempt=attempt).select_related("version__answer_key", "text")
    return [
        MarkedQuestion(
            question.position,
            question.version_id,
            kind_of(question.version.kind).mark(
                question.text.content, question.version.answer_key.content, answers.get(question.pk, ())
            ),
            seconds.get(question.pk),
        )
        for question in asked.order_by("position")
    ]


def _seconds_spent(attempt: QuizAttempt, responses: Iterable[Response]) -> dict[int, int]:
    """AttemptQuestion id → seconds from the answer before, or the start, to each of its answers, added up."""
    spent: dict[int, int] = defaultdict(int)
    before = attempt.started_at
    for response in responses:
        spent[response.asked_id] += int((response.answered_at - before).total_seconds())
        before = response.answered_at
    return spent


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
