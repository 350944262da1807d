from quizzes.models.attempts import AskedClause, AttemptGrade, AttemptQuestion, QuizAttempt, Response
from quizzes.models.pages import QuizIndexPage, QuizPage
from quizzes.models.placed import QuizQuestion
from quizzes.models.practice import PracticeAnswer, PracticeClause, PracticeDay, PracticeHint, PracticeQuestion
from quizzes.models.questions import AnswerKey, Question, QuestionClause, QuestionTag
from quizzes.models.recall import Recall, RecallReview
from quizzes.models.versions import QuestionVersion, QuestionVersionClause, QuestionVersionText

__all__ = [
    "AnswerKey",
    "AskedClause",
    "AttemptGrade",
    "AttemptQuestion",
    "PracticeAnswer",
    "PracticeClause",
    "PracticeDay",
    "PracticeHint",
    "PracticeQuestion",
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
    "Recall",
    "RecallReview",
    "Response",
]
