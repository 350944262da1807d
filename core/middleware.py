"""Per request: one moment for all that it does, and no copy of a signed-in page left in a shared browser's cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header
from wagtail.coreutils import get_supported_content_language_variant

from core import clock
from core.models import PublicationRefused
from core.selectors import remember_organisation, remember_reader


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


class LocaleMiddleware:
    """Gives the interface the first language that its reader wants and it speaks. `reader_locale` gives content one of its own."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        wanted = tuple(dict.fromkeys(_languages_wanted(request)))
        spoken = next((code for code in wanted if code in settings.INTERFACE_LANGUAGES), settings.LANGUAGE_CODE)
        with override(spoken), remember_reader(wanted):
            response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", spoken)
        return response


def _languages_wanted(request: HttpRequest) -> Iterator[str]:
    """What the person chose, what this browser was told, what it asks for: of those that content may be written in."""
    chosen = [getattr(request.user, "language", ""), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    asked = [code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    for code in (*chosen, *asked):
        with suppress(LookupError):
            yield str(get_supported_content_language_variant(code))


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
    """For Wagtail's admin: a POST is one transaction, so that a failing receiver leaves nothing half published.

    A publication that is refused leaves everything as it was, and says why on the page that the person came from.
    """

    @wraps(view)
    def atomic(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except PublicationRefused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(_came_from(request))

    return atomic


def _came_from(request: HttpRequest) -> str:
    referer = request.headers.get("referer", "")
    is_ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if is_ours else reverse("wagtailadmin_home")
