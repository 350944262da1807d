"""What notices about programmes say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.contributions import NoticeKind, NoticeText

Context = Mapping[str, Any]


def _assigned(context: Context) -> NoticeText:
    title = _("“%(program)s” is yours to do") % context
    return NoticeText(title, _("It is due on %(day)s.") % {"day": _day(context["due_on"])} if context["due_on"] else "")


def _refresher_open(context: Context) -> NoticeText:
    title = _("Time to refresh “%(program)s”") % context
    body = _("You are certified until %(day)s. Do the refresher before then, and you stay so.")
    return NoticeText(title, body % {"day": _day(context["due_on"])} if context["due_on"] else "")


def _what_changed(context: Context) -> NoticeText:
    title = _("The standards changed: %(codes)s") % context
    body = _("Learn what is new by %(day)s. It is only that, and your certificate stays as it is.")
    return NoticeText(title, body % {"day": _day(context["due_on"])})


def _due_soon(context: Context) -> NoticeText:
    named = {"title": _title(context), "day": _day(context["due_on"])}
    if context["is_today"]:
        return NoticeText(_("%(title)s is due today") % named)
    return NoticeText(_("%(title)s is due on %(day)s") % named)


def _overdue(context: Context) -> NoticeText:
    title = _("%(title)s was due on %(day)s") % {"title": _title(context), "day": _day(context["due_on"])}
    return NoticeText(title, _("Do it as soon as you can, or tell your supervisor what is in the way."))


def _reminder(context: Context) -> NoticeText:
    title = _("A reminder: “%(program)s” is waiting for you") % context
    body = _("It was due on %(day)s.") if context["is_late"] else _("It is due on %(day)s.")
    return NoticeText(title, body % {"day": _day(context["due_on"])} if context["due_on"] else "")


def _late_in_team(context: Context) -> NoticeText:
    title = _("%(person)s is late with %(title)s") % {**context, "title": _title(context)}
    body = _("It was due on %(day)s. Ask what is in the way; you can give more time.")
    return NoticeText(title, body % {"day": _day(context["due_on"])})


def _expiring(context: Context) -> NoticeText:
    day = {**context, "day": _day(context["expires_on"])}
    if context["has_expired"]:
        return NoticeText(
            _("“%(program)s” has expired") % day, _("It held until %(day)s. The refresher is waiting for you.") % day
        )
    return NoticeText(
        _("“%(program)s” expires on %(day)s") % day, _("Do the refresher before then, and you stay certified.")
    )


def _weekly(context: Context) -> NoticeText:
    counts = _("Overdue: %(overdue)s. Expired: %(expired)s. Refreshers open: %(refresh)s. People: %(people)s.")
    return NoticeText(_("Your team this week"), counts % context, tuple(context["lines"]))


def _title(context: Context) -> str:
    """The programme, or what changed, as it stands in a sentence."""
    if "codes" in context:
        return _("“What changed: %(codes)s”") % context
    return _("“%(program)s”") % context


def _day(day: Any) -> str:
    return date_format(day, "j F Y")


KINDS = (
    NoticeKind("assigned", gettext_lazy("What you are assigned"), _assigned),
    NoticeKind("refresher_open", gettext_lazy("Refreshers that open"), _refresher_open),
    NoticeKind("what_changed", gettext_lazy("What changed in the standards"), _what_changed),
    NoticeKind("due_soon", gettext_lazy("What is due soon"), _due_soon, is_optional=True),
    NoticeKind("overdue", gettext_lazy("What is overdue"), _overdue),
    NoticeKind("expiring", gettext_lazy("What expires"), _expiring),
    NoticeKind("reminder", gettext_lazy("Reminders from your supervisor"), _reminder),
    NoticeKind("late_in_team", gettext_lazy("Who is late in your team"), _late_in_team),
    NoticeKind("weekly_team", gettext_lazy("Your team, once a week"), _weekly, is_optional=True, bell=False),
)
