"""What a clause says, and what happened between the versions in force and the text that goes live."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

WORDS_A_MINUTE = 200
"""Silent reading of easy English on a phone; Brysbaert (2019) finds 238 for adults, learners of English are slower."""


@dataclass(frozen=True)
class ClauseContent:
    """Everything in a clause that people are asked to work by. Owner, review date and order are not part of it."""

    title: str
    statement: str
    why: str = ""
    looks_like: str = ""
    is_not: str = ""
    you_decide: str = ""
    beyond_that: str = ""
    indicator_kind: str = ""
    indicator_target: str = ""
    indicator_measure: str = ""
    indicator_method: str = ""
    pitfalls: tuple[str, ...] = ()

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        """From stored JSON; unknown keys are a mistake and raise TypeError."""
        return cls(**{**values, "pitfalls": tuple(values.get("pitfalls", ()))})

    @classmethod
    def from_object(cls, source: Any) -> Self:
        """From anything with attributes of these names, such as a ClauseText."""
        values = {field.name: getattr(source, field.name) for field in fields(cls)}
        return cls(**{**values, "pitfalls": tuple(values["pitfalls"] or ())})

    def as_mapping(self) -> dict[str, Any]:
        return {**asdict(self), "pitfalls": list(self.pitfalls)}

    @property
    def sha256(self) -> str:
        """Digest of the canonical JSON: keys sorted, no spaces, UTF-8. The order of pitfalls doesn't count."""
        values = {**self.as_mapping(), "pitfalls": sorted(self.pitfalls)}
        canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def words(self) -> int:
        return sum(len(value.split()) for value in self.as_mapping().values() if isinstance(value, str))


@dataclass(frozen=True)
class Wording:
    """What a clause says, in the language of this code."""

    content: ClauseContent
    language: str


class ChangeType(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    RETIRED = "retired"


@dataclass(frozen=True)
class Change:
    """One clause that is not as it was in force, or not where. A changed one may have moved as well; a retired one has no `content`."""

    code: str
    type: ChangeType
    content: ClauseContent | None


def compare(
    in_force: Mapping[str, str], live: Mapping[str, ClauseContent], arriving: Collection[str] = ()
) -> list[Change]:
    """What publishing `live` (content by code) changes against `in_force` (SHA-256 by code), live order first, retired last.

    arriving: codes that come from another chapter with this publication.
    """
    told = ((code, _change_type(in_force.get(code), content, code in arriving)) for code, content in live.items())
    changes = [Change(code, happened, live[code]) for code, happened in told if happened]
    return changes + [Change(code, ChangeType.RETIRED, None) for code in in_force if code not in live]


def _change_type(before: str | None, content: ClauseContent, arrives: bool) -> ChangeType | None:
    if before is None:
        return ChangeType.ADDED
    if before != content.sha256:
        return ChangeType.CHANGED
    return ChangeType.MOVED if arrives else None


def reading_minutes(word_counts: Iterable[int]) -> int:
    """Whole minutes to read that many words, at least one."""
    return max(1, round(sum(word_counts) / WORDS_A_MINUTE))
