"""What a file holds: questions, their pictures, and the notes about them."""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.domain.authoring import Authored
from quizzes.domain.exchange.records.codes import Code, Severity
from quizzes.domain.exchange.records.notes import Note, note


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
