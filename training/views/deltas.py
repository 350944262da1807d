"""What changed, to be learnt: what waits to be begun, and how far people are. Counts only: nobody is named."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Locale

from people.middleware import SignedInRequest
from training.forms import DeltaForm, DismissDeltaForm
from training.permissions import may_view_programs
from training.selectors.deltas import changes_of_delta, delta_content_unscoped, deltas_unscoped
from training.services.deltas import NothingToLearn, NotWaiting, begin_delta, dismiss_delta

ROWS_A_PAGE = 30


@may_view_programs
@require_safe
def deltas(request: SignedInRequest) -> HttpResponse:
    """All of them: those that wait first."""
    page = Paginator(deltas_unscoped(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/admin/deltas.html", {"page": page, "page_title": _("What changed")})


@may_view_programs
@require_http_methods(["GET", "HEAD", "POST"])
def delta(request: SignedInRequest, number: int) -> HttpResponse:
    """One, by the number of its edition: what changed, by what it is learnt; begin or dismiss it."""
    found = get_object_or_404(deltas_unscoped(), edition__number=number)
    content = delta_content_unscoped(found)
    posted = request.POST if request.method == "POST" else None
    dismisses = posted is not None and "dismiss" in posted
    form = DeltaForm(None if dismisses else posted, content=content, initial={"days": found.days})
    dismissal = DismissDeltaForm(posted if dismisses else None)
    try:
        if form.is_valid():
            job = begin_delta(delta=found, by=request.user, now=request.now, url=request.path, **form.cleaned_data)
            return redirect("long_job", job.public_id)
        if dismissal.is_valid():
            dismiss_delta(delta=found, by=request.user, now=request.now, **dismissal.cleaned_data)
            messages.success(request, _("Nobody is asked to learn it. Whoever reads the chapter sees what changed."))
            return redirect("deltas")
    except (NotWaiting, NothingToLearn):
        messages.error(request, _("It was begun or dismissed already, or changed again since. This is how it stands."))
        return redirect("delta", number)
    context = {
        "delta": found,
        "content": content,
        "changes": changes_of_delta(found, Locale.get_default()),
        "form": form,
        "dismissal": dismissal,
        "page_title": _("What changed"),
    }
    status = 422 if form.errors or dismissal.errors else 200
    return render(request, "training/admin/delta.html", context, status=status)
