"""What readers of question files find, and what they have to say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from quizzes.domain.authoring import Authored

LARGEST_FILE = 10 * 1024 * 1024
MOST_LINES = 200_000
MOST_TAGS = 200_000
MOST_QUESTIONS = 5_000
MOST_ANSWERS = 500
"""Options, pairs, steps, gaps or accepted answers of one question."""
MOST_ANSWERS_IN_ALL = 100_000
MOST_NOTES = 50
"""About one question."""
LONGEST_QUESTION = 200_000
"""Characters of one question as its format writes it, pictures not counted."""
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
    TOO_MANY_LINES = "too_many_lines"
    TOO_MUCH_MARKUP = "too_much_markup"
    TOO_MANY_ANSWERS_IN_ALL = "too_many_answers_in_all"
    TOO_MANY_QUESTIONS = "too_many_questions"
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
    TWO_ANSWER_SETS = "two_answer_sets"
    BAD_PAIR = "bad_pair"
    TRUE_AND_FALSE = "true_and_false"
    TOO_MANY_ANSWERS = "too_many_answers"
    NOT_A_WEIGHT = "not_a_weight"
    QUESTION_TOO_LONG = "question_too_long"
    UNREADABLE_ANSWERS = "unreadable_answers"
    BROKEN_GAP = "broken_gap"
    NO_GAPS = "no_gaps"
    UNKNOWN_GAP_TYPE = "unknown_gap_type"
    GAP_WITHOUT_ANSWERS = "gap_without_answers"
    GAP_WITH_ONE_CHOICE = "gap_with_one_choice"
    GAP_WITHOUT_RIGHT_ANSWER = "gap_without_right_answer"
    GAP_NOT_A_NUMBER = "gap_not_a_number"
    MISSING_ANSWER_LINE = "missing_answer_line"
    ANSWER_IS_NO_OPTION = "answer_is_no_option"
    OPTION_WITHOUT_QUESTION = "option_without_question"
    # What a question lacks to be asked: the values of `quizzes.domain.kinds.Fault`. It comes in as a draft.
    NO_STEM = "no_stem"
    NO_ALT = "no_alt"
    TOO_FEW_OPTIONS = "too_few_options"
    BLANK_OPTION = "blank_option"
    SAME_OPTION_TWICE = "same_option_twice"
    UNKNOWN_KIND = "unknown_kind"
    NOT_ONE_RIGHT = "not_one_right"
    NONE_RIGHT = "none_right"
    CREDITS_SHORT = "credits_short"
    TOO_FEW_PAIRS = "too_few_pairs"
    UNPAIRED = "unpaired"
    TOO_FEW_STEPS = "too_few_steps"
    NOTHING_ACCEPTED = "nothing_accepted"
    NO_FULL_CREDIT = "no_full_credit"
    NOT_A_NUMBER = "not_a_number"
    GAPS_DIFFER = "gaps_differ"
    TOO_FEW_LINES = "too_few_lines"
    NOTHING_BROKEN = "nothing_broken"
    BREAKS_UNCITED = "breaks_uncited"
    NO_CLAUSE = "no_clause"
    # About what was changed or left out.
    CLOZE_IN_GIFT = "cloze_in_gift"
    SEVERAL_RIGHT = "several_right"
    FORMATTING_LOST = "formatting_lost"
    PICTURE_LOST = "picture_lost"
    LINK_LOST = "link_lost"
    WEIGHT_ROUNDED = "weight_rounded"
    PENALTY_IGNORED = "penalty_ignored"
    RIGHT_AND_WRONG = "right_and_wrong"
    UNESCAPED = "unescaped"
    TEXT_AFTER_ANSWERS = "text_after_answers"
    TAG_UNREADABLE = "tag_unreadable"
    CATEGORY_TOO_DEEP = "category_too_deep"
    FEEDBACK_LOST = "feedback_lost"
    DEFAULT_GRADE_LOST = "default_grade_lost"
    GAP_LAYOUT_LOST = "gap_layout_lost"
    CASE_FOR_ALL = "case_for_all"
    GRADING_CHANGED = "grading_changed"


WORDS: dict[Code, str] = {
    Code.EMPTY_FILE: "The file holds no questions.",
    Code.FILE_TOO_LARGE: "The file is larger than %(most)s MB. Split it and bring in the parts.",
    Code.TOO_MANY_LINES: "The file has more than %(most)s lines. Split it and bring in the parts.",
    Code.TOO_MUCH_MARKUP: "The file has more than %(most)s tags and references of HTML. Split it and bring in the parts.",
    Code.TOO_MANY_ANSWERS_IN_ALL: "The file has more than %(most)s answers. Split it and bring in the parts.",
    Code.TOO_MANY_QUESTIONS: "The file holds more than %(most)s questions. Split it and bring in the parts.",
    Code.NOT_TEXT: "This isn't a text file.",
    Code.READ_AS_CP1252: "The file isn't UTF-8; it was read as Windows-1252. Check the accented letters.",
    Code.OTHER_FORMAT: "This is another kind of file: %(what)s.",
    Code.NOT_WELL_FORMED: "The file is broken here: %(what)s.",
    Code.FORBIDDEN_MARKUP: "The file declares entities or a document type of its own, which isn't allowed.",
    Code.UNSUPPORTED_TYPE: "Questions of the type “%(type)s” can't be brought in.",
    Code.IS_ESSAY: "An essay can't be brought in: nothing here marks free text.",
    Code.IS_DESCRIPTION: "A description asks nothing, so it can't be brought in.",
    Code.NO_BRACES: "No answers in braces: a description, which can't be brought in. If it should ask something, its answers are missing.",
    Code.BRACE_LEFT_OPEN: "The answers begin with { and don't end with } before the next blank line.",
    Code.BRACE_TOO_MANY: "A } with no { before it. Write \\} for a brace in the text.",
    Code.TWO_ANSWER_SETS: "More than one set of braces. Put a blank line between questions, and write \\{ and \\} for braces in the text.",
    Code.BAD_PAIR: "“%(text)s” isn't a pair: write what belongs together with -> between.",
    Code.TRUE_AND_FALSE: "Both true and false are given as the answer.",
    Code.TOO_MANY_ANSWERS: "The question has more than %(most)s answers or gaps.",
    Code.NOT_A_WEIGHT: "“%(text)s” isn't a weight from -100 to 100 per cent.",
    Code.QUESTION_TOO_LONG: "The question is longer than %(most)s characters.",
    Code.UNREADABLE_ANSWERS: "The answers can't be read: “%(text)s”.",
    Code.BROKEN_GAP: "The gap “%(text)s” can't be read.",
    Code.NO_GAPS: "The text has no gaps.",
    Code.UNKNOWN_GAP_TYPE: "Gaps of the type “%(type)s” can't be brought in.",
    Code.GAP_WITHOUT_ANSWERS: "Gap %(gap)s has no answers.",
    Code.GAP_WITH_ONE_CHOICE: "Gap %(gap)s offers fewer than two choices.",
    Code.GAP_WITHOUT_RIGHT_ANSWER: "Gap %(gap)s has no answer that earns the whole mark.",
    Code.GAP_NOT_A_NUMBER: "Gap %(gap)s asks for a number, but “%(text)s” is none.",
    Code.MISSING_ANSWER_LINE: "The line “ANSWER: …” is missing.",
    Code.ANSWER_IS_NO_OPTION: "The answer “%(text)s” is none of the options.",
    Code.OPTION_WITHOUT_QUESTION: "Options or an answer with no question before them.",
    Code.NO_STEM: "The question has no text.",
    Code.NO_ALT: "The picture has no description.",
    Code.TOO_FEW_OPTIONS: "There are fewer than two different things to choose from.",
    Code.BLANK_OPTION: "An option is empty.",
    Code.SAME_OPTION_TWICE: "Two options say the same.",
    Code.UNKNOWN_KIND: "This kind of question is unknown here.",
    Code.NOT_ONE_RIGHT: "Not exactly one answer is marked as right.",
    Code.NONE_RIGHT: "No answer is marked as right.",
    Code.CREDITS_SHORT: "The right answers together don't earn the whole mark.",
    Code.TOO_FEW_PAIRS: "Matching needs at least two pairs.",
    Code.UNPAIRED: "A pair lacks one of its sides.",
    Code.TOO_FEW_STEPS: "Putting in order needs at least three steps.",
    Code.NOTHING_ACCEPTED: "An answer to accept is missing or empty.",
    Code.NO_FULL_CREDIT: "No answer earns the whole mark.",
    Code.NOT_A_NUMBER: "An answer, or how far one may be off, isn't a number.",
    Code.GAPS_DIFFER: "The gaps in the text and their answers don't fit together.",
    Code.TOO_FEW_LINES: "A dialogue needs at least three lines.",
    Code.NOTHING_BROKEN: "No line breaks a standard.",
    Code.BREAKS_UNCITED: "A line breaks a standard that the question doesn't name.",
    Code.NO_CLAUSE: "The question names no clause.",
    Code.CLOZE_IN_GIFT: "This is Moodle's cloze notation, which GIFT doesn't have. It was read as one text with %(gaps)s gaps: check it.",
    Code.SEVERAL_RIGHT: "More than one option is marked as right; the first was taken, and the others earn the whole mark too.",
    Code.FORMATTING_LOST: "Formatting was left out: %(what)s.",
    Code.PICTURE_LOST: "A picture was left out: %(what)s.",
    Code.LINK_LOST: "A link was left out, its text kept: %(what)s.",
    Code.WEIGHT_ROUNDED: "The weight %(text)s was taken as %(value)s.",
    Code.PENALTY_IGNORED: "A penalty for a wrong answer (%(text)s) was left out: this kind of question takes none.",
    Code.RIGHT_AND_WRONG: "An answer is marked with ~ and = at once; it was taken as right.",
    Code.UNESCAPED: "A “=” inside an answer was taken as text. Write \\= to be sure.",
    Code.TEXT_AFTER_ANSWERS: "What stands after the answers was left out: “%(text)s”.",
    Code.TAG_UNREADABLE: "The tag “%(text)s” can't be read and was left out.",
    Code.CATEGORY_TOO_DEEP: "A category of more than %(most)s levels or with a name of more than %(longest)s characters was cut.",
    Code.FEEDBACK_LOST: "Feedback was left out: %(what)s.",
    Code.DEFAULT_GRADE_LOST: "The mark of %(text)s was left out: questions count the same until a quiz says otherwise.",
    Code.GAP_LAYOUT_LOST: "How the choices of a gap are laid out was left out.",
    Code.CASE_FOR_ALL: "Capital letters count in some gaps only; here they count in all.",
    Code.GRADING_CHANGED: "The grading “%(text)s” was left out: each step in its place counts.",
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
