from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Shown


class ChangeKind(models.TextChoices):
    """What a change of a clause means for those who signed it: a substantive one is to be signed again."""

    EDITORIAL = "editorial", _("Editorial: the wording is better, the meaning is the same")
    SUBSTANTIVE = "substantive", _("Substantive: people have to do something differently")


class Decision(models.TextChoices):
    """What a second person says of a draft; the values are Wagtail's names of its actions."""

    APPROVE = "approve", _("Approve")
    SEND_BACK = "reject", _("Send back")


class SignatureState(Shown):
    """How it is shown whether somebody has signed a chapter: shape, tone, word."""

    NOT_SIGNED = ("s-assigned", "still", _("Not signed"))
    CHANGED = ("s-changed", "soon", _("Changed since"))
    SIGNED = ("s-certified", "ok", _("Signed"))

    @property
    def is_fine(self) -> bool:
        return self is SignatureState.SIGNED


class ReviewState(Shown):
    """How it is shown whether a clause is to be looked through: shape, tone, word."""

    OVERDUE = ("s-overdue", "stop", _("Review overdue"))
    SOON = ("s-due", "soon", _("Review due soon"))
    LATER = ("s-certified", "ok", _("Review not due yet"))
    UNDATED = ("s-none", "still", _("No review date"))


class EnquiryKind(models.TextChoices):
    QUESTION = "question", _("Question")
    SUGGESTION = "suggestion", _("Suggestion")


class ReplyOutcome(models.TextChoices):
    """What a reply does with a question or a suggestion."""

    SHOWN = "shown", _("Answer, shown under the clause")
    PRIVATE = "private", _("Answer, for the person who asked alone")
    CLOSED = "closed", _("Close it, with the reason")

    @property
    def state(self) -> EnquiryState:
        return EnquiryState.CLOSED if self is ReplyOutcome.CLOSED else EnquiryState.ANSWERED


class EnquiryState(Shown):
    """How it is shown whether a question or a suggestion has been answered: shape, tone, word."""

    OPEN = ("s-progress", "go", _("Waiting for an answer"))
    ANSWERED = ("s-certified", "ok", _("Answered"))
    CLOSED = ("s-none", "still", _("Closed"))


class IndicatorKind(models.TextChoices):
    QUANTITY = "quantity", _("Quantity")
    QUALITY = "quality", _("Quality")
    TIMING = "timing", _("Timing")
    PRICE = "price", _("Price")


class Pitfall(models.TextChoices):
    """Albrecht's seven sins of service, then Fessard's seven plagues of service time."""

    APATHY = "apathy", _("Apathy")
    BRUSH_OFF = "brush_off", _("Brush-off")
    COLDNESS = "coldness", _("Coldness")
    SUPERIORITY = "superiority", _("Air of superiority")
    ROBOTISM = "robotism", _("Robotism")
    RULE_BOOK = "rule_book", _("Rule book")
    RUNAROUND = "runaround", _("Runaround")
    LOST_TIME = "lost_time", _("Lost time")
    WRONG_INFORMATION = "wrong_information", _("Wrong information")
    UNSUITABLE_HOURS = "unsuitable_hours", _("Unsuitable hours")
    POOR_AVAILABILITY = "poor_availability", _("Poor availability")
    WRONG_PACE = "wrong_pace", _("Wrong pace")
    NO_ANTICIPATION = "no_anticipation", _("No anticipation")
    NO_REACTION = "no_reaction", _("No reaction")
