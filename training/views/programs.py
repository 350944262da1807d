"""Assigning a programme by hand, in the admin."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from people.middleware import SignedInRequest
from training.forms import AssignForm
from training.permissions import may_assign
from training.selectors.programs import (
    assignments_for_program,
    people_to_assign,
    programs_unscoped,
    programs_with_pages_unscoped,
)
from training.services.assigning import assign_program

ROWS_A_PAGE = 50


@may_assign
@require_http_methods(["GET", "HEAD", "POST"])
def program_assign(request: SignedInRequest, program_id: int) -> HttpResponse:
    """Choose people and say why; below, who has the programme and how far they are."""
    program = get_object_or_404(programs_unscoped(), pk=program_id)
    form = AssignForm(
        request.POST if request.method == "POST" else None, people=people_to_assign(request.user, request.now)
    )
    if request.method == "POST" and form.is_valid():
        people, reason = form.cleaned_data["people"], form.cleaned_data["reason"]
        for person in people:
            assign_program(program=program, learner=person, by=request.user, now=request.now, reason=reason)
        done = ngettext("%(count)s person has “%(title)s” now.", "%(count)s people have “%(title)s” now.", len(people))
        messages.success(request, done % {"count": len(people), "title": program.title})
        return redirect("program_assign", program_id=program.pk)
    rows = assignments_for_program(request.user, program, request.now)
    context = {
        "program": program,
        "form": form,
        "rows": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "page_title": _("Assign"),
    }
    return render(request, "training/admin/assign.html", context, status=422 if form.errors else 200)


def refuse_to_delete(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """For the admin's deletions: None where no programme needs these pages, else back, saying which does."""
    programs = programs_with_pages_unscoped(pages)
    if not programs:
        return None
    message = _("It can’t be deleted: it is part of %(programs)s. Take it out of there first.")
    messages.error(request, message % {"programs": ", ".join(f"“{title}”" for title in programs)})
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)
