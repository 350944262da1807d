"""A Twee file as passages: headers with names, tags and data, and the lines below them.

After the Twee 3 specification 3.0.2 (iftechfoundation/twine-specs), and what Twine does where files don't keep to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from training.domain.scenario.exchange.records import (
    LONGEST_HEADER,
    LONGEST_PASSAGE,
    MOST_PASSAGES,
    Code,
    Note,
    Severity,
    note,
    refuse,
)

TITLE, STORY_DATA = "StoryTitle", "StoryData"
CODE_TAGS = {"script", "stylesheet"}
SETTINGS_TAG = "piawai-settings"
SETTINGS = "Piawai settings"

_SPECIAL_NAMES = {
    *(
        "StoryAuthor",
        "StoryBanner",
        "StoryCaption",
        "StoryDisplayTitle",
        "StoryIncludes",
        "StoryInit",
        "StoryInterface",
    ),
    *("StoryMenu", "StorySettings", "StoryShare", "StorySubtitle", "PassageDone", "PassageFooter", "PassageHeader"),
    "PassageReady",
}
_SPECIAL_TAGS = {
    "Twine.private",
    "annotation",
    "debug-footer",
    "debug-header",
    "footer",
    "header",
    "init",
    "startup",
    "widget",
}
_ESCAPED = re.compile(r"\\(.)")
_ESCAPED_LINE = re.compile(r"\\:(\\?:)?")
_OPENING = re.compile(r"\\.|([\[{])")
_MOST_TRIES = 5


@dataclass(frozen=True)
class Passage:
    """line: of the header. text: the lines below it, the blank ones at the end left out."""

    line: int
    name: str
    tags: frozenset[str] = frozenset()
    text: tuple[str, ...] = ()

    @property
    def is_code(self) -> bool:
        return not CODE_TAGS.isdisjoint(self.tags)

    @property
    def is_settings(self) -> bool:
        return self.name == SETTINGS or SETTINGS_TAG in self.tags

    @property
    def is_special(self) -> bool:
        """Neither scene nor ending, but something for a story format."""
        return self.name in _SPECIAL_NAMES or not _SPECIAL_TAGS.isdisjoint(self.tags)


@dataclass(frozen=True)
class StoryData:
    ifid: str = ""
    start: str = ""


@dataclass(frozen=True)
class Source:
    """passages: all but the title and the data. headers: all of them. by_name: the first of each name."""

    title: str
    data: StoryData
    passages: tuple[Passage, ...]
    headers: int
    notes: tuple[Note, ...]


def split(text: str) -> Source:
    """Raises Refused for what is no Twee or too much of it."""
    if text.lstrip().startswith("<") and ("<tw-storydata" in text or "<html" in text[:1000].lower()):
        raise refuse(Code.PUBLISHED_HTML)
    notes: list[Note] = []
    passages = list(_passages(text, notes))
    if not passages:
        raise refuse(Code.NO_PASSAGES)
    title, data, others = "", None, []
    for passage in passages:
        if passage.name == TITLE and not title:
            title = " ".join(filter(None, map(str.strip, passage.text)))
        elif passage.name == STORY_DATA and data is None:
            data = _story_data(passage, notes)
        elif passage.name not in {TITLE, STORY_DATA}:
            others.append(passage)
    return Source(title, data or StoryData(), tuple(others), len(passages), tuple(notes))


def _passages(text: str, notes: list[Note]) -> Iterator[Passage]:
    found = 0
    before: list[str] = []
    header: Passage | None = None
    below = before
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.startswith("::"):
            below.append(line)
            continue
        if header:
            yield _whole(header, below)
        found += 1
        # The two about the story and the settings may be there besides.
        if found > MOST_PASSAGES + 3:
            raise refuse(Code.TOO_MANY_PASSAGES, number, most=f"{MOST_PASSAGES:,}")
        header, below = _header(line, number, notes), []
    if stray := " ".join(" ".join(before).split()):
        notes.append(note(Severity.INFO, Code.TEXT_BEFORE, 1, text=stray))
    if header:
        yield _whole(header, below)


def _whole(header: Passage, below: list[str]) -> Passage:
    if sum(map(len, below)) > LONGEST_PASSAGE:
        raise refuse(Code.PASSAGE_TOO_LONG, header.line, most=f"{LONGEST_PASSAGE:,}")
    while below and not below[-1].strip():
        below.pop()
    text = tuple(_ESCAPED_LINE.sub(_colons, line, count=1) if line.startswith("\\:") else line for line in below)
    return Passage(header.line, header.name, header.tags, text)


def _colons(found: re.Match[str]) -> str:
    return "::" if found.group(1) else ":"


def _header(line: str, number: int, notes: list[Note]) -> Passage:
    if len(line) > LONGEST_HEADER:
        raise refuse(Code.PASSAGE_TOO_LONG, number, most=f"{LONGEST_HEADER:,}")
    written = line[2:].strip()
    written, is_broken = _without_metadata(written)
    name, tags = _without_tags(written)
    if is_broken:
        notes.append(note(Severity.WARNING, Code.METADATA_BROKEN, number, name=name))
    if not name:
        notes.append(note(Severity.WARNING, Code.NO_NAME, number))
    return Passage(number, name, tags)


def _without_metadata(written: str) -> tuple[str, bool]:
    """What stands before the data in braces, and whether these are broken. The data say where Twine draws the passage: nothing for us."""
    if not written.endswith("}") or written.endswith("\\}"):
        return written, False
    starts = [found.start() for found in _OPENING.finditer(written) if found.group(1) == "{"]
    for start in starts[:_MOST_TRIES]:
        if isinstance(_json(written[start:]), dict):
            return written[:start].strip(), False
    return (written[: starts[0]].strip(), True) if starts else (written, False)


def _without_tags(written: str) -> tuple[str, frozenset[str]]:
    starts = [found.start() for found in _OPENING.finditer(written) if found.group(1) == "["]
    if not starts or not written.endswith("]") or written.endswith("\\]"):
        return _unescaped(written), frozenset()
    tags = written[starts[-1] + 1 : -1].split()
    return _unescaped(written[: starts[-1]]), frozenset(map(_unescaped, tags))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).strip()


def _story_data(passage: Passage, notes: list[Note]) -> StoryData:
    data = _json("\n".join(passage.text))
    if not isinstance(data, dict):
        what = data if isinstance(data, str) else "no object"
        notes.append(note(Severity.WARNING, Code.STORYDATA_BROKEN, passage.line, what=what))
        return StoryData()
    ifid, start = data.get("ifid"), data.get("start")
    return StoryData(ifid.upper() if isinstance(ifid, str) else "", start.strip() if isinstance(start, str) else "")


def _json(text: str) -> Any:
    """What it says; what is wrong with it, as a text, where it says nothing."""
    try:
        return json.loads(text)
    except ValueError as error:
        return str(error)
    except RecursionError:
        return "nested too deep"
