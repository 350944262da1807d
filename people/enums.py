from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role:
    """Names of the groups that a data migration creates. Learner is everybody; supervisor comes from supervising a team."""

    EDITOR = "Editors"
    APPROVER = "Approvers"
    ADMINISTRATOR = "Administrators"


class Outcome(models.TextChoices):
    """What a row of a file of employees comes to; the same words as in `people.domain.importing.planning`, as the admin says them."""

    FAULTY = "faulty", _("Can’t come in")
    JOINS = "joins", _("Joins")
    LEAVES = "leaves", _("Leaves")
    MOVES = "moves", _("Moves")
    CHANGES = "changes", _("Changes")
    UNCHANGED = "unchanged", _("Unchanged")
    LEFT_BEFORE = "left_before", _("Left before they came in")


class MailState(models.TextChoices):
    """Where the invitation of somebody who has never signed in is."""

    NONE = "none", _("Not asked for")
    WAITING = "waiting", _("Waiting to be sent")
    FAILED = "failed", _("Not sent: the mail server didn’t take it")
    SENT = "sent", _("Sent")
    TOO_OLD = "too_old", _("Sent, and too old by now")


class ErasureReason(models.TextChoices):
    """Why somebody was erased. No free text: it would be about the person again."""

    ASKED = "asked", _("They asked for it")
    TIME_IS_UP = "time_is_up", _("They left long enough ago")
    MISTAKE = "mistake", _("They were added by mistake")


class SecurityChange(StrEnum):
    """What a person is told of at once. Names stand in notices."""

    PASSWORD = "password"  # noqa: S105
    FACTOR_ON = "factor_on"
    FACTOR_OFF = "factor_off"
    FACTOR_RESET = "factor_reset"
    RECOVERY_CODES = "recovery_codes"
