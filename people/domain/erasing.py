"""By which words a person is found in texts of others, and what stands there once they are erased."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

PSEUDONYM_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""No vowels, so that no word comes about, and nothing that looks like something else."""
PSEUDONYM_LENGTH = 4
SHORTEST_NUMBER = 8
"""Digits of an employee number that is no price, year or count of anything else."""
SHORTEST_MIXED_NUMBER = 4
"""Letters and digits of one, such as E1042."""
SHORTEST_NAME = 3


@dataclass(frozen=True)
class Traces:
    """certain: nobody and nothing else is called so; it is replaced. doubtful: a word that may mean something else; it is only counted."""

    certain: tuple[str, ...]
    doubtful: tuple[str, ...] = ()

    def replace_in(self, value: Any, pseudonym: str) -> Any:
        """Text or JSON with each certain trace replaced; the very same object where there is none."""
        match value:
            case str():
                return self._in_text(value, pseudonym)
            case dict():
                new: Any = {key: self.replace_in(each, pseudonym) for key, each in value.items()}
            case list():
                new = [self.replace_in(each, pseudonym) for each in value]
            case _:
                return value
        return value if new == value else new

    def count_in(self, value: Any) -> int:
        """How often a trace, certain or doubtful, is left in a text or JSON."""
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        return len(re.findall(_pattern((*self.certain, *self.doubtful)), text)) if self else 0

    @cached_property
    def as_stored(self) -> tuple[str, ...]:
        """Each trace as a database may hold it: in text, in JSON, and in JSON within JSON."""
        forms = [(text, _in_json(text), _in_json(_in_json(text))) for text in (*self.certain, *self.doubtful)]
        return tuple(dict.fromkeys(form for several in forms for form in several))

    def __bool__(self) -> bool:
        return bool(self.certain or self.doubtful)

    def _in_text(self, text: str, pseudonym: str) -> str:
        if not self.certain:
            return text
        if text[:1] in ("{", "[") and (inner := _container(text)) is not None:
            new = self.replace_in(inner, pseudonym)
            return text if new is inner else json.dumps(new)
        new = re.sub(_pattern(self.certain), pseudonym, text)
        return text if new == text else new


def traces_of(words: Iterable[str]) -> Traces:
    """Of names, e-mail addresses and employee numbers: a full name, an address and a long number are certain, a single name is doubtful."""
    written = {word.strip() for word in words if word.strip()}
    certain = {word for word in written if _is_certain(word)}
    doubtful = {word for word in written - certain if len(word) >= SHORTEST_NAME and not _digits(word)}
    return Traces(_with_markup(certain), _with_markup(doubtful))


def _is_certain(word: str) -> bool:
    if "@" in word or len(word.split()) > 1:
        return True
    shortest = SHORTEST_NUMBER if _digits(word) == len(word) else SHORTEST_MIXED_NUMBER
    return _digits(word) > 0 and len(word) >= shortest


def _digits(word: str) -> int:
    return sum(letter.isdigit() for letter in word)


def _with_markup(words: set[str]) -> tuple[str, ...]:
    """As written and as rich text has it; the longest first, so that no part of another is replaced."""
    forms = {form for word in words for form in (word, html.escape(word), html.escape(word, quote=False))}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words, in capitals or not. An address doesn't begin or end within another."""
    parts = (
        rf"(?<![\w.+-]){re.escape(word)}(?![\w-]|\.\w)" if "@" in word else rf"(?<!\w){re.escape(word)}(?!\w)"
        for word in words
    )
    return re.compile("|".join(parts), re.IGNORECASE)


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def _container(text: str) -> dict[str, Any] | list[Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict | list) else None
