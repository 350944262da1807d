"""`release_feedback` is the one way from an answer key to a learner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from wagtail.models import Locale

from people.models import User
from quizzes.domain.answers import Answer
from quizzes.domain.kinds import kind_of
from quizzes.domain.questions import QuestionContent
from quizzes.enums import Outcome
from quizzes.models import (
    AskedClause,
    AttemptQuestion,
    QuizAttempt,
)
from quizzes.selectors.attempts import AskedQuestion, WithContent, answers_unscoped
from standards.selectors.clauses import CitedClause, cited_clauses

PERCENT = Decimal(100)


class FeedbackWithheld(Exception):
    """Keys and feedback are for the one who answered, after handing in."""


@dataclass(frozen=True)
class ReviewedOption:
    text: str
    is_right: bool
    is_chosen: bool
    feedback: str


@dataclass(frozen=True)
class ReviewedQuestion(WithContent):
    position: int
    content: QuestionContent
    outcome: Outcome
    options: tuple[ReviewedOption, ...]
    feedback: str
    clauses: tuple[CitedClause, ...]

    @property
    def is_right(self) -> bool:
        return self.outcome == Outcome.RIGHT

    @property
    def has_others(self) -> bool:
        """Whether there are options that are neither right nor chosen."""
        return any(not (option.is_right or option.is_chosen) for option in self.options)


@dataclass(frozen=True)
class Feedback:
    """A handed-in attempt with its marks, keys and feedback."""

    attempt: QuizAttempt
    questions: tuple[ReviewedQuestion, ...]
    pass_percent: int
    number: int
    can_retake: bool

    @property
    def percent(self) -> int:
        """Whole per cent, cut: 79.9 never shows as 80."""
        return whole_percent(self.attempt.score_scaled or Decimal(0))

    # Where score and pass mark stand on a scale 400 wide, and how their labels hang there without leaving it.
    @property
    def score_x(self) -> int:
        return self.percent * 4

    @property
    def pass_x(self) -> int:
        return self.pass_percent * 4

    @property
    def score_anchor(self) -> str:
        return _anchor(self.percent)

    @property
    def pass_anchor(self) -> str:
        return _anchor(self.pass_percent)

    @property
    def to_look_at(self) -> list[ReviewedQuestion]:
        return [question for question in self.questions if not question.is_right]

    @property
    def right(self) -> list[ReviewedQuestion]:
        return [question for question in self.questions if question.is_right]

    @property
    def partly(self) -> list[ReviewedQuestion]:
        return [question for question in self.questions if question.outcome == Outcome.PARTLY]

    @property
    def clauses_to_read(self) -> list[CitedClause]:
        """Clauses behind what wasn't right, each once, in the order they came up."""
        found = {clause.code: clause for question in self.to_look_at for clause in question.clauses}
        return list(found.values())


def whole_percent(score: Decimal) -> int:
    return int((score * PERCENT).quantize(Decimal(1), rounding=ROUND_DOWN))


def _anchor(percent: int) -> str:
    return "start" if percent < 15 else "end" if percent > 85 else "middle"


def release_feedback(viewer: User, attempt: QuizAttempt, locale: Locale) -> Feedback:
    """Marks, right options, feedback and clauses of an attempt: to the one whose it is, once it is handed in.

    Nothing else may lead from an AnswerKey to a learner. Raises FeedbackWithheld.
    """
    if attempt.learner_id != viewer.pk or attempt.submitted_at is None:
        raise FeedbackWithheld
    asked = list(
        AttemptQuestion.objects.filter(attempt=attempt)
        .select_related("version__answer_key", "text")
        .order_by("position")
    )
    answers, clauses = answers_unscoped(attempt), _cited(attempt, locale)
    before = QuizAttempt.objects.filter(learner=viewer, quiz=attempt.quiz_id, submitted_at__lt=attempt.submitted_at)
    return Feedback(
        attempt=attempt,
        questions=tuple(
            _reviewed(question, answers.get(question.pk, ()), clauses.get(question.pk, ())) for question in asked
        ),
        pass_percent=whole_percent(Decimal(attempt.rules["mastery_score"])),
        number=before.count() + 1,
        can_retake=attempt.quiz.live,
    )


def _reviewed(question: AttemptQuestion, answer: Answer, clauses: Collection[CitedClause]) -> ReviewedQuestion:
    kind, key = question.version.kind, question.version.answer_key.content
    asked = AskedQuestion.put(question.position, kind, question.text.content, question.option_ids, answer)
    got = kind_of(kind).mark(asked.content, key, answer)
    return ReviewedQuestion(
        position=asked.position,
        content=asked.content,
        outcome=_outcome(got, is_answered=asked.is_answered),
        options=tuple(
            ReviewedOption(option.text, option.id in key.right, option.id in asked.chosen, key.said.get(option.id, ""))
            for option in asked.options
        ),
        feedback=key.general,
        clauses=tuple(clauses),
    )


def _outcome(got: Fraction, *, is_answered: bool) -> Outcome:
    if not is_answered:
        return Outcome.UNANSWERED
    return Outcome.RIGHT if got == 1 else Outcome.PARTLY if got > 0 else Outcome.WRONG


def _cited(attempt: QuizAttempt, locale: Locale) -> dict[int, list[CitedClause]]:
    """AttemptQuestion id → its clauses, in the versions that were in force at the start."""
    rows = list(AskedClause.objects.filter(asked__attempt=attempt).select_related("version__clause").order_by("pk"))
    clauses = cited_clauses([row.version for row in rows], locale)
    found: dict[int, list[CitedClause]] = defaultdict(list)
    for row in rows:
        found[row.asked_id].append(clauses[row.version_id])
    return found
