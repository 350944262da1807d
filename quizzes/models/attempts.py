"""One go at a quiz: what was asked, each answer as it was given, and what it came to."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Fact
from quizzes.domain.answers import Answer, answer_from_json


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


class AttemptGrade(Fact):
    """Every mark of a handed-in attempt. Number 1 was given at hand-in; a mended key adds the next, and the highest counts.

    marks: rows of [position, question version id, mark from -1 to 1 as a fraction ("2/3"), seconds spent or null], all in one
    row, so that the statistics of ten thousand attempts read ten thousand rows.
    """

    attempt = models.ForeignKey(QuizAttempt, on_delete=models.PROTECT, related_name="grades")
    number = models.PositiveSmallIntegerField()
    marks = models.JSONField()
    score_raw = models.DecimalField(max_digits=10, decimal_places=5)
    score_max = models.DecimalField(max_digits=10, decimal_places=5)
    score_scaled = models.DecimalField(max_digits=6, decimal_places=5)
    is_success = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    graded_at = models.DateTimeField()

    class Meta:
        ordering = ["attempt", "number"]
        constraints = [models.UniqueConstraint(fields=["attempt", "number"], name="quizzes_attemptgrade_number_unique")]

    def __str__(self) -> str:
        return f"{self.attempt_id}, {self.number}"


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
    # 1 to 3 (quizzes.domain.grading.Certainty), where the quiz asks for it.
    certainty = models.PositiveSmallIntegerField(null=True)
    # It arrived after the time was up: kept, and not counted.
    is_late = models.BooleanField(default=False)
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["asked", "number"]
        constraints = [models.UniqueConstraint(fields=["asked", "number"], name="quizzes_response_number_unique")]

    def __str__(self) -> str:
        return f"{self.asked_id}, {self.number}"

    @property
    def answer(self) -> Answer:
        return answer_from_json(self.chosen)
