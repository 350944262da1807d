"""The permanent clause, and its immutable versions. Editors write ClauseText (pages.py); evidence points here."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Fact, VersionText
from standards.domain.clauses import ClauseContent
from standards.enums import ChangeKind
from standards.validators import validate_code


class Clause(models.Model):
    """A code that is never used again, made when it is first published. Questions, choices and observations point to it.

    chapter_key: where it is in force; moving_to: the chapter whose draft has its text while it is moved. It's there once
    that chapter is published.
    """

    code = models.CharField(max_length=20, unique=True, validators=[validate_code])
    chapter_key = models.UUIDField(db_index=True)
    moving_to = models.UUIDField(null=True, blank=True, db_index=True)
    current_version = models.ForeignKey("ClauseVersion", null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("clause")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("clause", args=[self.code])

    @property
    def home(self) -> uuid.UUID:
        """The chapter that its text is written in."""
        return self.moving_to or self.chapter_key


class ClauseVersion(Fact):
    """What a clause said from `published_at` on, in the source language. Never edited."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    substantive_number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    change_kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    reason = models.TextField(blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["clause", "number"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="standards_clauseversion_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.clause.code} v{self.number}"


class ClauseVersionAuthor(Fact):
    """Who wrote on the draft that became this version."""

    version = models.ForeignKey(ClauseVersion, on_delete=models.PROTECT, related_name="authors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="standards_clauseversionauthor_unique")]


class ClauseVersionText(VersionText):
    """The words of a clause's version."""

    version = models.ForeignKey(ClauseVersion, on_delete=models.PROTECT, related_name="texts")

    class Meta(VersionText.Meta):
        # A translation may go back to words that it had before: that is a row again, and the newest one is shown.
        constraints: ClassVar[list[models.BaseConstraint]] = []

    @property
    def content(self) -> ClauseContent:
        return ClauseContent.from_mapping(self.text)
