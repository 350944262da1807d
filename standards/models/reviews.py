"""A clause was looked through on its date."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from core.models import Fact
from standards.models.clauses import Clause, ClauseVersion


class ClauseReview(Fact):
    """Somebody looked a clause through and found nothing to change in `version`, which was in force then."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="reviews")
    version = models.ForeignKey(ClauseVersion, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    next_review_on = models.DateField()

    class Meta:
        ordering = ["reviewed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.clause.code} {self.reviewed_at:%Y-%m-%d}"


class ClauseReviewNote(models.Model):
    """What the reviewer had to say. It stands beside the fact because it may name people."""

    review = models.OneToOneField(ClauseReview, on_delete=models.PROTECT, related_name="note")
    text = models.TextField(max_length=1000)

    def __str__(self) -> str:
        return self.text
