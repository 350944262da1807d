"""The answers of an attempt that count, for services: to be kept, and what they are worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from quizzes.domain.answers import Answer
from quizzes.domain.grading import Certainty, mark_with_certainty
from quizzes.domain.kinds import kind_of
from quizzes.models import AttemptQuestion, QuizAttempt, Response


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
