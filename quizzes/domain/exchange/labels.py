"""What tags carry besides themselves: clause codes, difficulty, and switches that other systems have no place for.

`REL-1` or `clause:REL-1`: a clause. `difficulty:2`: 1 to 3. `piawai:all-or-nothing`, `piawai:keeps-order`, `piawai:minds-case`,
`piawai:minds-accents`: switches of `Authored`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from quizzes.domain.authoring import Authored
from quizzes.domain.exchange.records import Code, Entry, Note, Severity, note

PREFIX = "piawai:"
SWITCHES = {
    "all-or-nothing": "is_all_or_nothing",
    "keeps-order": "keeps_order",
    "minds-case": "minds_case",
    "minds-accents": "minds_accents",
}
_DIFFICULTY = re.compile(r"difficulty:\s*([1-3])", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{2,5}-[0-9]{1,9}")
_EXPLICIT_CODE = re.compile(r"clause:\s*(\S{1,60})", re.IGNORECASE)


@dataclass(frozen=True)
class Labels:
    """tags: what is left for the reader. switches: names of fields of `Authored` that are on."""

    tags: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    difficulty: int | None = None
    switches: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    def applied(self, authored: Authored) -> Authored:
        switches: dict[str, Any] = dict.fromkeys(self.switches, True)
        return replace(authored, **switches)


def labels_of(tags: Iterable[str], line: int = 0) -> Labels:
    codes, others = _clause_codes(" ".join(tag.split()) for tag in tags)
    left: list[str] = []
    switches: list[str] = []
    notes: list[Note] = []
    difficulty = None
    for tag in others:
        if found := _DIFFICULTY.fullmatch(tag):
            difficulty = int(found.group(1))
        elif tag.startswith(PREFIX) and (name := SWITCHES.get(tag.removeprefix(PREFIX))):
            switches.append(name)
        elif tag.startswith(PREFIX):
            notes.append(note(Severity.WARNING, Code.TAG_UNREADABLE, line, text=tag))
        elif tag:
            left.append(tag)
    return Labels(tuple(left), codes, difficulty, tuple(switches), tuple(notes))


def _clause_codes(tags: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
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


def tags_of(entry: Entry) -> list[str]:
    """Everything that `labels_of` reads back from tags, in a settled order."""
    codes = [code if _CODE.fullmatch(code) else f"clause:{code}" for code in entry.codes]
    difficulty = [f"difficulty:{entry.difficulty}"] if entry.difficulty else []
    switches = [f"{PREFIX}{word}" for word, field in SWITCHES.items() if getattr(entry.authored, field, False)]
    return [*codes, *entry.tags, *difficulty, *switches]
