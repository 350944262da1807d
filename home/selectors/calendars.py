"""The address under which a calendar fetches somebody's due dates, and whose a given address is."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from core.selectors import base_address
from home.models import CalendarFeed
from people.models import User

_signer = Signer(salt="home.calendar", sep=".")


@dataclass(frozen=True)
class CalendarAddress:
    """address: complete, to be copied; subscription: the same for a calendar app to open."""

    address: str

    @property
    def subscription(self) -> str:
        return f"webcal:{self.address.partition(':')[2]}"


def calendar_address_for_person(viewer: User) -> CalendarAddress | None:
    """One's own; None while one wants none."""
    feed = CalendarFeed.objects.filter(user=viewer).first()
    return CalendarAddress(base_address() + reverse("calendar_feed", args=[calendar_token(feed)])) if feed else None


def calendar_token(feed: CalendarFeed) -> str:
    """122 random bits and a signature of 256: nobody guesses one, and who reads the database can't make one either."""
    return _signer.sign(feed.key.hex)


def calendar_owner(token: str) -> User | None:
    """Whose due dates stand under this address; None for one that isn't ours or was given up, and for who has left."""
    with suppress(BadSignature, ValueError):
        feeds = CalendarFeed.objects.filter(key=UUID(_signer.unsign(token)), user__is_active=True)
        if feed := feeds.select_related("user").first():
            return feed.user
    return None
