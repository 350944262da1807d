"""Open to anybody: does this certificate hold? Nothing else about its holder."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.domain.codes import code_from_typed, grouped
from certificates.forms import CodeForm
from certificates.selectors import certificate_by_code
from certificates.views.throttling import WINDOW, must_wait, note_miss
from core.middleware import TimedRequest
from core.permissions import public


@public
@never_cache
@require_safe
def verify(request: TimedRequest) -> HttpResponse:
    """Takes a code by hand: `?code=…` leads to its page, or says what is wrong with it."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("verify_certificate", code=form.cleaned_data["code"])
    return render(request, "certificates/verify.html", {"form": form})


@public
@never_cache
@require_safe
def verify_certificate(request: TimedRequest, code: str) -> HttpResponse:
    """What the QR code opens. A code that was never given, or can't be one, gets one and the same answer."""
    if must_wait(request):
        return _throttled(request)
    plain = code_from_typed(code)
    if plain is not None and code != grouped(plain):
        return _unindexed(redirect("verify_certificate", code=grouped(plain)))
    verification = certificate_by_code(plain, request.now) if plain is not None else None
    if verification is None:
        note_miss(request)
        form = CodeForm(initial={"code": code})
        return _unindexed(render(request, "certificates/verify_unknown.html", {"form": form}, status=404))
    context = {"verification": verification, "form": CodeForm()}
    return _unindexed(render(request, "certificates/verify_certificate.html", context))


def _throttled(request: TimedRequest) -> HttpResponse:
    response = render(request, "certificates/verify_wait.html", {"minutes": WINDOW // 60}, status=429)
    response["Retry-After"] = str(WINDOW)
    return _unindexed(response)


def _unindexed(response: HttpResponse) -> HttpResponse:
    """A name on a public page is for whoever holds the code, not for search engines."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
