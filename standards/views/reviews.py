"""“Reviewed, no change”: for the owner of a clause, and for who may edit its chapter."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.permissions import signed_in
from core.selectors import organisation_today, reader_locale
from people.middleware import SignedInRequest
from standards.forms import ReviewForm
from standards.models import Clause
from standards.selectors.keeping import keeping_for_viewer
from standards.services import StandardsChanged
from standards.services.reviews import record_review
from standards.views.reading import found_clause


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def clause_review(request: SignedInRequest, code: str) -> HttpResponse:
    found = found_clause(request, code, reader_locale())
    record, in_force, page = found.record, found.clause, found.page
    keeping = keeping_for_viewer(request.user, in_force, page, request.now)
    if keeping is None or record.retired_at:
        raise Http404
    today = organisation_today(request.now)
    form = ReviewForm(request.POST if request.method == "POST" else None, today=today, version=in_force.version_id)
    if request.method == "POST" and form.is_valid():
        return _review(request, record, form)
    context = {
        "tab": "standards",
        "clause": in_force,
        "chapter": page,
        "words": found.words,
        "keeping": keeping,
        "form": form,
    }
    return render(request, "standards/clause_review.html", context, status=422 if form.errors else 200)


def _review(request: SignedInRequest, record: Clause, form: ReviewForm) -> HttpResponse:
    try:
        record_review(clause=record, by=request.user, now=request.now, **form.cleaned_data)
    except StandardsChanged:
        messages.warning(
            request, _("This clause changed while you were reading. Nothing was recorded. Read it once more, please.")
        )
        return redirect("clause_review", code=record.code)
    messages.success(request, _("Recorded: reviewed, no change. Thank you."))
    return redirect(record)
