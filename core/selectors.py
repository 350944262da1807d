"""The organisation: its name, its zone, its day. Read once a request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Locale

from core.models import OrganisationSettings

_remembered: ContextVar[list[OrganisationSettings] | None] = ContextVar("remembered_organisation", default=None)


def organisation() -> OrganisationSettings:
    """The organisation's settings; their defaults where nobody has saved them yet. Never written here."""
    remembered = _remembered.get()
    if remembered is None:
        return OrganisationSettings.objects.first() or OrganisationSettings()
    if not remembered:
        remembered.append(OrganisationSettings.objects.first() or OrganisationSettings())
    return remembered[0]


@contextmanager
def remember_organisation() -> Iterator[None]:
    """Within the block the settings are read at most once: a request asks for them in many places."""
    token = _remembered.set([])
    try:
        yield
    finally:
        _remembered.reset(token)


def base_address() -> str:
    """Where people reach this site, without a slash at the end: for links in mail and on paper, never from the Host header."""
    return (organisation().base_address or settings.BASE_URL).rstrip("/")


def reader_locale() -> Locale:
    """The content locale for the language of the request; the source language where there is none."""
    return Locale.objects.filter(language_code=get_language() or "").first() or Locale.get_default()


def organisation_zone() -> ZoneInfo:
    return ZoneInfo(organisation().time_zone)


def organisation_today(now: datetime) -> date:
    """The organisation's own day: certificates, numbering and “as of” count in it."""
    return now.astimezone(organisation_zone()).date()
