"""Clauses as they stand, and by what one finds them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, QuerySet
from wagtail.models import Locale

from core.models import source_language
from standards.domain.clauses import ClauseContent, Wording
from standards.models import (
    Clause,
    ClauseTag,
    ClauseText,
    ClauseVersion,
    ClauseVersionText,
)


@dataclass(frozen=True)
class ClauseInForce:
    """A clause as it stands now, in the reader's language where there is a text in it, else in the source language."""

    clause_id: int
    code: str
    chapter_key: uuid.UUID
    version_id: int
    number: int
    substantive_number: int
    text_id: int
    wording: Wording

    @property
    def content(self) -> ClauseContent:
        return self.wording.content

    @property
    def language(self) -> str:
        return self.wording.language


@dataclass(frozen=True)
class CitedClause:
    """A clause as it stood when something cited it: a question was asked, a choice made."""

    code: str
    number: int
    content: ClauseContent
    is_in_force: bool


def clauses_in_force(chapter_key: uuid.UUID | None, locale: Locale) -> list[ClauseInForce]:
    """Clauses of a chapter (of all chapters for None), in the order of the live page, each with its text in `locale` or the source's."""
    clauses = Clause.objects.filter(retired_at=None)
    if chapter_key is not None:
        clauses = clauses.filter(chapter_key=chapter_key)
    found = _present(clauses, locale)
    order = _positions([clause.code for clause in found])
    return sorted(found, key=lambda clause: (order.get(clause.code, len(order)), clause.clause_id))


def clause_wordings(versions: Collection[int], locale: Locale) -> dict[int, Wording]:
    """The words of these versions (ids), in `locale` or the source's, with the language that it came to. One query."""
    texts = ClauseVersionText.objects.best_for(versions, locale)
    return {version: Wording(text.content, text.language) for version, text in texts.items()}


def clause_contents(versions: Collection[int], locale: Locale) -> dict[int, ClauseContent]:
    """The words of these versions (ids), in `locale` or the source's: for debriefs, feedback and certificates."""
    return {version: wording.content for version, wording in clause_wordings(versions, locale).items()}


def locale_of_all(versions: Collection[int], locale: Locale) -> Locale:
    """`locale` if every one of these versions has words in it, else the source's: what is printed isn't a mixture."""
    if not versions or locale.language_code == source_language():
        return Locale.get_default()
    there = ClauseVersionText.objects.filter(version__in=versions, locale=locale).values("version").distinct().count()
    return locale if there == len(versions) else Locale.get_default()


def cited_clauses(versions: Collection[ClauseVersion], locale: Locale) -> dict[int, CitedClause]:
    """Version id → the clause as that version has it; the versions come with their clause. One query."""
    contents = clause_contents({version.pk for version in versions}, locale)
    return {
        version.pk: CitedClause(
            code=version.clause.code,
            number=version.number,
            content=contents[version.pk],
            is_in_force=version.clause.current_version_id == version.pk and version.clause.retired_at is None,
        )
        for version in versions
    }


def clauses_by_id(clause_ids: Collection[int], locale: Locale) -> dict[int, ClauseInForce]:
    """These clauses as they stand now, retired ones with their last version."""
    return {clause.clause_id: clause for clause in _present(Clause.objects.filter(pk__in=clause_ids), locale)}


def titles_by_code(codes: Collection[str], locale: Locale) -> dict[str, str]:
    """Code → title of the clause as it stands now; of a retired one its last. No more than two queries."""
    return {clause.code: clause.content.title for clause in _present(Clause.objects.filter(code__in=codes), locale)}


def clause_choices_unscoped() -> list[tuple[int, str]]:
    """Clauses in force as “REL-1 Keep the promise”, for the admin's choosers."""
    return [
        (clause.clause_id, f"{clause.code} {clause.content.title}")
        for clause in clauses_in_force(None, Locale.get_default())
    ]


def live_texts_unscoped() -> QuerySet[ClauseText]:
    """What editors last published, in the source language: owners, review dates and tags stand here, and in no version."""
    return ClauseText.objects.filter(
        page__locale__language_code=source_language(), page__alias_of=None, page__live=True
    )


def tags_by_code() -> dict[str, tuple[str, ...]]:
    """Code → its tags, in the order of the alphabet."""
    found = defaultdict[str, tuple[str, ...]](tuple)
    rows = ClauseTag.objects.filter(content_object__in=live_texts_unscoped()).order_by("tag__name")
    for code, tag in rows.values_list("content_object__code", "tag__name"):
        found[code] += (tag,)
    return found


def version_ids_in_force(clause_ids: Collection[int]) -> dict[int, int]:
    """Clause id → id of its version in force."""
    clauses = Clause.objects.filter(pk__in=clause_ids, current_version__isnull=False)
    return dict(clauses.values_list("pk", "current_version_id"))


def clause_ids_by_code(codes: Collection[str]) -> dict[str, int]:
    return dict(Clause.objects.filter(code__in=codes).values_list("code", "pk"))


def clause_ids_in_force() -> dict[str, int]:
    """Code → id of every clause in force."""
    return dict(Clause.objects.filter(retired_at=None, current_version__isnull=False).values_list("code", "pk"))


def _present(clauses: QuerySet[Clause], locale: Locale) -> list[ClauseInForce]:
    """The present version of each of these clauses, with its words."""
    versions = list(
        clauses.filter(current_version__isnull=False).values(
            "code",
            "chapter_key",
            clause_id=F("pk"),
            version_id=F("current_version"),
            number=F("current_version__number"),
            substantive_number=F("current_version__substantive_number"),
        )
    )
    texts = ClauseVersionText.objects.best_for([version["version_id"] for version in versions], locale)
    return [
        ClauseInForce(**version, text_id=text.pk, wording=Wording(text.content, text.language))
        for version in versions
        for text in [texts[version["version_id"]]]
    ]


def _positions(codes: Collection[str]) -> dict[str, int]:
    """Where each code stands in the live pages of the source language, counted through the document."""
    in_order = (
        live_texts_unscoped()
        .filter(code__in=codes)
        .order_by("page__path", "sort_order", "pk")
        .values_list("code", flat=True)
    )
    return {code: place for place, code in enumerate(in_order)}
