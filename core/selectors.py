"""The organisation: its name, its zone, its day. Read once a request."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef
from wagtail.models import Locale, Page

from core.domain.dates import local_day
from core.models import OrganisationSettings, source_language

_remembered: ContextVar[list[OrganisationSettings] | None] = ContextVar("remembered_organisation", default=None)
_wanted: ContextVar[Sequence[str]] = ContextVar("languages_wanted", default=())


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


@contextmanager
def remember_reader(languages: Sequence[str]) -> Iterator[None]:
    """Within the block content is read in one of these languages, the one wanted most first."""
    token = _wanted.set(languages)
    try:
        yield
    finally:
        _wanted.reset(token)


def reader_locale() -> Locale:
    """The language to read content in: the first one wanted in which there is a page, else the source's."""
    others = list(itertools.takewhile(lambda code: code != source_language(), _wanted.get()))
    if others:
        pages = Page.objects.live().filter(locale=OuterRef("pk"), alias_of=None)
        written = Locale.objects.filter(Exists(pages), language_code__in=others)
        if found := min(written, key=lambda locale: others.index(locale.language_code), default=None):
            return found
    return Locale.get_default()


def organisation_zone() -> ZoneInfo:
    return ZoneInfo(organisation().time_zone)


def organisation_today(now: datetime) -> date:
    """The organisation's own day: certificates, numbering and “as of” count in it."""
    return local_day(now, organisation_zone())
