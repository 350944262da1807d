"""PDFs of editions and of the customer charter: set once, and the same file ever after."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.models import Fact, private_storage
from standards.models.editions import Edition


def edition_file_path(instance: EditionFile, filename: str) -> str:
    return f"editions/{instance.edition.number}/{filename}"


def charter_file_path(instance: CharterFile, filename: str) -> str:
    return f"charters/{filename}"


class EditionFile(Fact):
    """An edition, or one chapter of it (`chapter_key`), in one language. An edition without its file is the job to do."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    chapter_key = models.UUIDField(null=True)
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to=edition_file_path, storage=private_storage, max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    rendered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "locale"], condition=Q(chapter_key=None), name="standards_editionfile_whole_unique"
            ),
            models.UniqueConstraint(
                fields=["edition", "locale", "chapter_key"], name="standards_editionfile_chapter_unique"
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)


class CharterFile(Fact):
    """The customer charter as one page, for what it shows (`shown`: SHA-256). Without a file it is too long for one page."""

    shown = models.CharField(max_length=64, unique=True)
    file = models.FileField(upload_to=charter_file_path, storage=private_storage, max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    rendered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file="", sha256="") | (~Q(file="") & ~Q(sha256="")), name="standards_charterfile_whole"
            )
        ]

    def __str__(self) -> str:
        return str(self.file) or self.shown
