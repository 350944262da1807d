"""Aiken: a question on a line, `A)` options, `ANSWER: B`; one right answer, nothing else. Both ways.

As Moodle reads it (`question/format/aiken/format.php`), but a question may take several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from string import ascii_uppercase

from quizzes.domain.authoring import Authored, Choice
from quizzes.domain.exchange.checking import fault_notes
from quizzes.domain.exchange.records import (
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    Code,
    Entry,
    Note,
    Parsed,
    Severity,
    note,
    refused,
)
from quizzes.domain.exchange.saying import AIKEN, CantSay, unsayable
from quizzes.domain.exchange.texts import Unreadable, clean, decode

_OPTION = re.compile(r"([A-Z])[.)][ \t](.*)")
_ANSWER = re.compile(r"ANSWER[ \t]*:(.*)", re.IGNORECASE)


def read_aiken(content: bytes) -> Parsed:
    try:
        text, notes = decode(content)
    except Unreadable as unreadable:
        return unreadable.parsed
    parsed = parse_aiken(text)
    return replace(parsed, notes=(*notes, *parsed.notes))


@dataclass
class _Item:
    """A question as far as it has been read; options by their letters."""

    line: int
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    answer: str | None = None

    def entry(self) -> Entry:
        errors = self._errors()
        choices = tuple(Choice(text.strip(), letter == self.answer) for letter, text in self.options)
        authored = Authored(kind="single", stem="\n".join(self.stem), choices=choices)
        if errors:
            return Entry(self.line, None, "multichoice", notes=errors)
        return Entry(self.line, authored, "multichoice", notes=fault_notes(authored, self.line))

    def _errors(self) -> tuple[Note, ...]:
        if not self.stem:
            return (note(Severity.ERROR, Code.OPTION_WITHOUT_QUESTION, self.line),)
        if sum(map(len, self.stem)) + sum(len(text) for _, text in self.options) > LONGEST_QUESTION:
            return (note(Severity.ERROR, Code.QUESTION_TOO_LONG, self.line, most=LONGEST_QUESTION),)
        if self.answer is None:
            return (note(Severity.ERROR, Code.MISSING_ANSWER_LINE, self.line),)
        if self.answer not in dict(self.options):
            return (note(Severity.ERROR, Code.ANSWER_IS_NO_OPTION, self.line, text=self.answer),)
        return ()


def parse_aiken(text: str) -> Parsed:
    items: list[_Item] = []
    for number, line in enumerate(clean(text).split("\n"), start=1):
        if line.strip():
            _add(items, number, line.strip())
        if len(items) > MOST_QUESTIONS:
            return refused(Code.TOO_MANY_QUESTIONS, number, most=MOST_QUESTIONS)
    if not items:
        return Parsed(notes=(note(Severity.WARNING, Code.EMPTY_FILE),))
    return Parsed(tuple(item.entry() for item in items))


def _add(items: list[_Item], number: int, line: str) -> None:
    """The line goes where it belongs: an answer ends a question, and text after options begins the next."""
    option, answer = _OPTION.fullmatch(line), _ANSWER.fullmatch(line)
    is_open = bool(items) and items[-1].answer is None
    if not is_open or (items[-1].options and not option and not answer):
        items.append(_Item(number))
    item = items[-1]
    if answer:
        item.answer = answer.group(1).strip()[:1].upper()
    elif option:
        item.options.append((option.group(1), option.group(2)))
    else:
        item.stem.append(line)


def write_aiken(entries: Iterable[Entry]) -> str:
    """Without feedback, tags and the like: Aiken has none. Raises CantSay for a question that it can't say at all."""
    return "\n".join(_written(entry) for entry in entries)


def _written(entry: Entry) -> str:
    authored = entry.authored
    reason = unsayable(authored, AIKEN) if authored else None
    if authored is None or reason:
        raise CantSay(entry, reason)
    lettered = list(zip(ascii_uppercase, authored.choices, strict=False))
    options = "".join(f"{letter}) {choice.text.strip()}\n" for letter, choice in lettered)
    right = next(letter for letter, choice in lettered if choice.is_right)
    return f"{authored.stem.strip()}\n{options}ANSWER: {right}\n"
