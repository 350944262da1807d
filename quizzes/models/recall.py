"""What each person remembers of each clause, and the reviews that it is made of."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

from core.models import Fact
from quizzes.domain.recall import MemoryState, Rating
from quizzes.enums import RecallSource


class Recall(models.Model):
    """The memory of one clause, from the first answer about it on: what its reviews come to (`manage.py rebuild_recall`).

    version: how many reviews are in it.
    """

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recalls")
    clause = models.ForeignKey("standards.Clause", on_delete=models.PROTECT, related_name="recalls")
    stability = models.FloatField()
    difficulty = models.FloatField()
    reviewed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["learner", "clause"]
        constraints = [models.UniqueConstraint(fields=["learner", "clause"], name="quizzes_recall_unique")]

    def __str__(self) -> str:
        return f"{self.learner_id}: {self.clause_id}"

    @property
    def state(self) -> MemoryState:
        return MemoryState(self.stability, self.difficulty, self.reviewed_at, self.due_at)


class RecallReview(Fact):
    """One time that somebody showed what they remember of a clause. source, source_id: the answer or choice that showed it."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recall_reviews")
    clause = models.ForeignKey("standards.Clause", on_delete=models.PROTECT, related_name="recall_reviews")
    rating = models.PositiveSmallIntegerField(choices=[(rating.value, rating.name) for rating in Rating])
    source = models.CharField(max_length=20, choices=RecallSource.choices)
    source_id = models.BigIntegerField()
    reviewed_at = models.DateTimeField()

    class Meta:
        ordering = ["reviewed_at", "pk"]
        indexes = [models.Index(fields=["learner", "clause"], name="quizzes_review_learner_clause")]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id", "clause"], name="quizzes_recallreview_source_unique")
        ]

    def __str__(self) -> str:
        return f"{self.learner_id}: {self.clause_id}, {self.rating}"

    @property
    def rated(self) -> tuple[Rating, datetime]:
        return Rating(self.rating), self.reviewed_at
