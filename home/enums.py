"""States on the operations page, each with an icon of Wagtail's, a tone and a word; kinds of a record of learning."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus

from core.enums import Shown


class JobState(Shown):
    WAITING = ("time", "still", _("Waiting"))
    RUNNING = ("rotate", "go", _("Running"))
    FAILED = ("warning", "stop", _("Failed"))
    DONE = ("check", "ok", _("Done"))

    @property
    def in_address(self) -> str:
        return self.name.lower()

    @property
    def stored(self) -> str:
        """As django-tasks-db keeps it."""
        return STORED[self]


STORED = {
    JobState.WAITING: TaskResultStatus.READY,
    JobState.RUNNING: TaskResultStatus.RUNNING,
    JobState.FAILED: TaskResultStatus.FAILED,
    JobState.DONE: TaskResultStatus.SUCCESSFUL,
}


class Health(Shown):
    WELL = ("check", "ok", _("Well"))
    LOOK = ("warning", "stop", _("Needs a look"))


class DueWorkState(Shown):
    NEVER = ("minus", "still", _("Not yet"))
    RUNNING = ("rotate", "go", _("Begun"))
    FAILED = ("warning", "stop", _("Failed"))
    DONE = ("check", "ok", _("Done"))


class LongJobState(Shown):
    WAITING = ("time", "still", _("Waiting to begin"))
    RUNNING = ("rotate", "go", _("At work"))
    STOPPED = ("warning", "stop", _("Stopped"))
    DONE = ("check", "ok", _("Done"))

    @property
    def is_over(self) -> bool:
        """Nothing more happens by itself."""
        return self in {LongJobState.STOPPED, LongJobState.DONE}


class RecordKind(TextChoices):
    """What a record of learning holds, in the order of its filter."""

    PROGRAM = "programmes", _("Programmes")
    CERTIFICATE = "certificates", _("Certificates")
    CHAPTER = "chapters", _("Chapters signed")
    LESSON = "lessons", _("Lessons")
    SCENARIO = "role-plays", _("Role-plays")
    QUIZ = "quizzes", _("Quizzes")
    PRIOR = "elsewhere", _("Learnt elsewhere")
    WAIVER = "waivers", _("Waivers")
