"""The document: its chapters, its edition, and where each version stands in it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import Q, QuerySet
from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy

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


def draft_for_editor(viewer: User, page_id: int) -> ChapterPage | None:
    """A chapter's latest draft; None for who may not edit it, and for an alias or a translation."""
    page = ChapterPage.objects.filter(pk=page_id).first()
    if page is None or not page.is_source() or not page.permissions_for_user(viewer).can_edit():
        return None
    return page.get_latest_revision_as_object()


def clauses_to_move(draft: ChapterPage) -> list[tuple[str, str]]:
    """Codes that are written in this draft, or on their way to it, with their titles."""
    written = {text.code: str(text) for text in draft.clauses.all() if text.code}
    return list(({code: code for code in sorted(draft.arriving_codes())} | written).items())


def chapters_to_move_to(viewer: User, draft: ChapterPage) -> QuerySet[ChapterPage]:
    """The other chapters of the document, drafts too, that this person may edit."""
    editable = page_permission_policy.instances_user_has_permission_for(viewer, "change").values("pk")
    others = ChapterPage.objects.filter(locale=draft.locale, alias_of=None, pk__in=editable)
    return others.exclude(pk=draft.pk).order_by("path")


def chapters_kept_unscoped(page_ids: Collection[str], *, and_below: bool) -> list[ChapterPage]:
    """Of these pages, and of those below them, the chapters that editions rest on: they are kept."""
    paths = Page.objects.filter(pk__in=page_ids).values_list("path", flat=True)
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(path__startswith=path) if and_below else Q(path=path)
    return [
        chapter for chapter in ChapterPage.objects.filter(found).order_by("path") if chapter.has_published_clauses()
    ]


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
