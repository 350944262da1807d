"""Questions and suggestions at a clause."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core.permissions import signed_in
from core.selectors import reader_locale
from people.middleware import SignedInRequest
from standards.domain.enquiries import OPEN_AT_MOST
from standards.enums import EnquiryKind, ReplyOutcome
from standards.forms import AskForm, ReplyForm
from standards.models import Clause
from standards.selectors.enquiries import (
    EnquiryReading,
    clause_owner,
    enquiries_for_asker,
    enquiries_for_owner,
    enquiry_for_viewer,
    open_enquiry_count_for_owner,
    owns_clauses,
)
from standards.services import (
    AnsweredMeanwhile,
    ClauseNotInForce,
    TooManyOpen,
    ask_at_clause,
    reply_to_enquiry,
)
from standards.views.reading import found_clause

REPLIED = {
    ReplyOutcome.SHOWN: gettext_lazy("Answered. It stands under the clause now, without a name."),
    ReplyOutcome.PRIVATE: gettext_lazy("Answered. Who asked finds it among their questions."),
    ReplyOutcome.CLOSED: gettext_lazy("Closed. Who asked finds the reason among their questions."),
}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, code: str) -> HttpResponse:
    reading = found_clause(request, code, reader_locale())
    record, in_force = reading.record, reading.clause
    if record.retired_at:
        return redirect(record)
    form = AskForm(request.POST if request.method == "POST" else None, initial={"kind": EnquiryKind.QUESTION})
    if form.is_valid():
        try:
            return _asked(request, record, form)
        except ClauseNotInForce:
            return redirect(record)
        except TooManyOpen:
            form.add_error(
                None,
                _(
                    "%(number)s of your questions wait for an answer already. As soon as one is answered, you can send this one."
                )
                % {"number": OPEN_AT_MOST},
            )
    context = {"tab": "standards", "clause": in_force, "form": form, "owner": clause_owner(code)}
    return render(request, "standards/ask.html", context, status=422 if form.errors else 200)


def _asked(request: SignedInRequest, record: Clause, form: AskForm) -> HttpResponse:
    enquiry = ask_at_clause(
        asker=request.user,
        clause=record,
        kind=EnquiryKind(form.cleaned_data["kind"]),
        text=form.cleaned_data["text"],
        is_named=form.cleaned_data["is_named"],
        now=request.now,
    )
    owner = clause_owner(record.code)
    sent = _("Sent. %(name)s looks after this clause and will answer.") % {"name": owner.name} if owner else ""
    messages.success(request, sent or _("Sent. An editor of this chapter will answer."))
    return redirect(enquiry)


@signed_in
@require_safe
def questions(request: SignedInRequest) -> HttpResponse:
    """One's own; with `show=to-answer` those that wait at the clauses that one owns."""
    is_to_answer = request.GET.get("show") == "to-answer"
    listed = (enquiries_for_owner if is_to_answer else enquiries_for_asker)(request.user, request.GET.get("page"))
    context = {
        "tab": "standards",
        "listed": listed,
        "is_to_answer": is_to_answer,
        "is_owner": owns_clauses(request.user),
        "waiting": open_enquiry_count_for_owner(request.user),
    }
    return render(request, "standards/questions.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """A question or suggestion with its answer; who may answer does so here, in the admin or not."""
    reading = _question(request, public_id)
    if request.method == "POST":
        return _reply(request, reading)
    last = reading.entry.reply
    initial = {"outcome": last.outcome, "text": last.text} if last else {"outcome": ReplyOutcome.PRIVATE}
    return _render_question(request, reading, ReplyForm(initial=initial))


def _question(request: SignedInRequest, public_id: uuid.UUID) -> EnquiryReading:
    reading = enquiry_for_viewer(request.user, public_id, reader_locale())
    if reading is None:
        raise Http404
    return reading


def _reply(request: SignedInRequest, reading: EnquiryReading) -> HttpResponse:
    if not reading.can_reply:
        raise PermissionDenied
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _render_question(request, reading, form, status=422)
    outcome = ReplyOutcome(form.cleaned_data["outcome"])
    try:
        reply_to_enquiry(
            enquiry=reading.record,
            outcome=outcome,
            text=form.cleaned_data["text"],
            after=form.cleaned_data["after"],
            by=request.user,
            now=request.now,
        )
    except AnsweredMeanwhile:
        form.add_error(
            None, _("Somebody has replied meanwhile. Read it above; then send yours too, if it is still needed.")
        )
        return _render_question(request, _question(request, reading.entry.public_id), form, status=409)
    messages.success(request, str(REPLIED[outcome]))
    return redirect(reading.record)


def _render_question(
    request: SignedInRequest, reading: EnquiryReading, form: ReplyForm, status: int = 200
) -> HttpResponse:
    context = {"tab": "standards", "reading": reading, "entry": reading.entry, "clause": reading.clause, "form": form}
    return render(request, "standards/question.html", context, status=status)
