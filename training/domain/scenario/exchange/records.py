"""What readers of scenario files find, and what they have to say about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from training.domain.scenario.graph import Story

MOST_PASSAGES = 2_000
"""Scenes and endings of one scenario: as many as are checked while somebody waits."""
MOST_TO_EDIT = 200
"""Scenes and endings that the editor's form surely takes."""
MOST_CHOICES = 100
"""Of one scene."""
LONGEST_PASSAGE = 100_000
LONGEST_HEADER = 2_000
LONGEST_KEY = 60
LONGEST_SLUG = 100
LONGEST_TITLE = 255
LONGEST_INTRODUCTION = 1000
LONGEST_NAME = 80
LONGEST_SITUATION = 250
LONGEST_LINE = 600
LONGEST_CHOICE = 400
LONGEST_FEEDBACK = 600
LONGEST_ENDING_TITLE = 120
LONGEST_ENDING = 1000
MOST_POINTS = 10
WIDEST_MOOD_CHANGE = 2
CODE = r"[A-Za-z0-9._-]{1,20}"
"""Of a clause."""
SHORTEST_CLOCK, LONGEST_CLOCK = 5, 600
"""Seconds."""
MOST_MINUTES = 60


class Severity(StrEnum):
    """error: the file can't come in. warning: look at it. info: read in one way of several, or of no weight."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """What there is to say; `WORDS` has the sentences."""

    # About any file.
    EMPTY_FILE = "empty_file"
    FILE_TOO_LARGE = "file_too_large"
    TOO_MANY_LINES = "too_many_lines"
    TOO_MUCH_MARKUP = "too_much_markup"
    NOT_TEXT = "not_text"
    READ_AS_CP1252 = "read_as_cp1252"
    TOO_MANY_PASSAGES = "too_many_passages"
    TOO_MANY_CHOICES = "too_many_choices"
    LARGE = "large"
    TEXT_TOO_LONG = "text_too_long"
    NO_TITLE = "no_title"
    # About Twee.
    PUBLISHED_HTML = "published_html"
    PASSAGE_TOO_LONG = "passage_too_long"
    NO_PASSAGES = "no_passages"
    NO_STORY = "no_story"
    TEXT_BEFORE = "text_before"
    STORYDATA_BROKEN = "storydata_broken"
    NO_START = "no_start"
    METADATA_BROKEN = "metadata_broken"
    NO_NAME = "no_name"
    DUPLICATE_NAME = "duplicate_name"
    SCRIPT_LEFT_OUT = "script_left_out"
    SPECIAL_LEFT_OUT = "special_left_out"
    BROKEN_LINK = "broken_link"
    EXTERNAL_LINK = "external_link"
    LOOKS_LIKE_LINK = "looks_like_link"
    SETTER_LOST = "setter_lost"
    CODE_IN_TEXT = "code_in_text"
    HIDDEN_LEFT_OUT = "hidden_left_out"
    LINE_SPLIT = "line_split"
    FIELD_UNKNOWN = "field_unknown"
    FIELD_UNREADABLE = "field_unreadable"
    FIELD_TWICE = "field_twice"
    FIELD_OUT_OF_PLACE = "field_out_of_place"
    KEY_CHANGED = "key_changed"
    # About JSON.
    NOT_JSON = "not_json"
    NAME_TWICE = "name_twice"
    MISSING = "missing"
    UNKNOWN_NAME = "unknown_name"
    WRONG_TYPE = "wrong_type"
    NOT_ONE_OF = "not_one_of"
    WRONG_FORM = "wrong_form"
    OUT_OF_RANGE = "out_of_range"
    TOO_LONG = "too_long"
    WRONG_COUNT = "wrong_count"
    # About what comes in.
    PERSONA_MADE = "persona_made"
    PERSONA_KEPT = "persona_kept"
    NO_PERSONA = "no_persona"
    NO_PLACE = "no_place"
    ADDRESS_TAKEN = "address_taken"
    NOT_YOURS = "not_yours"


def gettext_noop(text: str) -> str:
    """Marks a sentence for the catalogues of those who show it; nothing is translated here."""
    return text


WORDS: dict[Code, str] = {
    Code.EMPTY_FILE: gettext_noop("The file is empty."),
    Code.FILE_TOO_LARGE: gettext_noop("The file is larger than %(most)s MB."),
    Code.TOO_MANY_LINES: gettext_noop("The file has more than %(most)s lines."),
    Code.TOO_MUCH_MARKUP: gettext_noop("The file has more than %(most)s tags and references of HTML."),
    Code.NOT_TEXT: gettext_noop("This isn't a text file."),
    Code.READ_AS_CP1252: gettext_noop("The file isn't UTF-8; it was read as Windows-1252. Check the accented letters."),
    Code.TOO_MANY_PASSAGES: gettext_noop("A scenario has at most %(most)s scenes and endings. This is one too many."),
    Code.TOO_MANY_CHOICES: gettext_noop("A scene has at most %(most)s choices; those after it were left out."),
    Code.LARGE: gettext_noop(
        "There are %(count)s scenes and endings. The editor may not be able to save more than %(most)s: make several scenarios of it."
    ),
    Code.TEXT_TOO_LONG: gettext_noop(
        "%(where)s is longer than %(most)s characters. Shorten it, or the draft can't be saved again."
    ),
    Code.NO_TITLE: gettext_noop("The story has no title. Give the draft one."),
    Code.PUBLISHED_HTML: gettext_noop(
        "This is a published story (HTML). In Twine, choose Build, then Export As Twee, and send that file."
    ),
    Code.PASSAGE_TOO_LONG: gettext_noop("The passage or its first line has more than %(most)s characters."),
    Code.NO_PASSAGES: gettext_noop("No line begins with “::”, so there is no passage. Is this a Twee file?"),
    Code.NO_STORY: gettext_noop("There is no passage with a story in it."),
    Code.TEXT_BEFORE: gettext_noop("What stands before the first passage was left out: “%(text)s”."),
    Code.STORYDATA_BROKEN: gettext_noop("StoryData isn't JSON (%(what)s) and was left out."),
    Code.NO_START: gettext_noop("The file doesn't say where to begin. The story begins with “%(name)s”."),
    Code.METADATA_BROKEN: gettext_noop("The data in braces after the name “%(name)s” can't be read and was left out."),
    Code.NO_NAME: gettext_noop("A passage without a name. It got a key."),
    Code.DUPLICATE_NAME: gettext_noop(
        "Another passage is named “%(name)s”. This one is “%(key)s” now; links lead to the first."
    ),
    Code.SCRIPT_LEFT_OUT: gettext_noop("“%(name)s” is script or style and was left out. It never runs here."),
    Code.SPECIAL_LEFT_OUT: gettext_noop("“%(name)s” is for Twine or its story format and was left out."),
    Code.BROKEN_LINK: gettext_noop("A link leads to “%(name)s”, which isn't there."),
    Code.EXTERNAL_LINK: gettext_noop("A link out of the story was left as text: %(name)s."),
    Code.LOOKS_LIKE_LINK: gettext_noop("“%(text)s” looks like a link and was taken for code."),
    Code.SETTER_LOST: gettext_noop("What the link “%(text)s” sets was left out."),
    Code.CODE_IN_TEXT: gettext_noop("Code or markup stands in the text as it is, and does nothing here: “%(text)s”."),
    Code.HIDDEN_LEFT_OUT: gettext_noop("A comment, script or style within the text was left out: “%(text)s”."),
    Code.LINE_SPLIT: gettext_noop("A paragraph of more than %(most)s characters became several lines."),
    Code.FIELD_UNKNOWN: gettext_noop("“@%(name)s” isn't one of our fields; the line was taken as text."),
    Code.FIELD_UNREADABLE: gettext_noop("“@%(name)s %(text)s” can't be read and was left out."),
    Code.FIELD_TWICE: gettext_noop("“@%(name)s” stands here twice; the first counts."),
    Code.FIELD_OUT_OF_PLACE: gettext_noop("“@%(name)s” has no place here and was left out."),
    Code.KEY_CHANGED: gettext_noop("Another choice of this scene has the key “%(name)s”. This one is “%(key)s” now."),
    Code.NOT_JSON: gettext_noop("This isn't JSON: %(what)s."),
    Code.NAME_TWICE: gettext_noop("“%(name)s” stands twice in one object."),
    Code.MISSING: gettext_noop("%(path)s: “%(name)s” is missing."),
    Code.UNKNOWN_NAME: gettext_noop("%(path)s: “%(name)s” isn't known."),
    Code.WRONG_TYPE: gettext_noop("%(path)s must be of the type %(type)s."),
    Code.NOT_ONE_OF: gettext_noop("%(path)s: “%(value)s” isn't one of these: %(all)s."),
    Code.WRONG_FORM: gettext_noop("%(path)s: “%(value)s” doesn't have the form %(form)s."),
    Code.OUT_OF_RANGE: gettext_noop("%(path)s must be between %(least)s and %(most)s."),
    Code.TOO_LONG: gettext_noop("%(path)s has more than %(most)s characters."),
    Code.WRONG_COUNT: gettext_noop("%(path)s must hold %(least)s to %(most)s entries."),
    Code.PERSONA_MADE: gettext_noop("The persona %(name)s isn't here yet and comes in too."),
    Code.PERSONA_KEPT: gettext_noop("The persona %(name)s is here already and stays as it is here."),
    Code.NO_PERSONA: gettext_noop("The file names no persona that is here or can come in. Choose one in the draft."),
    Code.NO_PLACE: gettext_noop("There is no page for role-plays that you may put a scenario under."),
    Code.ADDRESS_TAKEN: gettext_noop("Another page has the address “%(name)s”. Give the scenario another."),
    Code.NOT_YOURS: gettext_noop("“%(name)s” is locked, or not yours to edit."),
}
"""One sentence for each code, with its params by name; views translate them."""


class Unsayable(StrEnum):
    """Why a draft can't be written to a file; `UNSAYABLE_WORDS` has the sentences."""

    NODE_KEY = "node_key"
    REPEATED_NODE = "repeated_node"
    CHOICE_KEY = "choice_key"
    REPEATED_CHOICE = "repeated_choice"
    REPEATED_CLAUSE = "repeated_clause"


