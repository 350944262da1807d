from quizzes.models.attempts import AskedClause, AttemptGrade, AttemptQuestion, QuizAttempt, Response
from quizzes.models.pages import QuizIndexPage, QuizPage
from quizzes.models.placed import QuizQuestion
from quizzes.models.questions import (
    AnswerKey,
    Question,
    QuestionClause,
    QuestionTag,
    QuestionVersion,
    QuestionVersionClause,
    QuestionVersionText,
)

__all__ = [
    "AnswerKey",
    "AskedClause",
    "AttemptGrade",
    "AttemptQuestion",
    "Question",
    "QuestionClause",
    "QuestionTag",
    "QuestionVersion",
    "QuestionVersionClause",
    "QuestionVersionText",
    "QuizAttempt",
    "QuizIndexPage",
    "QuizPage",
    "QuizQuestion",
    "Response",
]
