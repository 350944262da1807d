"""Invitations: the new person's page, and the administrator's button that makes the link."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.middleware import TimedRequest
from core.permissions import public
from core.selectors import base_address
from people.forms import ChoosePasswordForm
from people.middleware import SignedInRequest
from people.permissions import may_invite
from people.selectors import accepted_invitation, open_invitation, people_for_viewer
from people.services import INVITATION_DAYS, InvitationClosed, accept_invitation, invite_person


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: TimedRequest, token: str) -> HttpResponse:
    """A new person chooses a password and is signed in."""
    found = open_invitation(token, request.now)
    if found is None and request.method == "POST":
        found = accepted_invitation(token)  # a double click: its second half is answered as its first
    if found is None:
        return render(request, "people/invitation_closed.html", status=404)
    form = ChoosePasswordForm(request.POST if request.method == "POST" else None, user=found.user)
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_invitation(token=token, password=form.cleaned_data["password1"], now=request.now)
        except InvitationClosed:
            return render(request, "people/invitation_closed.html", status=404)
        return perform_login(
            request, user, redirect_url=reverse("my_training")
        )  # asks for the code, where there is one
    return render(
        request, "people/invitation.html", {"form": form, "person": found.user}, status=422 if form.errors else 200
    )


@may_invite
@require_http_methods(["GET", "POST"])
def invitation_link(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Admin: make a link for one person and show it once, to be copied."""
    person = get_object_or_404(people_for_viewer(request.user, request.now), public_id=public_id, is_active=True)
    link = None
    if request.method == "POST":
        token = invite_person(user=person, by=request.user, now=request.now)
        link = base_address() + reverse("invitation", args=[token])
        messages.success(request, _("The link is ready. Copy it now: it is shown only once."))
    context = {
        "person": person,
        "link": link,
        "days": INVITATION_DAYS,
        "page_title": _("Invitation link"),
        "page_subtitle": person.name,
        "header_icon": "mail",
    }
    return render(request, "people/admin/invitation_link.html", context)
