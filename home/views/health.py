"""For the machines that watch: alive, and ready to serve."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.permissions import public
from home.selectors.health import needs


@public
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Every need is met (200) or not (503), each named."""
    found = needs()
    return JsonResponse(found, status=200 if all(found.values()) else 503)
