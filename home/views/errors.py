"""Pages for what went wrong."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.domain.faults import is_disk_full
from core.permissions import public


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request's context: whatever broke may break it again. A full disk has a page of its own."""
    if is_disk_full(sys.exception()):
        return _no_space()
    return render(None, "500.html", status=500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Mostly an old page whose session has ended: what was confirmed is kept, this one step isn't."""
    return render(request, "403_csrf.html", status=403)


def _no_space() -> HttpResponse:
    response = render(None, "503.html", status=503)
    response.headers["Retry-After"] = "300"
    return response
