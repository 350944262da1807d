"""Telling people, at once and by mail, that the way into their account was changed: whoever did it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.contributions import NoticeKind, NoticeText
from outbox.services import tell
from people.enums import SecurityChange
from people.models import User
from people.selectors import zones_of_people

TITLES = {
    SecurityChange.PASSWORD: gettext_lazy("Your password was changed"),
    SecurityChange.FACTOR_ON: gettext_lazy("Signing in asks for a code from your phone now"),
    SecurityChange.FACTOR_OFF: gettext_lazy("Signing in doesn’t ask for a code from your phone any more"),
    SecurityChange.FACTOR_RESET: gettext_lazy("An administrator switched off the code from your phone"),
    SecurityChange.RECOVERY_CODES: gettext_lazy("Your recovery codes were made anew"),
}


def tell_of_security(*, person: User, change: SecurityChange, now: datetime) -> None:
    """Each time that it happens."""
    tell(
        recipient=person,
        kind=SECURITY.name,
        key=f"security:{change}:{now.isoformat()}",
        context={"change": str(change), "at": now},
        url=reverse("account_change_password"),
        now=now,
        zone=zones_of_people([person.pk], now)[person.pk],
    )


def _said(context: Mapping[str, Any]) -> NoticeText:
    at = date_format(localtime(context["at"]), "j F Y, H:i")
    body = _("It happened on %(at)s. If it wasn’t you, change your password now and tell your administrator.")
    return NoticeText(str(TITLES[SecurityChange(context["change"])]), body % {"at": at})


SECURITY = NoticeKind("security", gettext_lazy("Changes to how you sign in"), _said, is_urgent=True)
