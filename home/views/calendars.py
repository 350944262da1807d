"""One's due dates in one's own calendar: how to subscribe, and the file that calendars fetch."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.middleware import TimedRequest
from core.permissions import public, signed_in
from home.selectors.calendars import calendar_address_for_person, calendar_owner
from home.services.calendars import make_calendar_feed, stop_calendar_feed, written_calendar
from people.middleware import SignedInRequest


@signed_in
@require_safe
def my_calendar(request: SignedInRequest) -> HttpResponse:
    context = {"tab": "training", "feed": calendar_address_for_person(request.user)}
    return render(request, "home/my_calendar.html", context)


@signed_in
@require_POST
def my_calendar_new(request: SignedInRequest) -> HttpResponse:
    had_one = calendar_address_for_person(request.user) is not None
    make_calendar_feed(person=request.user, now=request.now)
    if had_one:
        messages.success(request, _("Here is a new address. The old one shows nothing any more."))
    return redirect("my_calendar")


@signed_in
@require_POST
def my_calendar_stop(request: SignedInRequest) -> HttpResponse:
    stop_calendar_feed(person=request.user, now=request.now)
    messages.success(request, _("Stopped. The address shows nothing any more."))
    return redirect("my_calendar")


@public  # calendars can't sign in: the address is the permission
@never_cache
@require_safe
def calendar_feed(request: TimedRequest, token: str) -> HttpResponse:
    person = calendar_owner(token)
    if person is None:
        raise Http404
    return HttpResponse(
        written_calendar(person=person, now=request.now),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="my-training.ics"'},
    )
