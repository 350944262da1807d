"""The translations that ship with Piawai, published as a translator's would be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from core import clock
from home.selectors import content
from home.services.content import LANGUAGE
from people.models import User
from standards.models import ChapterPage
from standards.selectors.chapters import live_chapters_unscoped

TRANSLATED = (
    "title", "summary", "body", "clauses", "paragraph", "figure", "value", "text", "source", "statement", "why",
    "looks_like", "is_not", "you_decide", "beyond_that", "indicator", "target", "measure", "method",
)  # fmt: skip
"""The parts of a content file that are words; everything else is the same in every language."""


@transaction.atomic
def load_translations(*, by: User | None, now: datetime) -> None:
    """Every language that content may be written in, and the chapters that are there in it.

    A chapter that somebody has begun to translate stays as it is, and so do words that editors have changed: no translation
    of ours is one of theirs. Raises ContentFault for a file that has other parts than that of the source language.
    """
    chapters = {page.slug: page for page in live_chapters_unscoped()}
    sources = {chapter["slug"]: chapter for chapter in content.chapters(LANGUAGE)}
    for language in (code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES if code != LANGUAGE):
        locale, _made = Locale.objects.get_or_create(language_code=language)
        for chapter in content.chapters(language):
            page = chapters.get(chapter["slug"])
            if page and not page.has_translation(locale):
                _publish(page, locale, _words(sources[page.slug], chapter), by, now)


def _publish(page: ChapterPage, locale: Locale, words: Mapping[str, str], by: User | None, now: datetime) -> None:
    """Not by wagtail-localize's own submission, which publishes after the transaction, at the real time."""
    source, _made = TranslationSource.get_or_create_from_instance(page)
    Translation.objects.create(source=source, target_locale=locale)
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            data=words[segment.string.data],
            last_translated_by=by,
            updated_at=now,
        )
        for segment in StringSegment.objects.filter(source=source).select_related("string", "context")
        if segment.string.data in words
    )
    translated, _made = source.create_or_update_translation(
        locale, by, publish=False, copy_parent_pages=True, fallback=True
    )
    with clock.set_to(now):
        translated.get_latest_revision().publish(user=by)


def _words(source: Mapping[str, Any], translation: Mapping[str, Any]) -> dict[str, str]:
    """String → its translation, both as wagtail-localize keeps them."""
    try:
        return dict(zip(_strings(source), _strings(translation), strict=True))
    except ValueError as error:
        raise content.ContentFault(
            f"The translation of {source['slug']} doesn’t have the parts of its source: {error}"
        ) from error


def _strings(value: Any) -> Iterator[str]:
    """What is to be translated of a content file, in its order."""
    if isinstance(value, Mapping):
        value = [value[name] for name in TRANSLATED if name in value]
    if isinstance(value, str):
        yield StringValue.from_plaintext(value).data
        return
    for part in value:
        yield from _strings(part)