UNSAYABLE_WORDS: dict[Unsayable, str] = {
    Unsayable.NODE_KEY: gettext_noop("A scene or ending has no key (number %(place)s)."),
    Unsayable.REPEATED_NODE: gettext_noop("Two scenes or endings have the key “%(place)s”."),
    Unsayable.CHOICE_KEY: gettext_noop("A choice of the scene “%(place)s” has no key."),
    Unsayable.REPEATED_CHOICE: gettext_noop("Two choices have the key “%(place)s”."),
    Unsayable.REPEATED_CLAUSE: gettext_noop("A clause stands twice at the choice “%(place)s”."),
}


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
class Vocabulary:
    """The words that a field may say. What isn't among them is left out, with a note."""

    speakers: tuple[str, ...]
    faces: tuple[str, ...]
    customers: tuple[str, ...]
    ending_kinds: tuple[str, ...]
    pitfalls: tuple[str, ...]
    modes: tuple[str, ...]


@dataclass(frozen=True)
class Manuscript:
    """A scenario as files carry it. What a file doesn't say is empty: the draft keeps its own, or has the usual.

    ifid: the story's number in the world of interactive fiction; for our own files the scenario's. is_ours: written in our notation.
    """

    story: Story
    slug: str
    ifid: str = ""
    minutes: int | None = None
    mastery_score: Decimal | None = None
    mode: str = ""
    is_ours: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Counts:
    """What a file holds. passages: those with a story, script and style and the data about it not counted."""

    headers: int = 0
    passages: int = 0
    links: int = 0
    broken_links: int = 0


@dataclass(frozen=True)
class Parsed:
    """What a file holds, and what there is to say about it by line. Without a manuscript it is refused."""

    manuscript: Manuscript | None = None
    notes: tuple[Note, ...] = ()
    counts: Counts = Counts()

    @property
    def is_refused(self) -> bool:
        return self.manuscript is None

    def with_notes(self, notes: Iterable[Note]) -> Parsed:
        return replace(self, notes=tuple(sorted((*self.notes, *notes), key=lambda one: one.line)))


class Refused(Exception):
    """The file can't be read; `parsed` says why."""

    def __init__(self, notes: Iterable[Note]) -> None:
        super().__init__()
        self.parsed = Parsed(notes=tuple(notes))


def refuse(code: Code, line: int = 0, **params: object) -> Refused:
    return Refused([note(Severity.ERROR, code, line, **params)])
