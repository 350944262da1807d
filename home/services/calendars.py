"""A person's due dates as a calendar to subscribe to (iCalendar, RFC 5545; names of it, RFC 7986)."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from icalendar import Alarm, Calendar, Event, vText

from core.selectors import base_address, organisation
from home.models import CalendarFeed
from people.models import User
from training.enums import CalendarDayKind
from training.selectors.calendar import CalendarDay, calendar_days_for_learner

ASKED_AGAIN = timedelta(hours=6)
"""How often calendars are asked to look; each does as it pleases."""

NINE_THE_DAY_BEFORE = timedelta(hours=-15)

SAID = {
    CalendarDayKind.DUE: gettext_lazy("Due: %(title)s"),
    CalendarDayKind.REFRESHER: gettext_lazy("Refresher due: %(title)s"),
    CalendarDayKind.EXPIRY: gettext_lazy("Valid for the last day: %(title)s"),
}


@transaction.atomic
def make_calendar_feed(*, person: User, now: datetime) -> CalendarFeed:
    """A fresh address for this person's calendar; the one before, if there was one, is nobody's from now on."""
    User.objects.lock(person)
    return CalendarFeed.objects.update_or_create(user=person, defaults={"key": uuid.uuid4(), "made_at": now})[0]


@transaction.atomic
def stop_calendar_feed(*, person: User, now: datetime) -> None:
    """No address any more."""
    CalendarFeed.objects.filter(user=person).delete()


def written_calendar(*, person: User, now: datetime) -> bytes:
    """The file that a calendar fetches, in this person's language. It holds nobody else's name, and not theirs."""
    language = person.language if person.language in settings.INTERFACE_LANGUAGES else settings.LANGUAGE_CODE
    address = base_address() + reverse("my_training")
    with override(language):
        calendar = _calendar()
        for day in calendar_days_for_learner(person, now):
            calendar.add_component(_event(day, address, now))
        return calendar.to_ical()


def _calendar() -> Calendar:
    name = vText(_("My training, %(organisation)s") % {"organisation": organisation().name})
    calendar = Calendar()
    calendar.add("prodid", "-//Piawai//My training//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    return calendar


def _event(day: CalendarDay, address: str, now: datetime) -> Event:
    """DTSTAMP is the moment of this file, as of all that is published; of two with one SEQUENCE the later counts (RFC 5546, 2.1.5)."""
    event, said = Event(), SAID[day.kind] % {"title": day.title}
    event.add("uid", str(day.uid))
    event.add("dtstamp", now)
    event.add("sequence", day.moved)
    event.add("dtstart", day.day)
    event.add("dtend", day.day + timedelta(days=1))
    event.add("summary", said)
    event.add("description", _("Open My training to do it: %(address)s") % {"address": address})
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(said))
    return event


def _alarm(said: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", said)
    alarm.add("trigger", NINE_THE_DAY_BEFORE)
    return alarm
