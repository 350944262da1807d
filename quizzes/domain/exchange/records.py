"""What readers of question files find, and what they have to say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from quizzes.domain.authoring import Authored

LARGEST_FILE = 10 * 1024 * 1024
MOST_QUESTIONS = 5_000
MOST_ANSWERS = 500
"""Options, pairs, steps, gaps or accepted answers of one question."""
LONGEST_QUESTION = 200_000
"""Characters of one question as its format writes it, pictures not counted."""
MOST_NOTES = 20_000
DEEPEST_CATEGORY = 50
LONGEST_CATEGORY_NAME = 250

_CODE = re.compile(r"[A-Z]{2,5}-[0-9]{1,9}")
_EXPLICIT_CODE = re.compile(r"clause:\s*(\S{1,60})", re.IGNORECASE)


class Severity(StrEnum):
    """error: the question, or the file, can't come in. warning: look at it. info: something was left out or read in one way of several."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """What there is to say; `WORDS` has the sentences."""

    # About the file.
    EMPTY_FILE = "empty_file"
    FILE_TOO_LARGE = "file_too_large"
    TOO_MANY_QUESTIONS = "too_many_questions"
    TOO_MANY_NOTES = "too_many_notes"
    NOT_TEXT = "not_text"
    READ_AS_CP1252 = "read_as_cp1252"
    OTHER_FORMAT = "other_format"
    NOT_WELL_FORMED = "not_well_formed"
    FORBIDDEN_MARKUP = "forbidden_markup"
    # About a question that can't come in.
    UNSUPPORTED_TYPE = "unsupported_type"
    IS_ESSAY = "is_essay"
    IS_DESCRIPTION = "is_description"
    NO_BRACES = "no_braces"
    BRACE_LEFT_OPEN = "brace_left_open"
    BRACE_TOO_MANY = "brace_too_many"
    NO_STEM = "no_stem"
    NO_RIGHT_ANSWER = "no_right_answer"
    SEVERAL_RIGHT = "several_right"
    TOO_FEW_OPTIONS = "too_few_options"
    TOO_FEW_PAIRS = "too_few_pairs"
    TOO_MANY_ANSWERS = "too_many_answers"
    BLANK_OPTION = "blank_option"
    SAME_OPTION_TWICE = "same_option_twice"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_WEIGHT = "not_a_weight"
    NO_WHOLE_MARK = "no_whole_mark"
    QUESTION_TOO_LONG = "question_too_long"
    NESTED_TOO_DEEP = "nested_too_deep"
    CLOZE_IN_GIFT = "cloze_in_gift"
    BROKEN_CLOZE = "broken_cloze"
    NO_GAPS = "no_gaps"
    UNKNOWN_GAP_TYPE = "unknown_gap_type"
    UNREADABLE_QUESTION = "unreadable_question"
    MISSING_ANSWER_LINE = "missing_answer_line"
    ANSWER_IS_NO_OPTION = "answer_is_no_option"
    OPTION_WITHOUT_STEM = "option_without_stem"
    # About what was changed or left out.
    FORMATTING_LOST = "formatting_lost"
    PICTURE_LOST = "picture_lost"
    LINK_LOST = "link_lost"
    WEIGHT_ROUNDED = "weight_rounded"
    PENALTY_IGNORED = "penalty_ignored"
    RIGHT_AND_WEIGHTED = "right_and_weighted"
    UNESCAPED = "unescaped"
    TEXT_AFTER_ANSWERS = "text_after_answers"
    TAG_UNREADABLE = "tag_unreadable"
    CATEGORY_TOO_DEEP = "category_too_deep"
    FEEDBACK_LOST = "feedback_lost"
    DEFAULT_GRADE_LOST = "default_grade_lost"
    SAME_NAME_TWICE = "same_name_twice"
    GAP_LAYOUT_LOST = "gap_layout_lost"


