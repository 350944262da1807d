"""Something for many people of My team at once: chosen in the list, asked for in a form, shown before it is done, then done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_http_methods

from core.selectors import organisation_today
from home.forms.bulk import AssignManyForm, ChoosingForm, ExtendManyForm, RemindManyForm, WaiveManyForm, ids_in
from home.forms.filters import TeamFilterForm
from home.permissions import supervisors_only
from home.views import team as matrix_page
from people.middleware import SignedInRequest
from people.models import User
from training.enums import LeftOut
from training.selectors.many import (
    Sorted,
    programs_of_people_unscoped,
    to_assign_unscoped,
    to_extend_unscoped,
    to_remind_unscoped,
    to_waive_unscoped,
)
from training.selectors.programs import programs_unscoped
from training.selectors.team import (
    people_chosen_unscoped,
    people_in_teams_of_supervisor,
    people_of_matrix,
    team_matrix_for_supervisor,
)
from training.services.many import assign_many, extend_many, remind_many, waive_many

MOST_AT_ONCE = 1000
NAMED = 5
A_DAY = timedelta(days=1)
SALT = "home.team_bulk"


@dataclass(frozen=True)
class Deed:
    """What can be done for many. sort_out says for whom, carry_out does it: both with the people and what the form asks for."""

    form: Callable[..., forms.Form]
    heading: str | Promise
    button: Any
    done: Any
    sort_out: Callable[..., Sorted]
    carry_out: Callable[..., Sorted]


@dataclass(frozen=True)
class Chosen:
    """people: whom it is about; gone: who was chosen, and is in no team of the supervisor's any more."""

    people: list[User]
    gone: list[User]

    @property
    def ids(self) -> list[int]:
        return [each.pk for each in self.people]


def _remind(*, by: User, **asked: Any) -> Sorted:
    return remind_many(**asked)


DEEDS = {
    "remind": Deed(
        RemindManyForm,
        gettext_lazy("Remind"),
        ngettext_lazy("Remind %(count)s person", "Remind %(count)s people", "count"),
        ngettext_lazy("%(count)s person is reminded.", "%(count)s people are reminded.", "count"),
        to_remind_unscoped,
        _remind,
    ),
    "assign": Deed(
        AssignManyForm,
        gettext_lazy("Assign a programme"),
        ngettext_lazy("Assign it to %(count)s person", "Assign it to %(count)s people", "count"),
        ngettext_lazy("%(count)s person has it now.", "%(count)s people have it now.", "count"),
        lambda reason, **asked: to_assign_unscoped(**asked),
        assign_many,
    ),
    "extend": Deed(
        ExtendManyForm,
        gettext_lazy("More time"),
        ngettext_lazy("Give %(count)s person more time", "Give %(count)s people more time", "count"),
        ngettext_lazy("%(count)s person has more time now.", "%(count)s people have more time now.", "count"),
        lambda reason, **asked: to_extend_unscoped(**asked),
        extend_many,
    ),
    "waive": Deed(
        WaiveManyForm,
        gettext_lazy("Waive"),
        ngettext_lazy("Waive it for %(count)s person", "Waive it for %(count)s people", "count"),
        ngettext_lazy("It is waived for %(count)s person.", "It is waived for %(count)s people.", "count"),
        lambda reason, **asked: to_waive_unscoped(**asked),
        waive_many,
    ),
}


@supervisors_only
@require_http_methods(["GET", "HEAD", "POST"])
def team_bulk(request: SignedInRequest) -> HttpResponse:
    """GET brings who was chosen in the list and what to do; POST with `go` = check shows what it would do, with do it is done."""
    asked = request.POST if request.method == "POST" else request.GET
    deed = DEEDS.get(asked.get("do", ""))
    chosen = _sent(request) if request.method == "POST" else Chosen(_picked(request), [])
    if deed is None or not (chosen.people or chosen.gone):
        return _back(request, _("Tick at least one person, and say what to do."))
    if len(chosen.people) > MOST_AT_ONCE:
        return _back(request, _("These are more than %(most)s people: narrow the list first.") % {"most": MOST_AT_ONCE})
    form = _form(request, deed, chosen)
    go = request.POST.get("go") if form.is_valid() else None
    if go == "do":
        done = deed.carry_out(people=chosen.ids, by=request.user, now=request.now, **form.cleaned_data)
        return _done(request, deed, done, chosen)
    found = deed.sort_out(people=chosen.ids, now=request.now, **form.cleaned_data) if go == "check" else None
    return _asked(request, deed, form, chosen, found)


