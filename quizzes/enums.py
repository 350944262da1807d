from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """How a question is answered; the same words as in `quizzes.domain.grading`."""

    SINGLE = "single", _("One right answer")
    MULTIPLE = "multiple", _("Several right answers")


class QuizState(models.TextChoices):
    """Where a learner stands with a quiz; an open attempt comes first, then a pass, whatever came after it."""

    NONE = "none", _("Not started")
    OPEN = "open", _("In progress")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Not passed yet")


class Outcome(models.TextChoices):
    """How one question went."""

    RIGHT = "right", _("Right")
    PARTLY = "partly", _("Partly right")
    WRONG = "wrong", _("Wrong")
    UNANSWERED = "unanswered", _("Not answered")
