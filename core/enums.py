"""How a state is shown: always a shape, a tone and a word (design reference, “Words for states”)."""

from __future__ import annotations

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Shown(Enum):
    """What is shown as a shape, a tone and a word; members are these three."""

    @property
    def shape(self) -> str:
        return self.value[0]

    @property
    def tone(self) -> str:
        return self.value[1]

    @property
    def label(self) -> str | Promise:
        return self.value[2]


class Status(Shown):
    """What a person sees of an assignment, an activity or a certificate. The shape alone must tell it."""

    ASSIGNED = ("s-assigned", "still", _("Not started"))
    DUE = ("s-due", "go", _("Due"))
    IN_PROGRESS = ("s-progress", "go", _("In progress"))
    DONE = ("s-certified", "ok", _("Done"))
    PASSED = ("s-certified", "ok", _("Passed"))
    CERTIFIED = ("s-certified", "ok", _("Certified"))
    VALID = ("s-certified", "ok", _("Valid"))
    REFRESH = ("s-window", "soon", _("Refresher open"))
    CHANGED = ("s-changed", "soon", _("Changed"))
    FAILED = ("s-failed", "stop", _("Not passed"))
    OVERDUE = ("s-overdue", "stop", _("Overdue"))
    EXPIRED = ("s-expired", "stop", _("Expired"))
    WAIVED = ("s-waived", "still", _("Waived"))
    ON_LEAVE = ("s-leave", "still", _("On leave"))
    RELEASED = ("s-released", "still", _("Released"))
    LOCKED = ("i-lock", "still", _("Not open yet"))
    NOT_ASSIGNED = ("s-none", "still", _("Not assigned"))

    @property
    def is_fine(self) -> bool:
        """Nobody has to do anything about it: shown calmly, and left out on a phone."""
        return self in FINE

    @property
    def is_loud(self) -> bool:
        return self in LOUD


LOUD = frozenset({Status.OVERDUE, Status.EXPIRED})
FINE = frozenset(
    {
        Status.CERTIFIED,
        Status.DONE,
        Status.PASSED,
        Status.VALID,
        Status.WAIVED,
        Status.ON_LEAVE,
        Status.RELEASED,
        Status.NOT_ASSIGNED,
    }
)
