"""Translations, made the way of the admin: submitted, strings filled in, published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.test import TestCase
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from core import clock
from standards.models import ChapterPage
from tests.factories.people import NOW


def malay() -> Locale:
    return Locale.objects.get_or_create(language_code="ms")[0]


def in_malay(text: str) -> str:
    return f"{text} (Melayu)"


def submit(page: Any, *, now: datetime = NOW) -> Translation:
    """Submit a page for translation; as the admin does, that publishes it with what is translated so far."""
    locale = malay()
    with clock.set_to(now), TestCase.captureOnCommitCallbacks(execute=True):
        translate_object(page, [locale])
    return Translation.objects.get(source__object=page.translation_key, target_locale=locale)


def fill(translation: Translation, words: Mapping[str, str] | None = None, *, but: str = "\0") -> None:
    """Translate every string but those of paths that end so; `words`: source → translation where it matters."""
    for segment in StringSegment.objects.filter(source=translation.source).select_related("context", "string"):
        if segment.context.path.endswith(but):
            continue
        source = segment.string.data
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": (words or {}).get(source) or in_malay(source)},
        )


def update_source(page: ChapterPage) -> Translation:
    """“Sync translated pages”: take over what the source says now; publish nothing."""
    TranslationSource.objects.get(object=page.translation_key).update_from_db()
    return Translation.objects.get(source__object=page.translation_key)


def publish_translation(translation: Translation, *, now: datetime = NOW) -> ChapterPage:
    with clock.set_to(now), TestCase.captureOnCommitCallbacks(execute=True):
        translation.save_target(publish=True)
    page: ChapterPage = translation.get_target_instance()
    return page


def translate(page: ChapterPage, words: Mapping[str, str] | None = None, *, now: datetime = NOW) -> ChapterPage:
    """The whole chapter in Malay."""
    translation = submit(page, now=now)
    fill(translation, words)
    return publish_translation(translation, now=now)
