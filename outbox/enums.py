"""How far a notice has got, as people read it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.enums import Shown


class MailState(Shown):
    NO_MAIL = ("s-none", "still", _("Not by mail"))
    TOO_OLD = ("s-none", "still", _("Not sent: too old"))
    WAITING = ("s-assigned", "still", _("Waiting"))
    SENT = ("s-certified", "ok", _("Sent"))
    FAILED = ("s-changed", "soon", _("Failed, will be tried again"))
    GIVEN_UP = ("s-overdue", "stop", _("Given up"))


class NoticeState(Shown):
    NEW = ("i-bell", "go", _("New"))
