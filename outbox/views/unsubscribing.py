"""Stopping mails by the link in them, signed in or not."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.middleware import TimedRequest
from core.permissions import public
from outbox.selectors import unsubscription
from outbox.services import stop_mails


@public
@csrf_exempt  # the signed token is the permission: RFC 8058 lets the reader's mail program post it, which has no cookie of ours
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice_unsubscribe(request: TimedRequest, token: str) -> HttpResponse:
    """GET asks, POST does it; opening a link, as scanners of mail do, changes nothing."""
    found = unsubscription(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        stop_mails(person=found.person, kinds=found.kinds, by=found.person, now=request.now)
    return render(request, "outbox/unsubscribe.html", {"found": found, "is_done": request.method == "POST"})
