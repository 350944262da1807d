"""What changed in a clause: from one version to another, since somebody signed, and through its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import F, Min, QuerySet
from wagtail.models import Locale

from core.models import source_language
from standards.domain.clauses import ClauseContent
from standards.domain.differences import Mark, PartDifference, Piece, content_difference
from standards.enums import ChangeKind
from standards.models import ClauseVersion, ClauseVersionText

Pair = tuple[int, int]
"""Ids of an older and a newer version of a clause."""


@dataclass(frozen=True)
class ClauseDifference:
    """What one version made of another: in the reader's language if both have words in it that tell them apart, else in the source's.

    content: what the newer version says in that language.
    """

    language: str
    content: ClauseContent
    parts: tuple[PartDifference, ...]

    @property
    def statement(self) -> tuple[Piece, ...]:
        """The newer statement, marked where it changed."""
        unchanged = (Piece(Mark.SAME, self.content.statement),)
        return next((part.pieces for part in self.parts if part.name == "statement"), unchanged)

    @property
    def is_reworded(self) -> bool:
        return any(part.name == "statement" for part in self.parts)

    @property
    def other_parts(self) -> list[PartDifference]:
        """What changed beside the statement."""
        return [part for part in self.parts if part.name != "statement"]


@dataclass(frozen=True)
class ReasonGiven:
    """Why a clause changed in substance."""

    number: int
    text: str
    published_at: datetime


@dataclass(frozen=True)
class ClauseChange:
    """What became of a clause since somebody signed it; the reasons of every substantive change since, oldest first."""

    difference: ClauseDifference
    reasons: tuple[ReasonGiven, ...]


@dataclass(frozen=True)
class HistoryEntry:
    """One version of a clause; `edition` is the number of the first that has it, `difference` to the version before."""

    number: int
    published_at: datetime
    edition: int | None
    is_substantive: bool
    reason: str
    difference: ClauseDifference | None


def differences_between(pairs: Collection[Pair], locale: Locale) -> dict[Pair, ClauseDifference]:
    """What changed from the older to the newer version of each pair. One query."""
    texts = ClauseVersionText.objects.filter(version__in={version for pair in pairs for version in pair})
    return _differences(pairs, _in_either_language(texts, locale), locale)


def changes_since(since: Mapping[int, int], now: Mapping[int, int], locale: Locale) -> dict[int, ClauseChange]:
    """Clause id → what became of it from one version to another (`since`, `now`: clause id → version id). One query."""
    texts = ClauseVersionText.objects.filter(version__clause__in=since).select_related("version")
    rows = _in_either_language(texts, locale)
    differences = _differences([(since[clause], now[clause]) for clause in since], rows, locale)
    reasons: dict[int, list[ReasonGiven]] = defaultdict(list)
    for version in sorted({row.version for row in rows}, key=lambda version: version.number):
        # A later version of a clause has a higher id: both are given in the order of publication.
        if version.change_kind == ChangeKind.SUBSTANTIVE and version.pk > since[version.clause_id]:
            reasons[version.clause_id].append(ReasonGiven(version.number, version.reason, version.published_at))
    return {clause: ClauseChange(differences[since[clause], now[clause]], tuple(reasons[clause])) for clause in since}


def clause_history(clause_id: int, locale: Locale) -> list[HistoryEntry]:
    """Every version of a clause, the newest first. Two queries."""
    versions = list(
        ClauseVersion.objects.filter(clause=clause_id)
        .annotate(edition=Min("editions__edition__number"))
        .order_by("number")
    )
    pairs = {later.pk: (earlier.pk, later.pk) for earlier, later in pairwise(versions)}
    differences = differences_between(pairs.values(), locale)
    return [
        HistoryEntry(
            number=version.number,
            published_at=version.published_at,
            edition=version.edition,
            is_substantive=version.change_kind == ChangeKind.SUBSTANTIVE,
            reason=version.reason,
            difference=differences[pairs[version.pk]] if version.pk in pairs else None,
        )
        for version in reversed(versions)
    ]


def _in_either_language(texts: QuerySet[ClauseVersionText], locale: Locale) -> list[Any]:
    """Those of these texts that are in the reader's language or the source's, each with its `language`, the newest last."""
    of_them = texts.filter(locale__language_code__in=(locale.language_code, source_language()))
    return list(of_them.annotate(language=F("locale__language_code")).order_by("pk"))


def _differences(pairs: Collection[Pair], texts: Iterable[Any], locale: Locale) -> dict[Pair, ClauseDifference]:
    contents = {(text.version_id, text.language): text.content for text in texts}
    return {pair: _difference(pair, contents, (locale.language_code, source_language())) for pair in pairs}


def _difference(
    pair: Pair, contents: Mapping[tuple[int, str], ClauseContent], languages: tuple[str, str]
) -> ClauseDifference:
    own, source = languages
    if own != source and all((version, own) in contents for version in pair):
        old, new = (contents[version, own] for version in pair)
        if parts := content_difference(old, new):
            return ClauseDifference(own, new, parts)
    old, new = (contents[version, source] for version in pair)
    return ClauseDifference(source, new, content_difference(old, new))
