"""A block of the file as it is read: what is left of its text, its format, and what there is to say about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from quizzes.domain.exchange.gift.blocks import Block
from quizzes.domain.exchange.gift.text import text_of, unmarked
from quizzes.domain.exchange.records import Code, Note, Severity, note


class Refused(Exception):
    """The block can't be read; the note that says why is there."""


@dataclass
class Passage:
    """Says and refuses by places in `text`, told by line.

    format: of texts that name none. type_name: Moodle's. body_at: where in the text the answers begin.
    """

    block: Block
    notes: list[Note] = field(default_factory=list)
    format: str = "moodle"
    type_name: str = ""
    text: str = ""
    body_at: int = 0

    def say(self, severity: Severity, code: Code, at: int = 0, **params: object) -> None:
        shown = {name: unmarked(str(value)[:400]) for name, value in params.items()}
        self.notes.append(note(severity, code, self.line_at(at), **shown))

    def line_at(self, at: int) -> int:
        return self.block.line + self.text.count("\n", 0, at)

    def refuse(self, code: Code, at: int = 0, **params: object) -> NoReturn:
        self.error(code, at, **params)
        raise Refused

    def error(self, code: Code, at: int = 0, **params: object) -> None:
        self.say(Severity.ERROR, code, at, **params)

    def said(self, written: str, at: int) -> str:
        return self.formatted(written, self.format, at)[0]

    def formatted(self, written: str, usual: str, at: int) -> tuple[str, str]:
        """Plain text of a part, and its format; what was lost is noted."""
        plain, name = text_of(written, usual)
        if plain.lost or plain.pictures or plain.links:
            self.notes += plain.notes(self.line_at(at))
        return plain.text, name
