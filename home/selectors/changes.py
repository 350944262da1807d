"""How the demo's standards came to say what the content files say: the editions after the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from home.selectors import content

Texts = Mapping[str, Mapping[str, str]]
"""Code → part of the clause → what it says."""


@dataclass(frozen=True)
class Change:
    """One publication of the demo, so many `days` ago.

    kinds: code → editorial or substantive; before, after: what the parts that changed say.
    """

    days: int
    chapter: str
    reason: str
    kinds: Mapping[str, str]
    before: Texts
    after: Texts

    def moment(self, now: datetime) -> datetime:
        """Nine in the morning in Kuala Lumpur, that many days before."""
        return (now - timedelta(days=self.days)).replace(hour=1, minute=0, second=0, microsecond=0)


def read_changes(language: str) -> list[Change]:
    """The oldest first; the last of each clause leads to what the content files say."""
    texts = {clause["code"]: clause for chapter in content.chapters(language) for clause in chapter["clauses"]}
    return in_order(content.changes(), texts)


def in_order(changes: Iterable[Mapping[str, Any]], texts: Mapping[str, Mapping[str, Any]]) -> list[Change]:
    """The changes of a file, the oldest first. texts: code → the clause as it stands at the end."""
    found: list[Change] = []
    says: dict[str, Mapping[str, Any]] = dict(texts)
    for change in sorted(changes, key=lambda change: change["days"]):
        before = {clause["code"]: clause["before"] for clause in change["clauses"]}
        after = {code: {name: says[code][name] for name in parts} for code, parts in before.items()}
        kinds = {clause["code"]: clause["kind"] for clause in change["clauses"]}
        found.insert(0, Change(change["days"], change["chapter"], change["reason"], kinds, before, after))
        says |= {code: {**says[code], **parts} for code, parts in before.items()}
    return found


def first_texts(changes: Iterable[Change]) -> Texts:
    """What the clauses said in the first edition, where that isn't what the content files say."""
    first: dict[str, dict[str, str]] = {}
    for change in changes:
        for code, before in change.before.items():
            first[code] = {**before, **first.get(code, {})}
    return first
