"""Admin: what is held on somebody, all of it as a file, and erasing them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.forms import ErasePersonForm
from people.middleware import SignedInRequest
from people.models import User
from people.permissions import may_change_people, may_take_data_out
from people.selectors import people_for_viewer
from people.selectors.personal_data import erasure_of, held_on, places_named, why_not_erase
from people.services import ErasureRefused, erase_person
from people.views.personal_data import export_response


@may_take_data_out
@require_safe
def person_data(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    person = _person_or_404(request, public_id)
    erased = erasure_of(person)
    context = {
        **_context(person, _("Personal data")),
        "erasure": erased,
        "places": places_named(erased) if erased else [],
        "refusal": why_not_erase(person, request.user),
    }
    return render(request, "people/admin/data.html", context)


@may_take_data_out
@require_POST
def person_data_file(request: SignedInRequest, public_id: UUID) -> FileResponse:
    return export_response(request, _person_or_404(request, public_id), "personal-data")


@may_change_people
@require_http_methods(["GET", "POST"])
def erase(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    person = _person_or_404(request, public_id)
    if erasure_of(person):
        return redirect("person_data", person.public_id)
    form = ErasePersonForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        try:
            erase_person(person=person, by=request.user, now=request.now, reason=form.cleaned_data["reason"])
        except ErasureRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The person is erased. What they did stays, under a pseudonym."))
            return redirect("person_data", person.public_id)
    context = {**_context(person, _("Erase a person")), "form": form, "refusal": why_not_erase(person, request.user)}
    return render(request, "people/admin/erase.html", context, status=422 if form.errors else 200)


def _person_or_404(request: SignedInRequest, public_id: UUID) -> User:
    return get_object_or_404(people_for_viewer(request.user, request.now), public_id=public_id)


def _context(person: User, title: str) -> dict[str, Any]:
    return {"person": person, "held": held_on(person), "page_title": title}
