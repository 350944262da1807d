"""Passages taken apart: what is said, our fields, and the links with the fields below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from training.domain.scenario.exchange import fields
from training.domain.scenario.exchange.links import Link, neutral, split_links
from training.domain.scenario.exchange.records import MOST_CHOICES, Code, Note, Severity, note
from training.domain.scenario.exchange.texts import unescape
from training.domain.scenario.exchange.twee_source import Passage

SCENE_TAG, ENDING_TAG = "piawai-scene", "piawai-ending"

_KNOWN = {*fields.OF_SCENE, *fields.OF_CHOICE, *fields.OF_ENDING}
_FOREIGN = re.compile(r"<<\s*[\w/]|\([a-z][\w-]*:|</?[a-z][^>\n]{0,200}>|\$[a-z_]\w*", re.IGNORECASE)

Value = TypeVar("Value")


@dataclass
class Written:
    """A field, or a paragraph without one (its name is empty), with the lines that continue it."""

    line: int
    name: str
    parts: list[str]

    @property
    def text(self) -> str:
        return unescape("\n".join(self.parts))


Told = dict[str, Written]


@dataclass
class Option:
    """A link, and the fields below it."""

    line: int
    link: Link
    told: Told = field(default_factory=dict)


@dataclass
class Body:
    passage: Passage
    speech: list[Written] = field(default_factory=list)
    told: Told = field(default_factory=dict)
    options: list[Option] = field(default_factory=list)

    @property
    def is_scene(self) -> bool:
        return bool(self.options) or SCENE_TAG in self.passage.tags


def uses_fields(passages: Iterable[Passage]) -> bool:
    """Whether any line is one of our fields: then a line that only looks like one is worth a warning."""
    return any(fields.field_of(line.strip(), _KNOWN) for passage in passages for line in passage.text if "@" in line)


def take_apart(passage: Passage, names: Collection[str], notes: list[Note], *, expects_fields: bool = True) -> Body:
    """names: of all passages that a link can lead to."""
    body = Body(passage)
    taking = _Taking(body, notes, expects_fields)
    first = passage.line + 1
    for number, raw in enumerate(neutral("\n".join(passage.text), first, notes).split("\n"), start=first):
        line, links = split_links(raw, number, names, notes)
        taking.take_line(number, line.strip())
        for link in links:
            taking.take_link(number, link)
    if len(body.options) > MOST_CHOICES:
        notes.append(note(Severity.WARNING, Code.TOO_MANY_CHOICES, body.options[MOST_CHOICES].line, most=MOST_CHOICES))
        del body.options[MOST_CHOICES:]
    return body


def settings_in(passage: Passage, notes: list[Note]) -> Told:
    """What our passage of settings says of the whole story."""
    told: Told = {}
    flow: Written | None = None
    for number, raw in enumerate(passage.text, start=passage.line + 1):
        line = raw.strip()
        found = fields.field_of(line, fields.OF_SETTINGS)
        if found:
            flow = _tell(told, number, *found, notes)
        elif flow and line:
            flow.parts.append(line)
        else:
            flow = None
    return told


def read_value(told: Mapping[str, Written], name: str, read: Callable[[str], Value], notes: list[Note]) -> Value | None:
    """What a field says; None where there is none, or none that can be read."""
    written = told.get(name)
    if written is None:
        return None
    try:
        return read(written.text)
    except ValueError:
        notes.append(note(Severity.WARNING, Code.FIELD_UNREADABLE, written.line, name=name, text=written.text))
        return None


def out_of_place(told: Mapping[str, Written], names: Iterable[str], notes: list[Note]) -> None:
    notes += [
        note(Severity.WARNING, Code.FIELD_OUT_OF_PLACE, told[name].line, name=name) for name in names if name in told
    ]


class _Taking:
    """Line by line; knows what the next one may continue."""

    def __init__(self, body: Body, notes: list[Note], expects_fields: bool) -> None:
        self._body, self._notes, self._expects_fields = body, notes, expects_fields
        self._flow: Written | None = None
        self._has_warned_of_code = False

    def take_line(self, number: int, line: str) -> None:
        if not line:
            self._flow = None
        elif found := fields.field_of(line, _KNOWN):
            self._flow = self._take_field(number, *found)
        else:
            self._take_words(number, line)

    def take_link(self, number: int, link: Link) -> None:
        self._body.options.append(Option(number, link))
        self._flow = None

    def _take_words(self, number: int, line: str) -> None:
        if not self._has_warned_of_code and _FOREIGN.search(line):
            self._notes.append(note(Severity.WARNING, Code.CODE_IN_TEXT, number, text=line))
            self._has_warned_of_code = True
        if self._expects_fields and (name := fields.looks_like_field(line)):
            self._notes.append(note(Severity.WARNING, Code.FIELD_UNKNOWN, number, name=name))
        if self._flow:
            self._flow.parts.append(line)
        else:
            self._flow = self._say(number, "", line)

    def _take_field(self, number: int, name: str, value: str) -> Written | None:
        if name in fields.SPEECH:
            return self._say(number, name, value)
        if name not in fields.OF_CHOICE:
            return _tell(self._body.told, number, name, value, self._notes)
        if not self._body.options:
            self._notes.append(note(Severity.WARNING, Code.FIELD_OUT_OF_PLACE, number, name=name))
            return None
        return _tell(self._body.options[-1].told, number, name, value, self._notes)

    def _say(self, number: int, name: str, words: str) -> Written:
        written = Written(number, name, [words])
        self._body.speech.append(written)
        return written


def _tell(told: Told, number: int, name: str, value: str, notes: list[Note]) -> Written | None:
    """The field, where the lines below continue it."""
    if name in told:
        notes.append(note(Severity.WARNING, Code.FIELD_TWICE, number, name=name))
        return None
    told[name] = Written(number, name, [value])
    return told[name] if name in fields.FLOWING else None
