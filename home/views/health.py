"""For the machines that watch: alive, and ready to serve."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.middleware import TimedRequest
from core.permissions import public
from home.selectors.health import needs, watched


@public
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@never_cache
@require_safe
def readyz(request: TimedRequest) -> HttpResponse:
    """Every need is met (200) or not (503), each named; and whether jobs and due work are done, without which the site serves too."""
    found = needs()
    is_ready = all(found.values())
    seen = watched(request.now) if is_ready else {}
    return JsonResponse(found | seen, status=200 if is_ready else 503)
