"""My record of learning: on a page, and as a PDF; the PDF also for whoever looks after somebody."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.permissions import signed_in
from home.enums import RecordKind
from home.permissions import who_sees_others
from home.selectors.record import record_for_learner
from home.services.record import print_record
from home.views.person import person_or_404
from people.middleware import SignedInRequest
from people.models import User

logger = logging.getLogger(__name__)

ENTRIES_A_PAGE = 30


@signed_in
@require_safe
def my_record(request: SignedInRequest) -> HttpResponse:
    kind = _kind(request)
    record: Any = record_for_learner(request.user, [kind] if kind else list(RecordKind))
    context = {
        "tab": "training",
        "page": Paginator(record, ENTRIES_A_PAGE).get_page(request.GET.get("page")),
        "kinds": RecordKind,
        "kind": kind,
    }
    return render(request, "home/my_record.html", context)


@signed_in
@require_safe
def my_record_pdf(request: SignedInRequest) -> HttpResponse:
    return _file(request, request.user) or redirect("my_record")


@who_sees_others
@require_safe
def team_person_record(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Somebody's record, for who looks after them."""
    return _file(request, person_or_404(request, public_id)) or redirect("team_person", public_id)


def _kind(request: SignedInRequest) -> RecordKind | None:
    """What the address asks for; everything where it asks for nothing that there is."""
    asked = request.GET.get("kind", "")
    return RecordKind(asked) if asked in RecordKind else None


def _file(request: SignedInRequest, learner: User) -> HttpResponse | None:
    """The PDF; None, and a word of why, where it can't be set."""
    try:
        pdf = print_record(learner=learner, now=request.now)
    except Exception:  # fonts, the logo, whatever: the page still says everything
        logger.exception("The record of person %s can't be set", learner.pk)
        messages.error(request, _("The PDF can’t be made just now. Try again later, or tell your administrator."))
        return None
    name = f"record-of-learning-{request.now:%Y-%m-%d}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