def _picked(request: SignedInRequest) -> list[User]:
    who = ChoosingForm(request.GET).chosen()
    if who == "ticked":
        return people_in_teams_of_supervisor(request.user, request.now, ids_in(request.GET.getlist("person")))
    matrix = team_matrix_for_supervisor(request.user, request.now, **TeamFilterForm(request.GET).as_filters())
    if who == "all":
        return people_of_matrix(matrix, stop=MOST_AT_ONCE + 1)
    page = Paginator(range(matrix.found), matrix_page.ROWS_A_PAGE).get_page(request.GET.get("page"))
    return people_of_matrix(matrix, *matrix_page.places(page.number))


def _sent(request: SignedInRequest) -> Chosen:
    """Those of the people whom the form was about who are in a team of theirs still, and those who are not."""
    try:
        ids = signing.loads(request.POST.get("people", ""), salt=_salt(request), max_age=A_DAY)
    except signing.BadSignature:
        return Chosen([], [])
    picked = [UUID(each) for each in ids]
    people = people_in_teams_of_supervisor(request.user, request.now, picked)
    return Chosen(people, [each for each in people_chosen_unscoped(picked) if each not in people])


def _salt(request: SignedInRequest) -> str:
    """What one supervisor chose is nothing to another: whom it names may be no longer theirs to see."""
    return f"{SALT}:{request.user.pk}"


def _form(request: SignedInRequest, deed: Deed, chosen: Chosen) -> forms.Form:
    today = organisation_today(request.now)
    programs = programs_unscoped()
    offered = programs if deed is DEEDS["assign"] else programs_of_people_unscoped(chosen.ids)
    more: dict[str, Any] = {"today": today} if deed is DEEDS["extend"] else {}
    data = request.POST if request.method == "POST" else None
    return deed.form(data, programs=programs, offered=offered, initial={"starts_on": today.isoformat()}, **more)


def _asked(
    request: SignedInRequest, deed: Deed, form: forms.Form, chosen: Chosen, found: Sorted | None
) -> HttpResponse:
    """The form; with `found`, what it would do, and the form's answers to be sent once more."""
    context: dict[str, Any] = {
        "tab": "team",
        "do": next(name for name, each in DEEDS.items() if each is deed),
        "heading": deed.heading,
        "form": form,
        "people": chosen.people,
        "token": signing.dumps(
            [each.public_id.hex for each in [*chosen.people, *chosen.gone]], salt=_salt(request), compress=True
        ),
        "found": found,
    }
    if found is not None:
        context["takes"] = [each for each in chosen.people if each.pk in found.takes]
        context["left_out"] = _left_out(found, chosen)
        context["button"] = deed.button % {"count": len(found.takes)}
    return render(request, "home/team_bulk.html", context, status=422 if form.errors else 200)


def _done(request: SignedInRequest, deed: Deed, found: Sorted, chosen: Chosen) -> HttpResponse:
    if found.takes:
        messages.success(request, deed.done % {"count": len(found.takes)})
    if left_out := _left_out(found, chosen):
        messages.warning(request, _in_words(left_out))
    return redirect("my_team")


def _left_out(found: Sorted, chosen: Chosen) -> list[tuple[User, str]]:
    """Who, and why."""
    staying = [(each, str(found.left_out[each.pk].label)) for each in chosen.people if each.pk in found.left_out]
    return [(each, str(LeftOut.GONE.label)) for each in chosen.gone] + staying


def _in_words(left_out: list[tuple[User, str]]) -> str:
    named = ", ".join(f"{person.name} ({reason})" for person, reason in left_out[:NAMED])
    more = len(left_out) - NAMED
    if more <= 0:
        return _("Left out: %(names)s.") % {"names": named}
    return ngettext("Left out: %(names)s, and %(count)s more.", "Left out: %(names)s, and %(count)s more.", more) % {
        "names": named,
        "count": more,
    }


def _back(request: SignedInRequest, said: str) -> HttpResponse:
    messages.error(request, said)
    filters = TeamFilterForm(request.GET).as_filters()
    address = matrix_page.address_of(filters)
    return redirect(f"{reverse('my_team')}?{address}" if address else "my_team")
