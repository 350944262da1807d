"""Every write of quizzes, a file for each subject."""

from quizzes.services.attempts import (
    AttemptClosed,
    AttemptNotFound,
    NothingToAsk,
    QuestionNotAsked,
    save_response,
    start_attempt,
    submit_attempt,
)
from quizzes.services.questions import (
    QuestionUnfinished,
    create_question,
    publish_question_version,
    set_answer_key,
)
from quizzes.services.quizzes import create_quiz, create_quiz_index

__all__ = [
    "AttemptClosed",
    "AttemptNotFound",
    "NothingToAsk",
    "QuestionNotAsked",
    "QuestionUnfinished",
    "create_question",
    "create_quiz",
    "create_quiz_index",
    "publish_question_version",
    "save_response",
    "set_answer_key",
    "start_attempt",
    "submit_attempt",
]
