"""Dates and times of a page are those of the branch where its reader works."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from core.middleware import TimedRequest
from people.models import User
from people.selectors import ForBar, bar_for_person


class SignedInRequest(TimedRequest):
    """A request of a view that only signed-in people reach."""

    user: User
    is_supervisor: bool
    unread_notices: int


class LocalTimeMiddleware:
    """Activates the time zone noted at sign-in (people.receivers), and offers `request.is_supervisor`
    and `request.unread_notices` to templates."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        bar = SimpleLazyObject(lambda: _bar(request))
        request.is_supervisor = SimpleLazyObject(lambda: bar.is_supervisor)  # type: ignore[attr-defined]
        request.unread_notices = SimpleLazyObject(lambda: bar.unread)  # type: ignore[attr-defined]
        if zone := request.session.get("time_zone"):
            with timezone.override(zone):
                return self.get_response(request)
        return self.get_response(request)


def _bar(request: HttpRequest) -> ForBar:
    return bar_for_person(request.user, request.now) if isinstance(request.user, User) else ForBar()  # type: ignore[attr-defined]