WORDS: dict[Code, str] = {
    Code.EMPTY_FILE: "The file holds no questions.",
    Code.FILE_TOO_LARGE: "The file is larger than %(most)s MB. Split it and bring in the parts.",
    Code.TOO_MANY_QUESTIONS: "The file holds more than %(most)s questions. Split it and bring in the parts.",
    Code.TOO_MANY_NOTES: "There is more to say about this file than fits here. Mend what is listed and try again.",
    Code.NOT_TEXT: "This isn't a text file.",
    Code.READ_AS_CP1252: "The file isn't UTF-8; it was read as Windows-1252. Check the accented letters.",
    Code.OTHER_FORMAT: "This is another kind of file: %(what)s.",
    Code.NOT_WELL_FORMED: "The file is broken here: %(what)s.",
    Code.FORBIDDEN_MARKUP: "The file declares entities or a document type of its own, which isn't allowed.",
    Code.UNSUPPORTED_TYPE: "Questions of the type “%(type)s” can't be brought in.",
    Code.IS_ESSAY: "An essay can't be brought in: nothing here marks free text.",
    Code.IS_DESCRIPTION: "A description asks nothing, so it can't be brought in.",
    Code.NO_BRACES: "No answers in braces: this is a description, which can't be brought in. If it should be a question, its answers are missing.",
    Code.BRACE_LEFT_OPEN: "The answers begin with { and never end with }.",
    Code.BRACE_TOO_MANY: "A } with no { before it. Write \\} for a brace in the text.",
    Code.NO_STEM: "The question has no text.",
    Code.NO_RIGHT_ANSWER: "No answer is marked as right.",
    Code.SEVERAL_RIGHT: "More than one answer is marked as right.",
    Code.TOO_FEW_OPTIONS: "A choice needs at least two options.",
    Code.TOO_FEW_PAIRS: "Matching needs at least two pairs.",
    Code.TOO_MANY_ANSWERS: "The question has more than %(most)s answers.",
    Code.BLANK_OPTION: "An answer is empty.",
    Code.SAME_OPTION_TWICE: "The answer “%(text)s” stands there twice.",
    Code.NOT_A_NUMBER: "“%(text)s” isn't a number.",
    Code.NOT_A_WEIGHT: "“%(text)s” isn't a weight between -100 and 100 per cent.",
    Code.NO_WHOLE_MARK: "No answer, or set of answers, earns the whole mark.",
    Code.QUESTION_TOO_LONG: "The question is longer than %(most)s characters.",
    Code.NESTED_TOO_DEEP: "Too many things inside each other.",
    Code.CLOZE_IN_GIFT: "This is Moodle's cloze notation, which GIFT can't say. Bring it in as Moodle XML.",
    Code.BROKEN_CLOZE: "The gap “%(text)s” can't be read.",
    Code.NO_GAPS: "The text has no gaps.",
    Code.UNKNOWN_GAP_TYPE: "Gaps of the type “%(type)s” can't be brought in.",
    Code.UNREADABLE_QUESTION: "The answers can't be read.",
    Code.MISSING_ANSWER_LINE: "The line “ANSWER: …” is missing.",
    Code.ANSWER_IS_NO_OPTION: "The answer “%(text)s” is none of the options.",
    Code.OPTION_WITHOUT_STEM: "An option with no question before it.",
    Code.FORMATTING_LOST: "Formatting was left out: %(what)s.",
    Code.PICTURE_LOST: "A picture was left out: %(what)s.",
    Code.LINK_LOST: "A link was turned into text: %(what)s.",
    Code.WEIGHT_ROUNDED: "The weight %(text)s was taken as %(value)s.",
    Code.PENALTY_IGNORED: "A penalty for a wrong answer (%(text)s) was left out: this kind of question takes none.",
    Code.RIGHT_AND_WEIGHTED: "An answer is marked with ~ and = at once; it was taken as right.",
    Code.UNESCAPED: "A “%(text)s” in the text was taken as it stands. Write \\%(text)s to be sure.",
    Code.TEXT_AFTER_ANSWERS: "Text after the answers was left out: “%(text)s”.",
    Code.TAG_UNREADABLE: "The tag “%(text)s” can't be read and was left out.",
    Code.CATEGORY_TOO_DEEP: "The category has more than %(most)s levels, or a name of more than %(longest)s characters; the rest was left out.",
    Code.FEEDBACK_LOST: "Feedback was left out: %(what)s.",
    Code.DEFAULT_GRADE_LOST: "The mark of %(text)s was left out: every question counts the same until a quiz says otherwise.",
    Code.SAME_NAME_TWICE: "Another question of this file has the same name.",
    Code.GAP_LAYOUT_LOST: "The layout of the choice was left out (buttons, or shuffled).",
}
"""One sentence for each code, with its params by name; views translate them."""


@dataclass(frozen=True)
class Note:
    """Something to say about a line of the file (0: about all of it)."""

    line: int
    severity: Severity
    code: Code
    params: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        return WORDS[self.code] % dict(self.params)


LONGEST_PARAM = 80


def note(severity: Severity, code: Code, line: int = 0, **params: object) -> Note:
    """A note whose params are kept short: files can be hostile, pages should stay readable."""
    return Note(line, severity, code, tuple(sorted((name, _short(str(value))) for name, value in params.items())))


def _short(text: str) -> str:
    text = " ".join(text[: 4 * LONGEST_PARAM].split())
    return text if len(text) <= LONGEST_PARAM else f"{text[: LONGEST_PARAM - 1]}…"


@dataclass(frozen=True)
class Attachment:
    """A picture that came with a question: its file name, its bytes, and what it shows in words."""

    name: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True)
class Entry:
    """A question as a file tells it; `authored` is None where it can't come in, and `notes` says why.

    type_name: what its format calls it. external_id: the format's own id (Moodle's idnumber, GIFT's `[id:…]`). category: from
    the top down. tags: without those that say a clause, a difficulty or a setting. codes: clauses that it tests.
    picture: the one that becomes the question's own.
    """

    line: int
    authored: Authored | None
    type_name: str = ""
    name: str = ""
    external_id: str = ""
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    difficulty: int | None = None
    is_published: bool | None = None
    picture: Attachment | None = None
    notes: tuple[Note, ...] = ()

    @property
    def is_importable(self) -> bool:
        return self.authored is not None


@dataclass(frozen=True)
class Parsed:
    """All that a file holds; `notes` are about the file as a whole. Refused: it isn't what it should be, nothing can come in."""

    entries: tuple[Entry, ...] = ()
    notes: tuple[Note, ...] = ()
    is_refused: bool = False

    @property
    def importable(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.is_importable)

    @property
    def all_notes(self) -> tuple[Note, ...]:
        """In the order of the lines."""
        every = (*self.notes, *(one for entry in self.entries for one in entry.notes))
        return tuple(sorted(every, key=lambda one: one.line))


def refused(code: Code, line: int = 0, **params: object) -> Parsed:
    return Parsed(notes=(note(Severity.ERROR, code, line, **params),), is_refused=True)


def clause_codes(tags: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The clause codes that tags say (`REL-1`, `clause:REL-1`), once each, and the tags that are left."""
    codes: dict[str, None] = {}
    others: dict[str, None] = {}
    for tag in tags:
        explicit = _EXPLICIT_CODE.fullmatch(tag)
        if explicit:
            codes[explicit.group(1).upper()] = None
        elif _CODE.fullmatch(tag):
            codes[tag] = None
        else:
            others[tag] = None
    return tuple(codes), tuple(others)
