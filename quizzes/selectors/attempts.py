"""Attempts: the one that goes on, and where a learner stands. Nothing here holds a key but the marks, for services."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any, Self

from django.db.models import F, QuerySet
from django.utils.translation import gettext

from people.models import User
from quizzes.contributions import attempts_count_since
from quizzes.domain.answers import Answer, answer_from_json
from quizzes.domain.asking import gap_text, with_blanks
from quizzes.domain.grading import Certainty, mark_with_certainty
from quizzes.domain.kinds import kind_of
from quizzes.domain.questions import Option, Part, QuestionContent, stem_parts
from quizzes.domain.rules import GRACE, PagesBy, Result, Rules, ScoreMethod, Start, combined, may_start
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
    """A question as its learner sees it: `options` in the order of this attempt, `answer` (and how certain) as last saved."""

    position: int
    kind: str
    content: QuestionContent
    options: tuple[Option, ...]
    answer: Answer
    section: str = ""
    certainty: int | None = None

    @classmethod
    def put(
        cls,
        position: int,
        kind: str,
        content: QuestionContent,
        option_ids: Iterable[str],
        answer: Answer,
        *,
        section: str = "",
        certainty: int | None = None,
    ) -> Self:
        """A question with its options in the order that the attempt froze."""
        return cls(position, kind, content, content.in_order(option_ids), answer, section, certainty)

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
    certainty: int | None
    section: str

    @property
    def content(self) -> QuestionContent:
        return QuestionContent.from_mapping(self.text)


@dataclass(frozen=True)
class MarkedQuestion:
    """What the answer to a question came to: a mark from -1 to 1, and how long it took, where that is known.

    certainty: how sure it was, where the quiz goes by that.
    """

    position: int
    version_id: int
    mark: Fraction
    seconds: int | None
    certainty: int | None = None

    @property
    def counted(self) -> Fraction:
        """The mark as it enters the score."""
        return self.mark if self.certainty is None else mark_with_certainty(self.mark, Certainty(self.certainty))

    def as_row(self) -> list[Any]:
        """A row of `AttemptGrade.marks`."""
        return [self.position, self.version_id, str(self.mark), self.seconds]


@dataclass(frozen=True)
class OpenAttempt:
    """An attempt that goes on, with everything asked and answered so far. It holds no key."""

    attempt: QuizAttempt
    questions: tuple[AskedQuestion, ...]

    @property
    def rules(self) -> Rules:
        return self.attempt.frozen

    def question(self, position: int) -> AskedQuestion | None:
        return next((question for question in self.questions if question.position == position), None)

    def page_of(self, question: AskedQuestion) -> tuple[AskedQuestion, ...]:
        """What stands on one screen with a question: itself, or its whole section."""
        if self.rules.pages_by is PagesBy.QUESTION:
            return (question,)
        return next(page for page in self.sections if question in page)

    @property
    def sections(self) -> list[tuple[AskedQuestion, ...]]:
        """The questions by section, in order; all in one where there are no sections."""
        return [tuple(page) for _, page in groupby(self.questions, key=lambda question: question.section)]

    @property
    def unanswered(self) -> list[int]:
        return [question.position for question in self.questions if not question.is_answered]

    def next_unanswered(self, after: int = 0) -> int | None:
        """Position of the first question after this one that has no answer; None when there is none."""
        return next((position for position in self.unanswered if position > after), None)

    @property
    def next(self) -> int | None:
        """Where one goes on: the first question without an answer; forward only, the one that was reached. None for the review."""
        if not self.rules.is_forward_only:
            return self.next_unanswered()
        return self.attempt.reached if self.question(self.attempt.reached) else None

    def is_in_reach(self, question: AskedQuestion) -> bool:
        """Whether its page may be opened for answering: any, or forward only, the one that was reached."""
        if not self.rules.is_forward_only:
            return True
        return self.attempt.reached in {one.position for one in self.page_of(question)}

    def was_just_passed(self, question: AskedQuestion) -> bool:
        """Whether its feedback is what comes before the next page, where feedback comes at once."""
        return self.rules.shows_at_once and self.page_of(question)[-1].position == self.attempt.reached - 1

    def is_open(self, position: int) -> bool:
        """Whether a question can still be answered: not gone past, and not final."""
        question = self.question(position)
        return (
            question is not None
            and not (self.rules.is_forward_only and position < self.attempt.reached)
            and not (self.rules.shows_at_once and question.is_answered)
        )


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


def open_attempt_for_learner(learner: User, slug: str) -> OpenAttempt | None:
    """The attempt at the quiz with this slug that a person has begun and not handed in, whatever became of the quiz.

    Two queries, however many questions: every question and every answer comes by here.
    """
    attempt = QuizAttempt.objects.filter(learner=learner, quiz__slug=slug, submitted_at=None).first()
    if attempt is None:
        return None
    return asked_in_unscoped(attempt)


def asked_in_unscoped(attempt: QuizAttempt) -> OpenAttempt:
    """An attempt with everything asked and answered, open or just closed by the clock. One query."""
    rows = AttemptQuestion.objects.filter(attempt=attempt).order_by("position", "responses__number")
    columns = (
        *("position", "version__kind", "text__text", "option_ids", "section"),
        *("responses__chosen", "responses__certainty"),
    )
    # A changed mind is another row: the last of a position has the answer that counts.
    last = {row[0]: row for row in rows.values_list(*columns)}
    return OpenAttempt(
        attempt,
        tuple(
            AskedQuestion.put(
                position,
                kind,
                QuestionContent.from_mapping(text),
                options,
                answer_from_json(chosen),
                section=section,
                certainty=certainty,
            )
            for position, kind, text, options, section, chosen, certainty in last.values()
        ),
    )


def overdue_attempts_unscoped(now: datetime) -> QuerySet[QuizAttempt]:
    """Open attempts whose time is up, the network's share included."""
    return (
        QuizAttempt.objects.filter(submitted_at=None, due_at__lt=now - GRACE).select_related("learner").order_by("pk")
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
    columns = (
        *("pk", "version__kind", "text__text", "responses", "responses__number", "responses__chosen"),
        *("responses__certainty", "section"),
    )
    row = rows.values_list(*columns).first()
    return AnsweredQuestion(*row) if row else None


def answers_unscoped(attempt: QuizAttempt) -> dict[int, Answer]:
    """AttemptQuestion id → the answer that counts."""
    return {asked: response.answer for asked, response in counted_responses_unscoped(attempt).items()}


def counted_responses_unscoped(attempt: QuizAttempt) -> dict[int, Response]:
    """AttemptQuestion id → the response that counts, which is the last that was in time."""
    rows = Response.objects.filter(asked__attempt=attempt, is_late=False).order_by("number")
    return {response.asked_id: response for response in rows}


def marks_unscoped(attempt: QuizAttempt) -> list[MarkedQuestion]:
    """Every question of an attempt with its mark, by the keys that the attempt froze; no answer is 0. Two queries."""
    in_time = Response.objects.filter(asked__attempt=attempt, is_late=False)
    responses = list(in_time.order_by("answered_at", "asked", "number"))
    last = {response.asked_id: response for response in responses}
    seconds = _seconds_spent(attempt, responses)
    asked = AttemptQuestion.objects.filter(attempt=attempt).select_related("version__answer_key", "text")
    return [
        MarkedQuestion(
            question.position,
            question.version_id,
            kind_of(question.version.kind).mark(
                question.text.content,
                question.version.answer_key.content,
                last[question.pk].answer if question.pk in last else (),
            ),
            seconds.get(question.pk),
            last[question.pk].certainty if question.pk in last else None,
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
