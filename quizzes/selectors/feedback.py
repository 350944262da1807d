"""`release_feedback` is the one way from an answer key to a learner; of a card in five a day, `release_practice_feedback`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from wagtail.models import Locale

from people.models import User
from quizzes.domain.answers import Answer
from quizzes.domain.asking import gap_pieces, gap_text
from quizzes.domain.questions import Picture, QuestionContent
from quizzes.domain.reviewing import Review, ReviewedOption, ReviewedPart, review
from quizzes.domain.rules import Result, ScoreMethod, Start
from quizzes.enums import CertaintyLevel, Outcome
from quizzes.models import (
    AnswerKey,
    AskedClause,
    AttemptGrade,
    AttemptQuestion,
    PracticeAnswer,
    PracticeQuestion,
    QuizAttempt,
)
from quizzes.selectors.attempts import (
    WithContent,
    counted_responses_unscoped,
    quiz_summaries_for_learner,
    start_for_learner,
    worded,
)
from quizzes.selectors.pictures import ShownPicture, shown_pictures_unscoped
from quizzes.selectors.practice import clauses_for_learner, questions_held_unscoped
from standards.selectors.clauses import CitedClause, cited_clauses

PERCENT = Decimal(100)


class FeedbackWithheld(Exception):
    """Keys and feedback are for the one who answered, after handing in."""


@dataclass(frozen=True)
class ReviewedQuestion(WithContent):
    position: int
    kind: str
    content: QuestionContent
    outcome: Outcome
    review: Review
    clauses: tuple[CitedClause, ...]
    picture: ShownPicture | None = None
    certainty: CertaintyLevel | None = None

    @property
    def is_right(self) -> bool:
        return self.outcome == Outcome.RIGHT

    @property
    def options(self) -> tuple[ReviewedOption, ...]:
        return self.review.options

    @property
    def feedback(self) -> str:
        return self.review.general

    @property
    def pieces(self) -> list[tuple[str, ReviewedPart | None]]:
        """The text of a question with gaps, each gap after the words before it."""
        parts = {part.number: part for part in self.review.parts}
        return [(text, parts.get(number or 0)) for text, number in gap_pieces(gap_text(self.content.stem)[0])]


@dataclass(frozen=True)
class Feedback:
    """A handed-in attempt with its marks, keys and feedback.

    grade: the one that counts. questions: none before feedback may be shown; feedback_at says when that is.
    start: whether another attempt may be begun. quiz_result: what all attempts came to, where not simply the best counts.
    """

    attempt: QuizAttempt
    grade: AttemptGrade
    questions: tuple[ReviewedQuestion, ...]
    pass_percent: int
    number: int
    start: Start
    feedback_at: datetime | None = None
    quiz_result: Result | None = None

    @property
    def is_success(self) -> bool:
        return self.grade.is_success

    @property
    def is_regraded(self) -> bool:
        return self.grade.number > 1

    @property
    def has_questions(self) -> bool:
        return bool(self.questions)

    @property
    def can_retake(self) -> bool:
        return bool(self.attempt.quiz.live and self.start.is_allowed)

    @property
    def percent(self) -> int:
        """Whole per cent, cut: 79.9 never shows as 80."""
        return whole_percent(self.grade.score_scaled)

    @property
    def quiz_percent(self) -> int:
        share = self.quiz_result.share if self.quiz_result else Fraction()
        return int(share * 100)

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


def release_feedback(viewer: User, attempt: QuizAttempt, locale: Locale, now: datetime | None = None) -> Feedback:
    """Marks, right options, feedback and clauses of an attempt: to the one whose it is, once it is handed in, when its rules say so.

    Nothing else may lead from an AnswerKey to a learner, but for `release_answered` of one that is still open. Before the rules
    say so, the score alone. Without `now`, what waits for a date isn't shown. Raises FeedbackWithheld.
    """
    if attempt.learner_id != viewer.pk or attempt.submitted_at is None:
        raise FeedbackWithheld
    grade = attempt.grades.latest("number")
    quiz, rules = attempt.quiz, attempt.frozen
    before = QuizAttempt.objects.filter(learner=viewer, quiz=quiz, submitted_at__lt=attempt.submitted_at)
    is_shown = rules.shows_feedback(now or attempt.submitted_at, is_handed_in=True, closes_at=quiz.closes_at)
    counts_best = quiz.score_method == ScoreMethod.BEST
    return Feedback(
        attempt=attempt,
        grade=grade,
        questions=tuple(_all_reviewed(attempt, grade, locale)) if is_shown else (),
        pass_percent=whole_percent(Decimal(attempt.rules["mastery_score"])),
        number=before.count() + 1,
        start=start_for_learner(viewer, quiz, now or attempt.submitted_at),
        feedback_at=None if is_shown else rules.feedback_at(quiz.closes_at),
        quiz_result=None if counts_best else quiz_summaries_for_learner(viewer, [quiz])[quiz.pk].result,
    )


def release_answered(
    viewer: User, attempt: QuizAttempt, positions: Collection[int], locale: Locale
) -> dict[int, ReviewedQuestion]:
    """Of an open attempt that shows feedback at once: those of these questions that have their answer, by position.

    The answer is final then (quizzes.services.save_response refuses another). Raises FeedbackWithheld.
    """
    if attempt.learner_id != viewer.pk or not attempt.frozen.shows_at_once:
        raise FeedbackWithheld
    found = _all_reviewed(attempt, None, locale, positions)
    return {question.position: question for question in found if question.outcome != Outcome.UNANSWERED}


def _all_reviewed(
    attempt: QuizAttempt, grade: AttemptGrade | None, locale: Locale, positions: Collection[int] | None = None
) -> Iterator[ReviewedQuestion]:
    asked = (
        AttemptQuestion.objects.filter(attempt=attempt)
        .select_related("version__answer_key", "text")
        .order_by("position")
    )
    if positions is not None:
        asked = asked.filter(position__in=positions)
    mended = _mended_keys(grade)
    responses, clauses = counted_responses_unscoped(attempt), _cited(attempt, locale)
    rows = list(asked)
    pictures = shown_pictures_unscoped(question.text.content.picture for question in rows)
    for question in rows:
        if question.position in mended:
            question.version.answer_key = mended[question.position]
        response = responses.get(question.pk)
        answer = response.answer if response else ()
        reviewed = _reviewed(question, answer, clauses.get(question.pk, ()), pictures)
        certainty = CertaintyLevel(response.certainty) if response and response.certainty else None
        yield replace(reviewed, certainty=certainty)


def _mended_keys(grade: AttemptGrade | None) -> dict[int, AnswerKey]:
    """Position → the key that marked it, where that isn't the one the attempt froze."""
    if grade is None or not grade.keys:
        return {}
    keys = AnswerKey.objects.in_bulk(grade.keys.values())
    return {int(position): keys[key] for position, key in grade.keys.items()}


