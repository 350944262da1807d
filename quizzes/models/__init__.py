from quizzes.models.attempts import AskedClause, AttemptQuestion, QuizAttempt, Response
from quizzes.models.pages import QuizIndexPage, QuizPage, QuizQuestion
from quizzes.models.questions import (
    AnswerKey,
    Question,
    QuestionClause,
    QuestionVersion,
    QuestionVersionClause,
    QuestionVersionText,
)

__all__ = [
    "AnswerKey",
    "AskedClause",
    "AttemptQuestion",
    "Question",
    "QuestionClause",
    "QuestionVersion",
    "QuestionVersionClause",
    "QuestionVersionText",
    "QuizAttempt",
    "QuizIndexPage",
    "QuizPage",
    "QuizQuestion",
    "Response",
]
