"""The document: its chapters, its edition, and where each version stands in it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import QuerySet
from wagtail.blocks import StreamValue
from wagtail.models import Locale

from core.models import source_language
from people.models import User
from standards.domain.clauses import reading_minutes
from standards.models import ChapterPage, Clause, ClauseText, Edition, drafted_codes
from standards.selectors.clauses import ClauseInForce, clauses_in_force


@dataclass(frozen=True)
class EditionEntry:
    """Where a version in force stands in the document."""

    version_id: int
    chapter_key: uuid.UUID
    chapter_title: str
    chapter_number: int
    position: int


@dataclass(frozen=True)
class ChapterWords:
    """A chapter's own words in one language (a code): all but its clauses."""

    title: str
    summary: str
    body: StreamValue
    language: str

    @classmethod
    def of(cls, page: ChapterPage, language: str) -> Self:
        return cls(page.title, page.summary, page.body, language)


def live_chapters_unscoped() -> QuerySet[ChapterPage]:
    """Published chapters of the source language, in the order of the document."""
    return ChapterPage.objects.live().filter(locale__language_code=source_language(), alias_of=None).order_by("path")


def chapter_words(pages: Collection[ChapterPage], locale: Locale) -> dict[uuid.UUID, ChapterWords]:
    """Chapter key → what each of these pages of the source language says around its clauses, in `locale` where that is
    translated whole. No query for the source language, else one.
    """
    words = {page.translation_key: ChapterWords.of(page, source_language()) for page in pages}
    if locale.language_code != source_language():
        translated = ChapterPage.objects.live().filter(
            locale=locale, alias_of=None, is_translated=True, translation_key__in=words
        )
        words |= {page.translation_key: ChapterWords.of(page, locale.language_code) for page in translated}
    return words


def live_translations_unscoped(page: ChapterPage) -> QuerySet[ChapterPage]:
    """Published translations of a chapter."""
    translations = ChapterPage.objects.live().filter(translation_key=page.translation_key, alias_of=None)
    return translations.exclude(pk=page.pk)


def chapters_for_viewer(viewer: User) -> list[ChapterPage]:
    return [page for page in live_chapters_unscoped() if page.is_for(viewer)]


def current_edition() -> Edition | None:
    return Edition.objects.order_by("-number").first()


def clauses_in_force_unscoped() -> list[EditionEntry]:
    """Every version in force with its place, for an edition."""
    chapters = {
        page.translation_key: (number, page.title) for number, page in enumerate(live_chapters_unscoped(), start=1)
    }
    positions: dict[uuid.UUID, int] = defaultdict(int)
    entries = []
    for clause in clauses_in_force(None, Locale.get_default()):
        if clause.chapter_key not in chapters:
            continue
        number, title = chapters[clause.chapter_key]
        positions[clause.chapter_key] += 1
        entries.append(
            EditionEntry(clause.version_id, clause.chapter_key, title, number, positions[clause.chapter_key])
        )
    return entries


def chapter_minutes(page: ChapterPage, clauses: Iterable[ClauseInForce]) -> int:
    """Minutes to read the chapter."""
    body = sum(len(str(block.value).split()) for block in page.body)
    return reading_minutes([body, *(clause.content.words for clause in clauses)])


def codes_in_use_unscoped() -> set[str]:
    """Every code that a new clause may not have: published, retired, or written in any draft."""
    drafted = drafted_codes(ChapterPage.objects.all())
    published = Clause.objects.values_list("code", flat=True)
    written = ClauseText.objects.values_list("code", flat=True)
    return {*published, *written, *drafted} - {""}
