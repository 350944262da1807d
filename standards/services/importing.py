"""A company's own file becomes drafts."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.html import format_html
from django.utils.text import slugify
from wagtail.models import Locale

from people.models import User
from standards.domain.importing import ChapterOutline, Outline
from standards.models import (
    ChapterPage,
    ClauseText,
    StandardsPage,
)
from standards.services.publishing import lock_document


class NoDocument(Exception):
    """The site has no standards document that a chapter could be part of."""


@dataclass(frozen=True)
class Imported:
    """The drafts that were made, and the titles of chapters that were there already and left alone."""

    made: tuple[ChapterPage, ...]
    there: tuple[str, ...]


@transaction.atomic
def import_document(*, outline: Outline, by: User | None, now: datetime) -> Imported:
    """Make an unpublished draft of each chapter of the outline, below the standards document. Publishes nothing.

    A chapter is there already if one has its title or its address; it's left alone, so that the same file a second time makes
    nothing. Raises NoDocument.
    """
    lock_document()
    document = StandardsPage.objects.filter(locale=Locale.get_default()).first()
    if document is None:
        raise NoDocument
    present = list(ChapterPage.objects.child_of(document).values_list("title", "slug"))
    titles, slugs = {title.casefold() for title, _ in present}, {slug for _, slug in present}
    made, there, given = [], [], set[str]()
    for chapter in outline.chapters:
        own = slugify(chapter.title)
        # A title without a Latin letter gives no address of its own.
        slug = _free_slug(own, given) if own else _free_slug("chapter", given | slugs)
        given.add(slug)
        if slug in slugs or chapter.title.casefold() in titles:
            there.append(chapter.title)
        else:
            made.append(_draft_chapter(document, chapter, slug, by))
    return Imported(tuple(made), tuple(there))


def _free_slug(slug: str, taken: Collection[str]) -> str:
    """The address itself, or with the first number that is free: two chapters of one file may have the same title."""
    numbered = (f"{slug}-{number}" for number in itertools.count(2))
    return next(free for free in itertools.chain([slug], numbered) if free not in taken)


def _draft_chapter(document: StandardsPage, chapter: ChapterOutline, slug: str, by: User | None) -> ChapterPage:
    page = ChapterPage(title=chapter.title, slug=slug, owner=by, live=False, has_unpublished_changes=True)
    page.body = [("paragraph", format_html("<p>{}</p>", text)) for text in chapter.introduction]
    page.clauses = [
        ClauseText(
            code=clause.code,
            title=clause.title,
            statement=clause.statement,
            why="\n".join(clause.why),
            sort_order=place,
        )
        for place, clause in enumerate(chapter.clauses)
    ]
    document.add_child(instance=page)
    page.save_revision(user=by)
    return page
