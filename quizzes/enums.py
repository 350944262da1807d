from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """How a question is answered; the same words as in `quizzes.domain.kinds`."""

    SINGLE = "single", _("One right answer")
    MULTIPLE = "multiple", _("Several right answers")
    TRUE_FALSE = "true_false", _("True or false")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", _("Putting in order")
    SHORT_TEXT = "short_text", _("Short text")
    NUMERIC = "numeric", _("Number")
    GAPS = "gaps", _("Fill the gaps")
    SPOT_IT = "spot_it", _("Spot it in a dialogue")


class Difficulty(models.IntegerChoices):
    """How hard the author takes a question to be; a draw can ask for it."""

    BASIC = 1, _("Basic")
    WORKING = 2, _("Working knowledge")
    TRICKY = 3, _("Tricky")


class QuizState(models.TextChoices):
    """Where a learner stands with a quiz; an open attempt comes first, then what its attempts come to, as it counts them."""

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


TRUE_FALSE_WORDS = {"true": _("True"), "false": _("False")}
"""What the two options of a statement say, by id, in the reader's language."""


class RecallSource(models.TextChoices):
    """What showed how well a clause is remembered."""

    QUIZ = "quiz", _("Answer in a quiz")
    PRACTICE = "practice", _("Answer in practice")
    CHOICE = "choice", _("Choice in a role-play")


class ScoreMethod(models.TextChoices):
    """Which of several attempts is the result; the same words as in `quizzes.domain.rules`, as those below."""

    BEST = "best", _("The best attempt")
    LAST = "last", _("The last attempt")
    FIRST = "first", _("The first attempt")
    AVERAGE = "average", _("The average of all attempts")


class Navigation(models.TextChoices):
    FREE = "free", _("Free, until it is handed in")
    FORWARD = "forward", _("Forward only: no way back to a question")


class FeedbackPolicy(models.TextChoices):
    AT_ONCE = "at_once", _("At once, after each answer")
    AT_END = "at_end", _("At the end, after handing in")
    AFTER_CLOSING = "after_closing", _("After the quiz has closed")


class PagesBy(models.TextChoices):
    QUESTION = "question", _("One question")
    SECTION = "section", _("A section")


class CertaintyLevel(models.IntegerChoices):
    """How sure somebody is of an answer; the same numbers as in `quizzes.domain.grading`."""

    GUESSED = 1, _("I’m guessing")
    FAIRLY_SURE = 2, _("Fairly sure")
    SURE = 3, _("Sure")
