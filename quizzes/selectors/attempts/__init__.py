"""Attempts: the one that goes on, and where a learner stands. Nothing here holds a key but the marks, for services."""

from quizzes.selectors.attempts.answers import (
    MarkedQuestion,
    answers_unscoped,
    counted_responses_unscoped,
    marks_unscoped,
)
from quizzes.selectors.attempts.going_on import (
    OpenAttempt,
    asked_in_unscoped,
    open_attempt_for_learner,
    overdue_attempts_unscoped,
)
from quizzes.selectors.attempts.questions import AskedQuestion, WithContent, worded
from quizzes.selectors.attempts.standing import (
    QuizSummary,
    attempt_for_learner,
    last_result_for_learner,
    passing_attempt_unscoped,
    quiz_summaries_for_learner,
    start_for_learner,
)

__all__ = [
    "AskedQuestion",
    "MarkedQuestion",
    "OpenAttempt",
    "QuizSummary",
    "WithContent",
    "answers_unscoped",
    "asked_in_unscoped",
    "attempt_for_learner",
    "counted_responses_unscoped",
    "last_result_for_learner",
    "marks_unscoped",
    "open_attempt_for_learner",
    "overdue_attempts_unscoped",
    "passing_attempt_unscoped",
    "quiz_summaries_for_learner",
    "start_for_learner",
    "worded",
]
