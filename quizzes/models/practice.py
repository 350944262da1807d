"""Five a day: what was asked on a day, what was looked at first, what was answered."""

from __future__ import annotations

from fractions import Fraction

from django.conf import settings
from django.db import models

from core.models import Fact
from quizzes.domain.answers import Answer, answer_from_json


class PracticeDay(Fact):
    """Somebody began the five of a day, their own. What it asks is fixed from then on."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practice_days")
    day = models.DateField()
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["learner", "day"], name="quizzes_practiceday_unique")]

    def __str__(self) -> str:
        return f"{self.learner_id}, {self.day}"


class PracticeQuestion(Fact):
    """A question as it was put: which clause it came up for, the version, in which words, its options (ids) in the order shown."""

    practice_day = models.ForeignKey(PracticeDay, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    clause = models.ForeignKey("standards.Clause", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("quizzes.QuestionVersion", on_delete=models.PROTECT, related_name="practised")
    text = models.ForeignKey("quizzes.QuestionVersionText", on_delete=models.PROTECT, related_name="+")
    option_ids = models.JSONField()

    class Meta:
        ordering = ["practice_day", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice_day", "position"], name="quizzes_practicequestion_position_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_day_id}, {self.position}"


class PracticeClause(Fact):
    """A clause behind a question, in the version that was in force when the day was begun."""

    asked = models.ForeignKey(PracticeQuestion, on_delete=models.PROTECT, related_name="clauses")
    version = models.ForeignKey("standards.ClauseVersion", on_delete=models.PROTECT, related_name="practised")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["asked", "version"], name="quizzes_practiceclause_unique")]

    def __str__(self) -> str:
        return f"{self.asked_id}: {self.version_id}"


class PracticeHint(Fact):
    """Somebody wanted to see the clause before they answered."""

    asked = models.OneToOneField(PracticeQuestion, on_delete=models.PROTECT, related_name="hint")
    shown_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.asked_id)


class PracticeAnswer(Fact):
    """An answer as it was given. turn: 1, or 2 where it came back; mark: -1 to 1, a fraction ("2/3")."""

    asked = models.ForeignKey(PracticeQuestion, on_delete=models.PROTECT, related_name="answers")
    turn = models.PositiveSmallIntegerField()
    chosen = models.JSONField()
    mark = models.CharField(max_length=20)
    is_hinted = models.BooleanField()
    seconds = models.PositiveIntegerField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["asked", "turn"]
        constraints = [models.UniqueConstraint(fields=["asked", "turn"], name="quizzes_practiceanswer_turn_unique")]

    def __str__(self) -> str:
        return f"{self.asked_id}, {self.turn}"

    @property
    def answer(self) -> Answer:
        return answer_from_json(self.chosen)

    @property
    def is_right(self) -> bool:
        return Fraction(self.mark) == 1
