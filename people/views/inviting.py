"""Who has never signed in: a list from which invitations are mailed, and mailed again."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from people.middleware import SignedInRequest
from people.permissions import may_invite
from people.selectors.inviting import ids_of_people, invited_unscoped, never_signed_in_for_viewer
from people.services import INVITATION_DAYS, request_invitations

PER_PAGE = 50


@may_invite
@require_http_methods(["GET", "HEAD", "POST"])
def people_invitations(request: SignedInRequest) -> HttpResponse:
    """Whom to send an invitation: those ticked, or all that the list holds."""
    words = request.GET.get("q", "").strip()
    people = never_signed_in_for_viewer(request.user, request.now, words)
    if request.method == "POST":
        chosen = None if "all" in request.POST else _uuids(request.POST.getlist("person"))
        _tell(request, request_invitations(user_ids=ids_of_people(people, chosen), by=request.user, now=request.now))
        return redirect(request.get_full_path())
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "words": words,
        "invited": invited_unscoped(page, request.now),
        "page_obj": page,
        "count": page.paginator.count,
        "days": INVITATION_DAYS,
        "page_title": _("Invitations"),
        "index_url": reverse("wagtailusers_users:index"),
    }
    return render(request, "people/admin/invitations.html", context)


def _uuids(texts: Iterable[str]) -> list[uuid.UUID]:
    """Those that are some; what isn't names nobody."""
    found = []
    for text in texts:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def _tell(request: SignedInRequest, asked: int) -> None:
    if asked:
        told = ngettext(
            "One invitation goes out within minutes.", "%(count)s invitations go out within minutes.", asked
        )
        messages.success(request, told % {"count": asked})
    else:
        messages.warning(request, _("Nobody was chosen. Tick who is to get an invitation."))
