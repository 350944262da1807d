"""Every write of quizzes, a file for each subject."""

from quizzes.services.attempts import (
    AnswerIsFinal,
    AttemptClosed,
    AttemptNotFound,
    CertaintyMissing,
    MayNotStart,
    NothingToAsk,
    QuestionNotAsked,
    holding_attempt,
    keep_response,
    pass_questions,
    save_response,
    start_attempt,
    submit_attempt,
    submit_overdue_attempts,
)
from quizzes.services.importing import Imported, import_questions
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
from quizzes.services.regrading import regrade_attempts

__all__ = [
    "AnswerIsFinal",
    "AttemptClosed",
    "AttemptNotFound",
    "CardNotAsked",
    "CertaintyMissing",
    "DayOver",
    "HeldByQuiz",
    "Imported",
    "MayNotStart",
    "NothingToAsk",
    "NothingToPractise",
    "QuestionNotAsked",
    "QuestionUnfinished",
    "answer_card",
    "begin_practice",
    "create_question",
    "create_quiz",
    "create_quiz_index",
    "holding_attempt",
    "import_questions",
    "keep_response",
    "pass_questions",
    "publish_question_version",
    "rebuild_recall",
    "record_recall",
    "record_recalls",
    "regrade_attempts",
    "save_response",
    "set_answer_key",
    "show_hint",
    "start_attempt",
    "submit_attempt",
    "submit_overdue_attempts",
]
