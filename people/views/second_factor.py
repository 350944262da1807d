"""Codes from a phone besides the password: setting them up, recovery codes, switching off, and an administrator's reset."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.permissions import signed_in
from people.forms import SetUpCodeForm, SwitchOffForm
from people.middleware import SignedInRequest
from people.permissions import may_change_people
from people.selectors import people_with_second_factor, second_factor
from people.services import (
    WrongCode,
    keep_recovery_codes,
    renew_recovery_codes,
    reset_second_factor,
    set_up_second_factor,
    switch_off_second_factor,
)

SECRET = "second_factor_secret"  # noqa: S105  (where the session keeps it until it is set up)

View = Callable[..., HttpResponseBase]
confirmed = reauthentication_required(app="allauth.mfa")
"""Who has not just typed the password is asked for it first."""


def offered(view: View) -> View:
    """Not there where the second factor is switched off for the whole site."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if settings.SECOND_FACTOR == "off":
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@signed_in
@offered
@require_GET
def overview(request: SignedInRequest) -> HttpResponse:
    return render(request, "people/second_factor.html", {"tab": "me", "factor": second_factor(request.user)})


@signed_in
@offered
@sensitive_post_parameters()
@confirmed
@require_http_methods(["GET", "POST"])
def set_up(request: SignedInRequest) -> HttpResponse:
    """The secret as a picture and as text, and the first code back."""
    going_on = get_next_redirect_url(request) or ""
    if second_factor(request.user):
        return _on_to("recovery_codes", going_on)
    secret = _secret(request)
    form = SetUpCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_up_second_factor(person=request.user, secret=secret, code=form.cleaned_data["code"], now=request.now)
        except WrongCode:
            form.add_error("code", form.fields["code"].error_messages["wrong"])
        else:
            del request.session[SECRET]
            update_session_auth_hash(request, request.user)
            return _on_to("recovery_codes", going_on)
    context = {
        "tab": "me",
        "form": form,
        "address": get_adapter().build_totp_url(request.user, secret),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "next": going_on,
    }
    return render(request, "people/second_factor_set_up.html", context, status=422 if form.errors else 200)


def _secret(request: HttpRequest) -> str:
    """The same until it is set up, so that a page loaded again shows the picture that was scanned."""
    if SECRET not in request.session:
        request.session[SECRET] = encrypt(generate_totp_secret())
    return decrypt(request.session[SECRET])


def _on_to(name: str, going_on: str) -> HttpResponse:
    response = redirect(name)
    if going_on:
        response["Location"] += f"?{urlencode({'next': going_on})}"
    return response


@signed_in
@offered
@confirmed
@require_http_methods(["GET", "POST"])
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Shown until the person says that they are put away, and never again."""
    going_on = get_next_redirect_url(request)
    if request.method == "POST":
        keep_recovery_codes(person=request.user, now=request.now)
    factor = second_factor(request.user)
    if factor is None or not factor.codes_to_keep:
        return redirect(going_on or "second_factor")
    context = {"tab": "me", "codes": factor.codes_to_keep, "next": going_on or ""}
    return render(request, "people/recovery_codes.html", context)


@signed_in
@offered
@confirmed
@require_GET
def recovery_codes_file(request: SignedInRequest) -> HttpResponse:
    factor = second_factor(request.user)
    if factor is None or not factor.codes_to_keep:
        raise Http404
    response = render(
        request, "people/recovery_codes.txt", {"codes": factor.codes_to_keep}, content_type="text/plain; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response


@signed_in
@offered
@require_POST
@confirmed
def new_recovery_codes(request: SignedInRequest) -> HttpResponse:
    renew_recovery_codes(person=request.user, now=request.now)
    return redirect("recovery_codes")


@signed_in
@offered
@sensitive_post_parameters()
@confirmed
@require_http_methods(["GET", "POST"])
def switch_off(request: SignedInRequest) -> HttpResponse:
    if second_factor(request.user) is None:
        return redirect("second_factor")
    form = SwitchOffForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        switch_off_second_factor(person=request.user, now=request.now)
        messages.success(request, _("You sign in with your password alone now."))
        return redirect("second_factor")
    context = {"tab": "me", "form": form}
    return render(request, "people/second_factor_off.html", context, status=422 if form.errors else 200)


@may_change_people
@require_http_methods(["GET", "POST"])
def reset(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Admin: for somebody who has lost phone and recovery codes. One's own is switched off with a code."""
    person = get_object_or_404(people_with_second_factor(request.user, request.now), public_id=public_id)
    if person == request.user:
        raise PermissionDenied
    if request.method == "POST":
        reset_second_factor(person=person, by=request.user, now=request.now)
        messages.success(
            request,
            _("%(name)s signs in with the password alone now, and can set up a phone again.") % {"name": person},
        )
        return redirect("wagtailusers_users:index")
    context = {"person": person, "page_title": _("Reset the second factor")}
    return render(request, "people/admin/second_factor_reset.html", context)
