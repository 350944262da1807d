"""Our fields within passages: a line `@name value`. What each may say, read and written.

Twine keeps the text of a passage and little else, so they stand in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal

from training.domain.scenario.conditions import Condition
from training.domain.scenario.exchange.keys import is_key
from training.domain.scenario.exchange.records import (
    CODE,
    LONGEST_CLOCK,
    LONGEST_SLUG,
    MOST_MINUTES,
    MOST_POINTS,
    SHORTEST_CLOCK,
    WIDEST_MOOD_CHANGE,
)
from training.domain.scenario.graph import ANGRIEST, MOST_PLEASED

SPEECH = ("scene", "them", "thought", "line")
"""What appears in a scene, by who; `line`: a draft doesn't say yet."""
OF_SCENE = (*SPEECH, "clock", "late")
OF_CHOICE = ("key", "points", "mood", "pitfalls", "critical", "if", "feedback")
OF_ENDING = ("ending", "title", "text")
OF_SETTINGS = (
    *("slug", "introduction", "persona", "face", "customer", "situation"),
    *("mood", "minutes", "mastery", "mode", "order"),
)
FLOWING = {*SPEECH, "feedback", "text", "introduction", "situation"}
"""Go on over the lines that follow, up to a blank one."""

_FIELD = re.compile(r"@([a-z]+)(?:[ \t]+(.*))?")
_POINTS = re.compile(rf"({CODE})(?:\s*[:=]\s*|\s+)([+-]?\d{{1,2}})")
_SHARE = re.compile(r"0(?:\.\d{1,2})?|1(?:\.00?)?")
_NUMBER = re.compile(r"[+-]?\d{1,4}")
_SEVERAL = re.compile(r"[\s,]+")

Names = Mapping[str, str]
"""Name of a passage → its key."""
Conditions = tuple[Condition, ...]


def field_of(line: str, known: Collection[str]) -> tuple[str, str] | None:
    """Name and value, where the line is a field of these."""
    found = _FIELD.fullmatch(line)
    return (found.group(1), (found.group(2) or "").strip()) if found and found.group(1) in known else None


def looks_like_field(line: str) -> str:
    """Its name, where the line is written like a field; nothing otherwise."""
    found = _FIELD.fullmatch(line)
    return found.group(1) if found else ""


def number(value: str, least: int, most: int) -> int:
    """Raises ValueError for what isn't one between `least` and `most`."""
    if not _NUMBER.fullmatch(value) or not least <= int(value) <= most:
        raise ValueError(value)
    return int(value)


def mood(value: str) -> int:
    return number(value, ANGRIEST, MOST_PLEASED)


def mood_change(value: str) -> int:
    return number(value, -WIDEST_MOOD_CHANGE, WIDEST_MOOD_CHANGE)


def minutes(value: str) -> int:
    return number(value, 1, MOST_MINUTES)


def share(value: str) -> Decimal:
    """A mastery score. Raises ValueError."""
    if not _SHARE.fullmatch(value):
        raise ValueError(value)
    return Decimal(value)


def one_of(allowed: Iterable[str]) -> Callable[[str], str]:
    """A reader of words; the empty one is always allowed."""
    words = {"", *allowed}

    def read(value: str) -> str:
        if value not in words:
            raise ValueError(value)
        return value

    return read


def several_of(allowed: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
    words = set(allowed)

    def read(value: str) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(word for word in _SEVERAL.split(value) if word))
        if not words.issuperset(found):
            raise ValueError(value)
        return found

    return read


def switch(value: str) -> bool:
    if value not in {"", "yes"}:
        raise ValueError(value)
    return True


def key(value: str) -> str:
    if not is_key(value):
        raise ValueError(value)
    return value


def slug(value: str) -> str:
    if not is_key(value, LONGEST_SLUG):
        raise ValueError(value)
    return value


def at_most(longest: int) -> Callable[[str], str]:
    """A reader of texts."""

    def read(value: str) -> str:
        if len(value) > longest:
            raise ValueError(value)
        return value

    return read


def points(value: str) -> tuple[tuple[str, int], ...]:
    """`REL-1 2, REL-2 0`. Raises ValueError for a clause that stands there twice, too."""
    pairs: dict[str, int] = {}
    for entry in filter(None, map(str.strip, value.split(","))):
        found = _POINTS.fullmatch(entry)
        if not found or found.group(1) in pairs:
            raise ValueError(value)
        pairs[found.group(1)] = number(found.group(2), -MOST_POINTS, MOST_POINTS)
    return tuple(pairs.items())


def written_points(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{code} {worth}" for code, worth in pairs)


def seconds(value: str) -> int:
    return number(value, SHORTEST_CLOCK, LONGEST_CLOCK)


def conditions(value: str, names: Names) -> Conditions:
    """`mood_at_least 3, chosen story/own-story`; a scene may be called by the name of its passage."""
    return tuple(_condition(entry, names) for entry in filter(None, map(str.strip, value.split(","))))


def _condition(entry: str, names: Names) -> Condition:
    kind, _, operand = entry.partition(" ")
    operand = operand.strip()
    if _NUMBER.fullmatch(operand) and kind.endswith(("_least", "_most")):
        return Condition.parse({kind: int(operand)})
    scene, slash, choice = operand.rpartition("/") if kind.endswith("chosen") else (operand, "", "")
    condition = Condition.parse({kind: f"{names.get(scene, scene)}{slash}{choice}"})
    key(condition.scene)
    if choice:
        key(choice)
    return condition


def written_conditions(told: Iterable[Condition]) -> str:
    return ", ".join(f"{one.kind.value} {one.operand}" for one in told)
