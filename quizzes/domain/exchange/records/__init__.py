"""What readers of question files find, and what they have to say about it."""

from quizzes.domain.exchange.records.codes import Code, Severity
from quizzes.domain.exchange.records.entries import Attachment, Entry, Parsed, refused
from quizzes.domain.exchange.records.limits import (
    DEEPEST_CATEGORY,
    LARGEST_FILE,
    LONGEST_CATEGORY_NAME,
    LONGEST_QUESTION,
    MOST_ANSWERS,
    MOST_ANSWERS_IN_ALL,
    MOST_LINES,
    MOST_NOTES,
    MOST_QUESTIONS,
    MOST_TAGS,
)
from quizzes.domain.exchange.records.notes import Note, note
from quizzes.domain.exchange.records.words import WORDS, gettext_noop

__all__ = [
    "DEEPEST_CATEGORY",
    "LARGEST_FILE",
    "LONGEST_CATEGORY_NAME",
    "LONGEST_QUESTION",
    "MOST_ANSWERS",
    "MOST_ANSWERS_IN_ALL",
    "MOST_LINES",
    "MOST_NOTES",
    "MOST_QUESTIONS",
    "MOST_TAGS",
    "WORDS",
    "Attachment",
    "Code",
    "Entry",
    "Note",
    "Parsed",
    "Severity",
    "gettext_noop",
    "note",
    "refused",
]
