"""One go at a quiz: what was asked, each answer as it was given, and what it came to."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from core.models import Fact
from quizzes.domain.answers import Answer, answer_from_json
from quizzes.domain.rules import Rules


class QuizAttempt(Fact):
    """Ordinary until handed in, then a fact. What the quiz asked for stands in `rules` as it was at the start:
    `title`, `introduction`, `minutes`, and all of quizzes.domain.rules.Rules.

    due_at: when the time is up, by the server's clock; None for no limit. reached: where one may not go back, the first position
    that one hasn't gone past.
    """

    sealed_by = "submitted_at"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="quiz_attempts")
    quiz = models.ForeignKey("quizzes.QuizPage", on_delete=models.PROTECT, related_name="attempts")
    rules = models.JSONField()
    seed = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    reached = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField(null=True)
    # The time was up, and nobody had handed it in.
    is_closed_by_clock = models.BooleanField(default=False)
    score_raw = models.DecimalField(max_digits=10, decimal_places=5, null=True)
    score_max = models.DecimalField(max_digits=10, decimal_places=5, null=True)
    score_scaled = models.DecimalField(max_digits=6, decimal_places=5, null=True)
    is_success = models.BooleanField(null=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["learner", "quiz"], name="quizzes_attempt_learner_quiz"),
            models.Index(fields=["due_at"], name="quizzes_attempt_open_due", condition=Q(submitted_at=None)),
        ]
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

    @cached_property
    def frozen(self) -> Rules:
        """The rules that this attempt goes by, whatever became of the quiz's."""
        return Rules.from_mapping(self.rules)


class AttemptGrade(Fact):
    """Every mark of a handed-in attempt. Number 1 was given at hand-in; a mended key adds the next, and the highest counts.

    marks: rows of [position, question version id, mark from -1 to 1 as a fraction ("2/3"), seconds spent or null], all in one
    row, so that the statistics of ten thousand attempts read ten thousand rows. They are what the answers were worth; where the
    quiz goes by certainty, the score is made of them and of `Response.certainty`. share: the score over its maximum as a fraction,
    exact (empty before it was kept). keys: position → id of the AnswerKey that marked it, where that isn't its version's own.
    """

    attempt = models.ForeignKey(QuizAttempt, on_delete=models.PROTECT, related_name="grades")
    number = models.PositiveSmallIntegerField()
    marks = models.JSONField()
    score_raw = models.DecimalField(max_digits=10, decimal_places=5)
    score_max = models.DecimalField(max_digits=10, decimal_places=5)
    score_scaled = models.DecimalField(max_digits=6, decimal_places=5)
    share = models.TextField(blank=True)
    is_success = models.BooleanField()
    keys = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    graded_at = models.DateTimeField()

    class Meta:
        ordering = ["attempt", "number"]
        constraints = [models.UniqueConstraint(fields=["attempt", "number"], name="quizzes_attemptgrade_number_unique")]

    def __str__(self) -> str:
        return f"{self.attempt_id}, {self.number}"


class AttemptQuestion(Fact):
    """A question as it was put: its version, in which words, and its options (ids) in the order they were shown.

    section: heading of the part of the quiz that it belongs to; empty for none.
    """

    attempt = models.ForeignKey(QuizAttempt, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey("quizzes.QuestionVersion", on_delete=models.PROTECT, related_name="asked")
    text = models.ForeignKey("quizzes.QuestionVersionText", on_delete=models.PROTECT, related_name="+")
    option_ids = models.JSONField()
    section = models.CharField(max_length=120, blank=True)

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
