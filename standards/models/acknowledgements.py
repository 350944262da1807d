"""A person signed a chapter: the fact, with the very words."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from core.models import Fact
from standards.models.clauses import ClauseVersion, ClauseVersionText
from standards.models.editions import Edition
from standards.querysets import AcknowledgementQuerySet


class Acknowledgement(Fact):
    """Who signed what, when, in which language and with which sentence. The clauses signed are its `clauses`."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acknowledgements")
    chapter_key = models.UUIDField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="acknowledgements")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.PROTECT, related_name="+")
    sentence = models.TextField()
    acknowledged_at = models.DateTimeField()

    objects: ClassVar[Any] = AcknowledgementQuerySet.as_manager()

    class Meta:
        ordering = ["-acknowledged_at", "-pk"]
        indexes = [models.Index(fields=["learner", "chapter_key"], name="standards_ack_learner_chapter")]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "chapter_key", "edition"], name="standards_acknowledgement_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.acknowledged_at:%Y-%m-%d}"


class AcknowledgedClause(Fact):
    acknowledgement = models.ForeignKey(Acknowledgement, on_delete=models.PROTECT, related_name="clauses")
    version = models.ForeignKey(ClauseVersion, on_delete=models.PROTECT, related_name="acknowledged")
    text = models.ForeignKey(ClauseVersionText, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["acknowledgement", "version"], name="standards_acknowledgedclause_unique")
        ]

    def __str__(self) -> str:
        return str(self.version)
