"""One person's page for whoever looks after them, what they hand out, and reminding."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from home.permissions import who_sees_others
from home.selectors.person import looked_after_by_viewer, person_reading
from people.middleware import SignedInRequest
from people.models import User
from training.domain.evidence import CONTENT_TYPES
from training.models import ProgramStatus
from training.selectors.person import evidence_for_learner, status_for_learner
from training.services.exceptions import NothingOpen
from training.services.telling import remind

EVENTS_A_PAGE = 30


@who_sees_others
@require_safe
def team_person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    reading = person_reading(person_or_404(request, public_id), request.now)
    history: Any = reading.history  # a sequence to a paginator, if not to its types
    page = Paginator(history, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    context = {"tab": "team", "reading": reading, "person": reading.person, "page": page}
    return render(request, "home/person.html", context)


@who_sees_others
@require_POST
def team_person_remind(request: SignedInRequest, public_id: UUID, slug: str) -> HttpResponse:
    status = status_or_404(person_or_404(request, public_id), slug)
    names = {"name": status.learner.name, "title": status.program.title}
    try:
        if remind(status=status, now=request.now):
            messages.success(request, _("%(name)s is reminded of “%(title)s”.") % names)
        else:
            messages.info(request, _("%(name)s was reminded of “%(title)s” today already.") % names)
    except NothingOpen:
        messages.error(request, _("%(name)s has nothing to do in “%(title)s” just now.") % names)
    return redirect("my_team") if request.POST.get("from") == "team" else redirect("team_person", public_id)


@who_sees_others
@require_safe
def team_person_evidence(request: SignedInRequest, public_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """The file that shows why somebody was waived, or what they learnt elsewhere."""
    file = evidence_for_learner(person_or_404(request, public_id), evidence_id)
    if file is None or not file.name or not file.storage.exists(file.name):
        raise Http404
    kind = PurePath(file.name).suffix.removeprefix(".")
    content_type = CONTENT_TYPES.get(kind, "application/octet-stream")
    return FileResponse(file.open("rb"), as_attachment=True, filename=f"evidence.{kind}", content_type=content_type)


def person_or_404(request: SignedInRequest, public_id: UUID) -> User:
    person = looked_after_by_viewer(request.user, public_id, request.now)
    if person is None:
        raise Http404
    return person


def status_or_404(person: User, slug: str) -> ProgramStatus:
    status = status_for_learner(person, slug)
    if status is None:
        raise Http404
    return status
