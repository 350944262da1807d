"""What one was told, and what one wants mailed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.middleware import TimedRequest
from core.permissions import signed_in
from outbox.enums import NoticeState
from outbox.forms import MailChoicesForm
from outbox.selectors import choices_for_person, notice_for_person, notices_for_person
from outbox.services import choose_mails, mark_all_read, mark_read

NOTICES_A_PAGE = 20


@signed_in
@require_safe
def notices(request: TimedRequest) -> HttpResponse:
    pages = Paginator(notices_for_person(request.user), NOTICES_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {"page": page, "new": NoticeState.NEW, "now": request.now, "tab": "notices"}
    return render(request, "outbox/notices.html", context)


@signed_in
@require_POST
def notice_open(request: TimedRequest, public_id: UUID) -> HttpResponse:
    """Marks it read and leads to what it is about."""
    notice = notice_for_person(request.user, public_id)
    if notice is None:
        raise Http404
    mark_read(notice=notice, now=request.now)
    return redirect(notice.url)


@signed_in
@require_POST
def notices_read(request: TimedRequest) -> HttpResponse:
    """Marks read what was there when the page was made."""
    mark_all_read(person=request.user, until=_moment(request), now=request.now)
    return redirect("notices")


def _moment(request: TimedRequest) -> datetime:
    try:
        sent = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        sent = None
    return sent if sent and sent.tzinfo else request.now


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: TimedRequest) -> HttpResponse:
    choices = choices_for_person(request.user)
    form = MailChoicesForm(request.POST, choices=choices)
    if request.method == "POST" and form.is_valid():
        choose_mails(person=request.user, wanted=form.cleaned_data["wanted"], by=request.user, now=request.now)
        messages.success(request, _("Saved. The bell still shows you everything."))
        return redirect("notice_settings")
    return render(request, "outbox/settings.html", {"choices": choices, "tab": "notices"})
