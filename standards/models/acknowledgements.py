"""A person signed a chapter: the fact, with the very words."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Fact
from standards.models.clauses import ClauseVersion, ClauseVersionText
from standards.models.editions import Edition
from standards.querysets import AcknowledgementQuerySet


class Acknowledgement(Fact):
    """Who signed what, when, in which language and with which sentence. The clauses signed are its `clauses`.

    again_since: it was asked for once more since then, as by a refresher, though the person had signed before.
    """

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acknowledgements")
    chapter_key = models.UUIDField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="acknowledgements")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.PROTECT, related_name="+")
    sentence = models.TextField()
    acknowledged_at = models.DateTimeField()
    again_since = models.DateTimeField(null=True)

    objects: ClassVar[Any] = AcknowledgementQuerySet.as_manager()

    class Meta:
        ordering = ["-acknowledged_at", "-pk"]
        indexes = [models.Index(fields=["learner", "chapter_key"], name="standards_ack_learner_chapter")]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "chapter_key", "edition"],
                condition=Q(again_since=None),
                name="standards_acknowledgement_unique",
            ),
            models.UniqueConstraint(
                fields=["learner", "chapter_key", "edition", "again_since"],
                name="standards_acknowledgement_again_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.acknowledged_at:%Y-%m-%d}"


class AcknowledgedClause(Fact):
    """A version that a signature was for. is_again: the person had signed it, or one that still held, before.

    Without those, nobody signs a clause twice between two substantive changes.
    """

    acknowledgement = models.ForeignKey(Acknowledgement, on_delete=models.PROTECT, related_name="clauses")
    version = models.ForeignKey(ClauseVersion, on_delete=models.PROTECT, related_name="acknowledged")
    text = models.ForeignKey(ClauseVersionText, on_delete=models.PROTECT, related_name="+")
    is_again = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["acknowledgement", "version"], name="standards_acknowledgedclause_unique")
        ]

    def __str__(self) -> str:
        return str(self.version)
