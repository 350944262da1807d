"""The editions of the demo after the first: how the standards came to say what the content files say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from core import clock
from home.selectors import content
from people.models import User
from standards.models import ChapterPage, Edition
from standards.services import publish_chapters

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


@transaction.atomic
def publish_change(*, change: Change, by: User, approver: User, now: datetime) -> Edition | None:
    """Publish a chapter as it reads from then on."""
    page = ChapterPage.objects.get(slug=change.chapter)
    draft = page.get_latest_revision_as_object()
    draft.change_reason = change.reason
    clauses = list(draft.clauses.all())
    for clause in clauses:
        if clause.code in change.after:
            clause.change_kind = change.kinds[clause.code]
            for name, text in change.after[clause.code].items():
                setattr(clause, name, text)
    draft.clauses = clauses
    with clock.set_to(now):
        draft.save_revision(user=by)
        return publish_chapters(pages=[page], by=approver, now=now)
