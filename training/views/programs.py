"""Assigning a programme by hand, in the admin."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from core.services import begin_long_job
from people.middleware import SignedInRequest
from training.forms import AssignForm, AudienceFormSet, DeadlineForm, rules_of
from training.permissions import may_assign
from training.selectors.audience import audience_change_unscoped, audience_of_program
from training.selectors.programs import (
    assignments_for_program,
    people_to_assign,
    programs_unscoped,
    programs_with_pages_unscoped,
)
from training.services.assigning import assign_program
from training.services.audience import AUDIENCE_JOB, set_audience

ROWS_A_PAGE = 50
NAMES_SHOWN = 30


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


@may_assign
@require_http_methods(["GET", "HEAD", "POST"])
def program_audience(request: SignedInRequest, program_id: int) -> HttpResponse:
    """Whom a programme is for, and until when: first what a change would do, then, confirmed, it is done in the background."""
    program = get_object_or_404(programs_unscoped(), pk=program_id)
    posted = request.POST if request.method == "POST" else None
    rules = AudienceFormSet(posted, initial=audience_of_program(program), prefix="rules")
    deadline = DeadlineForm(posted, initial=model_to_dict(program, ("days_to_complete", "fixed_due_on")))
    is_valid = posted is not None and all([rules.is_valid(), deadline.is_valid()])
    if is_valid and "save" in request.POST:
        moves = deadline.deadline != program.deadline
        set_audience(
            program=program,
            rules=rules_of(rules, program),
            deadline=deadline.deadline,
            by=request.user,
            now=request.now,
        )
        job = begin_long_job(
            kind=AUDIENCE_JOB.name,
            key=f"{program.pk} {moves}",
            arguments={"program": program.pk, "moves": moves},
            url=request.path,
            by=request.user,
            now=request.now,
        )
        return redirect("long_job", job.public_id)
    change = (
        audience_change_unscoped(program, rules_of(rules, program), deadline.deadline, request.now)
        if is_valid
        else None
    )
    context = {
        "program": program,
        "rules": rules,
        "deadline": deadline,
        "change": change,
        "page_title": _("Whom it is for"),
        "names_shown": NAMES_SHOWN,
    }
    status = 200 if posted is None or is_valid else 422
    return render(request, "training/admin/audience.html", context, status=status)


def refuse_to_delete(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """For the admin's deletions: None where no programme needs these pages, else back, saying which does."""
    programs = programs_with_pages_unscoped(pages)
    if not programs:
        return None
    message = _("It can’t be deleted: it is part of %(programs)s. Take it out of there first.")
    messages.error(request, message % {"programs": ", ".join(f"“{title}”" for title in programs)})
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)
