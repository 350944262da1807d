"""Editions of the whole document: each publish that changes a clause makes one, listing every version in force."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Fact
from standards.models.clauses import ClauseVersion


class Edition(Fact):
    number = models.PositiveIntegerField(unique=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("edition")
        ordering = ["-number"]
        get_latest_by = "number"

    def __str__(self) -> str:
        return str(_("Edition %(number)s")) % {"number": self.number}


class EditionClause(Fact):
    """One clause of an edition: its version, and where it stood then."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="clauses")
    version = models.ForeignKey(ClauseVersion, on_delete=models.PROTECT, related_name="editions")
    chapter_key = models.UUIDField(db_index=True)
    chapter_title = models.CharField(max_length=255)
    chapter_number = models.PositiveIntegerField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["edition", "chapter_number", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "version"], name="standards_editionclause_unique")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.version}"
