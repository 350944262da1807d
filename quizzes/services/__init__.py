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
from quizzes.services.practice import (
    CardNotAsked,
    DayOver,
    HeldByQuiz,
    NothingToPractise,
    answer_card,
    begin_practice,
    show_hint,
)
from quizzes.services.questions import (
    QuestionUnfinished,
    create_question,
    publish_question_version,
    set_answer_key,
)
from quizzes.services.quizzes import create_quiz, create_quiz_index
from quizzes.services.recall import rebuild_recall, record_recall, record_recalls

__all__ = [
    "AttemptClosed",
    "AttemptNotFound",
    "CardNotAsked",
    "DayOver",
    "HeldByQuiz",
    "NothingToAsk",
    "NothingToPractise",
    "QuestionNotAsked",
    "QuestionUnfinished",
    "answer_card",
    "begin_practice",
    "create_question",
    "create_quiz",
    "create_quiz_index",
    "publish_question_version",
    "rebuild_recall",
    "record_recall",
    "record_recalls",
    "save_response",
    "set_answer_key",
    "show_hint",
    "start_attempt",
    "submit_attempt",
]