def release_practice_feedback(viewer: User, asked_id: int, locale: Locale, now: datetime) -> ReviewedQuestion:
    """The same of one card of five a day: to the one whose it is, once it is answered, unless a quiz of theirs asks it too and hasn't told.

    Raises FeedbackWithheld.
    """
    own = PracticeAnswer.objects.filter(asked=asked_id, asked__practice_day__learner=viewer).order_by("-turn")
    last = own.select_related("asked__version__answer_key", "asked__text").first()
    if last is None or last.asked.version.question_id in questions_held_unscoped(viewer, now):
        raise FeedbackWithheld
    pictures = shown_pictures_unscoped([last.asked.text.content.picture])
    return _reviewed(last.asked, last.answer, clauses_for_learner(viewer, asked_id, locale), pictures)


def _reviewed(
    question: AttemptQuestion | PracticeQuestion,
    answer: Answer,
    clauses: Collection[CitedClause],
    pictures: Mapping[Picture, ShownPicture],
) -> ReviewedQuestion:
    kind, content = question.version.kind, question.text.content
    shown = worded(kind, content.in_order(question.option_ids))
    gone_through = review(kind, content, question.version.answer_key.content, answer, shown)
    return ReviewedQuestion(
        position=question.position,
        kind=kind,
        content=content,
        outcome=_outcome(gone_through.mark, is_answered=bool(answer)),
        review=gone_through,
        clauses=tuple(clauses),
        picture=pictures.get(content.picture) if content.picture else None,
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
