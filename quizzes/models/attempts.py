"""One go at a quiz: what was asked, each answer as it was given, and what it came to."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Fact


class QuizAttempt(Fact):
    """Ordinary until handed in, then a fact. What the quiz asked for stands in `rules` as it was at the start:
    `title`, `introduction`, `minutes`, `mastery_score` (a decimal, written as text).
    """

    sealed_by = "submitted_at"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="quiz_attempts")
    quiz = models.ForeignKey("quizzes.QuizPage", on_delete=models.PROTECT, related_name="attempts")
    rules = models.JSONField()
    seed = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    score_raw = models.DecimalField(max_digits=10, decimal_places=5, null=True)
    score_max = models.DecimalField(max_digits=10, decimal_places=5, null=True)
    score_scaled = models.DecimalField(max_digits=6, decimal_places=5, null=True)
    is_success = models.BooleanField(null=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["learner", "quiz"], name="quizzes_attempt_learner_quiz")]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "quiz"], condition=Q(submitted_at=None), name="quizzes_attempt_one_open"
            ),
            models.CheckConstraint(
                name="quizzes_attempt_graded_when_submitted",
                condition=Q(submitted_at=None, score_raw=None, score_max=None, score_scaled=None, is_success=None)
                | Q(
                    submitted_at__isnull=False,
                    score_raw__isnull=False,
                    score_max__isnull=False,
                    score_scaled__isnull=False,
                    is_success__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def title(self) -> str:
        return self.rules["title"]


class AttemptQuestion(Fact):
    """A question as it was put: its version, in which words, and its options (ids) in the order they were shown."""

    attempt = models.ForeignKey(QuizAttempt, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey("quizzes.QuestionVersion", on_delete=models.PROTECT, related_name="asked")
    text = models.ForeignKey("quizzes.QuestionVersionText", on_delete=models.PROTECT, related_name="+")
    option_ids = models.JSONField()

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="quizzes_attemptquestion_position_unique")
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}, {self.position}"


class AskedClause(Fact):
    """The clause behind a question, in the version that was in force when it was asked."""

    asked = models.ForeignKey(AttemptQuestion, on_delete=models.PROTECT, related_name="clauses")
    version = models.ForeignKey("standards.ClauseVersion", on_delete=models.PROTECT, related_name="asked")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["asked", "version"], name="quizzes_askedclause_unique")]

    def __str__(self) -> str:
        return f"{self.asked_id}: {self.version_id}"


class Response(Fact):
    """An answer as it was given. A changed mind is another row; the highest number of a question counts."""

    asked = models.ForeignKey(AttemptQuestion, on_delete=models.PROTECT, related_name="responses")
    number = models.PositiveSmallIntegerField()
    chosen = models.JSONField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["asked", "number"]
        constraints = [models.UniqueConstraint(fields=["asked", "number"], name="quizzes_response_number_unique")]

    def __str__(self) -> str:
        return f"{self.asked_id}, {self.number}"
