"""The attempt that goes on: what it asks, what was answered, and where one may go from here. No key is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from people.models import User
from quizzes.domain.answers import answer_from_json
from quizzes.domain.questions import QuestionContent
from quizzes.domain.rules import GRACE, PagesBy, Rules
from quizzes.models import AttemptQuestion, QuizAttempt
from quizzes.selectors.attempts.questions import AskedQuestion


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


def open_attempt_for_learner(learner: User, slug: str) -> OpenAttempt | None:
    """The attempt at the quiz with this slug that a person has begun and not handed in, whatever became of the quiz.

    Two queries, however many questions: every question and every answer comes by here.
    """
    attempt = QuizAttempt.objects.filter(learner=learner, quiz__slug=slug, submitted_at=None).first()
    if attempt is None:
        return None
    return asked_in_unscoped(attempt)


def asked_in_unscoped(attempt: QuizAttempt, position: int | None = None) -> OpenAttempt:
    """An attempt with everything asked and answered, open or just closed by the clock. One query.

    position: of the only question that is wanted.
    """
    rows = AttemptQuestion.objects.filter(attempt=attempt).order_by("position", "responses__number")
    if position is not None:
        rows = rows.filter(position=position)
    columns = (
        *("position", "pk", "version__kind", "text__text", "option_ids", "section"),
        *("responses", "responses__number", "responses__chosen", "responses__certainty"),
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
                asked_id=asked,
                saved=None if response is None else (response, number),
            )
            for position, asked, kind, text, options, section, response, number, chosen, certainty in last.values()
        ),
    )


def overdue_attempts_unscoped(now: datetime) -> QuerySet[QuizAttempt]:
    """Open attempts whose time is up, the network's share included."""
    return (
        QuizAttempt.objects.filter(submitted_at=None, due_at__lt=now - GRACE).select_related("learner").order_by("pk")
    )
