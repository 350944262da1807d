"""Words of training: who stands on the other side of the counter, how they feel, how it ends."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Status
from training.domain.recertification import Basis
from training.domain.scenario.conditions import ConditionKind


class PersonaKind(models.TextChoices):
    """The five kinds of customer."""

    LOYAL = "loyal", _("Loyal")
    DISCOUNT = "discount", _("Looks for the discount")
    IMPULSE = "impulse", _("Buys on impulse")
    NEED_BASED = "need_based", _("Needs one thing")
    WANDERING = "wandering", _("Wanders about")


class Face(models.TextChoices):
    """Symbols p-… of static/icons.svg."""

    SALMAH = "salmah", _("Woman in a headscarf")
    RIZAL = "rizal", _("Man with short hair")
    FERNANDEZ = "fernandez", _("Older woman with grey hair")
    LIM = "lim", _("Man with glasses")
    YEOH = "yeoh", _("Young woman with a fringe")
    BAUTISTA = "bautista", _("Older man in a flat cap")


class Mood(models.IntegerChoices):
    ANGRY = 1, pgettext_lazy("mood", "Angry")
    UPSET = 2, pgettext_lazy("mood", "Upset")
    UNSURE = 3, pgettext_lazy("mood", "Unsure")
    CALM = 4, pgettext_lazy("mood", "Calm")
    PLEASED = 5, pgettext_lazy("mood", "Pleased")

    @property
    def symbol(self) -> str:
        """The symbol (m-…) of static/icons.svg that is laid over a face."""
        return f"m-{self.name.lower()}"


class Speaker(models.TextChoices):
    SCENE = "scene", _("Stage direction")
    THEM = "them", _("The customer says")
    THOUGHT = "thought", _("The learner knows")


class EndingKind(models.TextChoices):
    GOOD = "good", _("Good")
    MIXED = "mixed", _("Mixed")
    BAD = "bad", _("Bad")


CONDITIONS = {
    ConditionKind.MOOD_AT_LEAST: _("Mood is at least …"),
    ConditionKind.MOOD_AT_MOST: _("Mood is at most …"),
    ConditionKind.POINTS_AT_LEAST: _("Points so far are at least …"),
    ConditionKind.POINTS_AT_MOST: _("Points so far are at most …"),
    ConditionKind.VISITED: _("Was in the scene …"),
    ConditionKind.NOT_VISITED: _("Was not in the scene …"),
    ConditionKind.CHOSEN: _("Took the choice …"),
    ConditionKind.NOT_CHOSEN: _("Did not take the choice …"),
}
"""What the conditions of a choice are called."""


def condition_in_words(kind: str, operand: str) -> str:
    """Such as “Mood is at least 3”."""
    return str(CONDITIONS[ConditionKind(kind)]).replace("…", operand)


class PlayMode(models.TextChoices):
    """When a learner hears what came of a choice. Both are scored alike."""

    ASSESSMENT = "assessment", _("Assessment: in the debrief only")
    PRACTICE = "practice", _("Practice: after each choice too")


class ActivityKind(models.TextChoices):
    """What an activity asks for; each is named like the field of ProgramActivity that holds its page."""

    CHAPTER = "chapter", _("Chapter")
    LESSON = "lesson", _("Lesson")
    SCENARIO = "scenario", _("Role-play")
    QUIZ = "quiz", _("Quiz")

    @property
    def shape(self) -> str:
        """Its symbol (i-…) of static/icons.svg."""
        return {
            "chapter": "i-book",
            "lesson": "i-lightbulb",
            "scenario": "i-chat-square-quote",
            "quiz": "i-question-square",
        }[self.value]


class ExpiryBasis(models.TextChoices):
    """What the next expiry of a programme is counted from (Totara's “recertification date”)."""

    COMPLETION = Basis.COMPLETION.value, _("The day it was completed")
    EXPIRY = Basis.EXPIRY.value, _("The day it would have expired")
    FIXED = Basis.FIXED.value, _("A fixed date, every time")


class PlayState(StrEnum):
    """How far somebody is with a scenario. Once passed it stays passed, whatever is played afterwards."""

    NONE = "none"
    OPEN = "open"
    FAILED = "failed"
    PASSED = "passed"


class AssignmentKind(models.TextChoices):
    FIRST = "first", _("First time")
    RECERTIFICATION = "recertification", _("Refresher")
    DELTA = "delta", _("What changed")
    MANUAL = "manual", _("By hand")


class CalendarDayKind(StrEnum):
    """What a day in somebody's calendar is the last one for."""

    DUE = "due"
    REFRESHER = "refresher"
    EXPIRY = "expiry"


WORST_FIRST = (
    Status.OVERDUE,
    Status.EXPIRED,
    Status.REFRESH,
    Status.IN_PROGRESS,
    Status.ASSIGNED,
    Status.ON_LEAVE,
    Status.WAIVED,
    Status.CERTIFIED,
    Status.RELEASED,
)
"""The statuses of an assignment as lists order them: where one stands here is its rank."""
RANK = {status: rank for rank, status in enumerate(WORST_FIRST)}


class LeftOut(models.TextChoices):
    """Why somebody is left out of what is done for many."""

    GONE = "gone", _("no longer in your team")
    NOT_ASSIGNED = "not_assigned", _("doesn’t have this programme")
    HAS_IT = "has_it", _("has it already")
    NOTHING_OPEN = "nothing_open", _("has nothing open")
    NOTHING_LATE = "nothing_late", _("has nothing overdue or expired")
    RESTING = "resting", _("waived or on leave")
    REMINDED = "reminded", _("was reminded today already")
    NO_DATE = "no_date", _("has no due date that could move")
    NOT_LATER = "not_later", _("has until then already, or longer")
    WAIVED = "waived", _("is waived already")


class Grouping(StrEnum):
    """What the organisation’s figures are told by; named like the columns of StatusCount."""

    BRANCH = "branch"
    TEAM = "team"
    JOB_ROLE = "job_role"
    PROGRAM = "program"
