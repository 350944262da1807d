"""What a supervisor can do for a person: each a page with a form, and back to the person when it is done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from home.forms.person import AssignOneForm, CoachingForm, ExtendForm, LeaveForm, PriorLearningForm, WaiveForm, WhyForm
from home.permissions import who_sees_others
from home.views.person import person_or_404, status_or_404
from people.middleware import SignedInRequest
from people.models import User
from people.selectors import branch_for_person, local_today
from training.selectors.person import (
    activities_to_credit_unscoped,
    programs_to_assign_for_learner,
    waiver_for_learner,
)
from training.selectors.programs import programs_unscoped
from training.services.assigning import AlreadyClosed, assign_program, release_assignment
from training.services.coaching import note_coaching_talk
from training.services.exceptions import (
    Contradiction,
    NothingOpen,
    end_waiver,
    extend_assignment,
    record_leave,
    record_prior_learning,
    waive_program,
)

forms_only = require_http_methods(["GET", "HEAD", "POST"])


@who_sees_others
@forms_only
def team_person_extend(request: SignedInRequest, public_id: UUID, slug: str) -> HttpResponse:
    person = person_or_404(request, public_id)
    status = status_or_404(person, slug)
    today = local_today(branch_for_person(person, request.now), request.now)
    form = ExtendForm(_posted(request), present=status.due_on or today, today=today)
    if form.is_valid():
        try:
            extend_assignment(assignment=status.assignment, by=request.user, now=request.now, **form.cleaned_data)
        except Contradiction:
            form.add_error("due_on", _("It is due on that day already, or later."))
        except NothingOpen:
            return _closed(request, person)
        else:
            return _done(request, person, _("There is more time for “%(title)s” now.") % {"title": status.program})
    return _asked(request, person, form, (_("More time"), _("Give more time")), status.program)


@who_sees_others
@forms_only
def team_person_coaching(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    person = person_or_404(request, public_id)
    today = local_today(branch_for_person(person, request.now), request.now)
    form = CoachingForm(_posted(request), today=today, initial={"held_on": today.isoformat()})
    if form.is_valid():
        note_coaching_talk(learner=person, by=request.user, now=request.now, **form.cleaned_data)
        return _done(request, person, _("The talk is noted."))
    return _asked(request, person, form, (_("Note a coaching talk"), _("Note it")))


@who_sees_others
@forms_only
def team_person_leave(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    person = person_or_404(request, public_id)
    form = LeaveForm(_posted(request))
    if form.is_valid():
        try:
            record_leave(user=person, by=request.user, now=request.now, **form.cleaned_data)
        except Contradiction:
            form.add_error("starts_on", _("Another leave is on record for some of these days."))
        else:
            return _done(request, person, _("The leave is on record. What is due waits meanwhile."))
    return _asked(request, person, form, (_("Leave"), _("Record it")))


@who_sees_others
@forms_only
def team_person_waive(request: SignedInRequest, public_id: UUID, slug: str) -> HttpResponse:
    person = person_or_404(request, public_id)
    program = status_or_404(person, slug).program
    today = local_today(branch_for_person(person, request.now), request.now)
    form = WaiveForm(_posted(request), request.FILES or None, initial={"starts_on": today.isoformat()})
    if form.is_valid():
        waive_program(learner=person, program=program, by=request.user, now=request.now, **form.cleaned_data)
        return _done(request, person, _("“%(title)s” is waived.") % {"title": program})
    return _asked(request, person, form, (_("Waive"), _("Waive it")), program)


@who_sees_others
@forms_only
def team_person_prior_learning(request: SignedInRequest, public_id: UUID, slug: str) -> HttpResponse:
    person = person_or_404(request, public_id)
    status = status_or_404(person, slug)
    if request.method != "POST" and not status.is_open:
        return _closed(request, person)
    today = local_today(branch_for_person(person, request.now), request.now)
    activities = activities_to_credit_unscoped(status)
    form = PriorLearningForm(_posted(request), request.FILES or None, activities=activities, today=today)
    if form.is_valid():
        try:
            record_prior_learning(assignment=status.assignment, by=request.user, now=request.now, **form.cleaned_data)
        except NothingOpen:
            return _closed(request, person)
        done = _("What %(name)s learnt elsewhere counts for “%(title)s” now.") % {
            "name": person,
            "title": status.program,
        }
        return _done(request, person, done)
    return _asked(request, person, form, (_("Prior learning"), _("Record it")), status.program)


@who_sees_others
@forms_only
def team_person_end_waiver(request: SignedInRequest, public_id: UUID, waiver_id: UUID) -> HttpResponse:
    person = person_or_404(request, public_id)
    waiver = waiver_for_learner(person, waiver_id)
    if waiver is None:
        raise Http404
    form = WhyForm(_posted(request))
    if form.is_valid():
        today = local_today(branch_for_person(person, request.now), request.now)
        end_waiver(waiver=waiver, ended_on=today, by=request.user, now=request.now, **form.cleaned_data)
        return _done(request, person, _("“%(title)s” is no longer waived.") % {"title": waiver.program})
    return _asked(request, person, form, (_("End the waiver"), _("End it today")), waiver.program)


@who_sees_others
@forms_only
def team_person_release(request: SignedInRequest, public_id: UUID, slug: str) -> HttpResponse:
    """Only of what was assigned by hand: a rule would assign it again."""
    person = person_or_404(request, public_id)
    status = status_or_404(person, slug)
    if status.assignment.is_by_rule:
        raise Http404
    form = WhyForm(_posted(request))
    if form.is_valid():
        try:
            release_assignment(assignment=status.assignment, by=request.user, now=request.now, **form.cleaned_data)
        except AlreadyClosed:
            return _closed(request, person)
        done = _("%(name)s need not do “%(title)s” any more.") % {"name": person, "title": status.program}
        return _done(request, person, done)
    return _asked(request, person, form, (_("Release"), _("Release from it")), status.program)


@who_sees_others
@forms_only
def team_person_assign(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    person = person_or_404(request, public_id)
    branch = branch_for_person(person, request.now)
    offered = programs_to_assign_for_learner(person, branch, request.now)
    form = AssignOneForm(_posted(request), programs=programs_unscoped(), offered=offered)
    if form.is_valid():
        made = assign_program(learner=person, by=request.user, now=request.now, **form.cleaned_data)
        done = _("%(name)s has “%(title)s” now.") % {"name": person, "title": made.program}
        return _done(request, person, done)
    return _asked(request, person, form, (_("Assign a programme"), _("Assign")))


def _posted(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _asked(
    request: SignedInRequest, person: User, form: forms.Form, words: tuple[str, str], program: object = None
) -> HttpResponse:
    """The form, with what was typed and what is wrong with it. words: its heading, and what its button says."""
    heading, button = words
    context = {
        "tab": "team",
        "person": person,
        "form": form,
        "heading": heading,
        "button": button,
        "program": program,
    }
    return render(request, "home/person_action.html", context, status=422 if form.errors else 200)


def _done(request: SignedInRequest, person: User, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("team_person", person.public_id)


def _closed(request: SignedInRequest, person: User) -> HttpResponse:
    messages.error(request, _("It is done or released already: there is nothing to change."))
    return redirect("team_person", person.public_id)
