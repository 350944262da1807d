"""Per request: one moment for all that it does, and no copy of a signed-in page left in a shared browser's cache."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from core import clock
from core.selectors import remember_organisation


class TimedRequest(HttpRequest):
    """A request as views get it: with the moment at which it all happens."""

    now: datetime


Handler = Callable[[HttpRequest], HttpResponseBase]


class ClockMiddleware:
    """Gives each request `request.now`, read once; the organisation's settings are read at most once too."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.now = clock.now()  # type: ignore[attr-defined]
        with remember_organisation():
            return self.get_response(request)


class NoStoreMiddleware:
    """Signed-in pages answer `no-store`: phones are shared on a shop floor."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


def atomic_post(view: Handler) -> Handler:
    """For Wagtail's admin: a POST is one transaction, so that a failing receiver leaves nothing half published."""

    @wraps(view)
    def atomic(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return atomic
