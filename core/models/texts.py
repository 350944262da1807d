"""The words of a version, language by language: clauses, questions and scenarios keep theirs alike."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale

from core.models.facts import Fact, FactQuerySet


def source_language() -> str:
    """The code of the language that is written first; queries join on it rather than look its Locale up."""
    return str(get_supported_content_language_variant(settings.LANGUAGE_CODE))


class VersionTextQuerySet(FactQuerySet):
    def best_for(self, versions: Collection[int], locale: Locale) -> dict[int, Any]:
        """Version id → its newest text in this language, else in the source language. One query."""
        languages = {locale.language_code, source_language()}
        rows: Any = self.filter(version__in=versions, locale__language_code__in=languages)
        # The reader's own language last, and of each the newest: what comes last stays.
        ordered = sorted(
            rows.annotate(language=F("locale__language_code")),
            key=lambda row: (row.language == locale.language_code, row.pk),
        )
        return {row.version_id: row for row in ordered}


class VersionText(Fact):
    """A version in one language. A better translation adds a row; the newest of a language is the one to show.

    Subclasses add `version`, a foreign key.
    """

    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.PROTECT, related_name="+")
    text = models.JSONField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = VersionTextQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "locale", "sha256"], name="%(app_label)s_%(class)s_unique")
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.locale.language_code})"  # type: ignore[attr-defined]
