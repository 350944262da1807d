"""Something that a reader says about a line of a file."""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.domain.exchange.records.codes import Code, Severity
from quizzes.domain.exchange.records.words import WORDS

LONGEST_PARAM = 80


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


def note(severity: Severity, code: Code, line: int = 0, **params: object) -> Note:
    """A note whose params are kept short: files can be hostile, pages should stay readable."""
    return Note(line, severity, code, tuple(sorted((name, _short(str(value))) for name, value in params.items())))


def _short(text: str) -> str:
    text = " ".join(text[: 4 * LONGEST_PARAM].split())
    return text if len(text) <= LONGEST_PARAM else f"{text[: LONGEST_PARAM - 1]}…"
