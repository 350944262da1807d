"""The standards as people read and sign them."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Locale

from core.permissions import signed_in
from core.selectors import base_address, reader_locale
from people.middleware import SignedInRequest
from standards.domain.enquiries import OPEN_AT_MOST
from standards.enums import EnquiryKind, ReplyOutcome
from standards.forms import AskForm, CompareForm, LookupForm, ReplyForm, SignForm
from standards.models import Clause
from standards.selectors.changes import clause_history
from standards.selectors.chapters import current_edition
from standards.selectors.clauses import tags_by_code
from standards.selectors.comparing import edition_comparison_for_viewer
from standards.selectors.editions import edition_for_viewer, edition_list_for_viewer, editions_for_viewer
from standards.selectors.enquiries import (
    EnquiryReading,
    clause_owner,
    enquiries_at_clause,
    enquiries_for_asker,
    enquiries_for_owner,
    enquiry_for_viewer,
    open_enquiry_count_for_owner,
    owns_clauses,
)
from standards.selectors.keeping import keeping_for_viewer
from standards.selectors.lookup import look_up
from standards.selectors.reading import (
    ChapterReading,
    ClauseReading,
    chapter_cards_for_learner,
    chapter_for_learner,
    clause_for_viewer,
)
from standards.services import (
    AnsweredMeanwhile,
    ClauseNotInForce,
    NothingToSign,
    StandardsChanged,
    TooManyOpen,
    acknowledge_chapter,
    ask_at_clause,
    reply_to_enquiry,
)

REPLIED = {
    ReplyOutcome.SHOWN: gettext_lazy("Answered. It stands under the clause now, without a name."),
    ReplyOutcome.PRIVATE: gettext_lazy("Answered. Who asked finds it among their questions."),
    ReplyOutcome.CLOSED: gettext_lazy("Closed. Who asked finds the reason among their questions."),
}


@signed_in
@require_safe
def standards(request: SignedInRequest) -> HttpResponse:
    cards = chapter_cards_for_learner(request.user, reader_locale())
    return render(
        request, "standards/standards.html", {"tab": "standards", "cards": cards, "edition": current_edition()}
    )


@signed_in
@require_safe
def clause_search(request: SignedInRequest) -> HttpResponse:
    form = LookupForm(request.GET)
    query, chapter_slug = form.as_query()
    context: dict[str, object] = {
        "tab": "standards",
        "query": query,
        "chapter": chapter_slug,
        "address": urlencode({"q": query}),
    }
    if query:
        context["lookup"] = look_up(request.user, query, reader_locale(), chapter_slug)
    return render(request, "standards/search.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def chapter(request: SignedInRequest, slug: str) -> HttpResponse:
    reading = chapter_for_learner(request.user, slug, reader_locale())
    if reading is None:
        raise Http404
    if request.method == "POST":
        return _sign(request, reading)
    return _render_chapter(request, reading, SignForm())


@signed_in
@require_safe
def clause(request: SignedInRequest, code: str) -> HttpResponse:
    locale = reader_locale()
    reading = _found(request, code, locale)
    context = {
        "tab": "standards",
        "record": reading.record,
        "clause": reading.clause,
        "chapter": reading.page,
        "words": reading.words,
        "tags": tags_by_code()[reading.record.code],
        "keeping": keeping_for_viewer(request.user, reading.clause, reading.page, request.now),
        "history": clause_history(reading.record.pk, locale),
        "asked": enquiries_at_clause(request.user, reading.record, request.GET.get("page")),
        "locale": locale,
    }
    return render(request, "standards/clause.html", context)


@signed_in
@require_safe
def clause_card(request: SignedInRequest, code: str) -> HttpResponse:
    """A clause to print for the back of a counter. What no longer applies is not printed any more."""
    reading = _found(request, code, reader_locale())
    if reading.record.retired_at:
        return redirect(reading.record)
    address = base_address() + reading.record.get_absolute_url()
    context = {"tab": "standards", "clause": reading.clause, "address": address}
    return render(request, "standards/clause_card.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, code: str) -> HttpResponse:
    reading = _found(request, code, reader_locale())
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


def _found(request: SignedInRequest, code: str, locale: Locale) -> ClauseReading:
    found = clause_for_viewer(request.user, code, locale)
    if found is None:
        raise Http404
    return found


@signed_in
@require_safe
def editions(request: SignedInRequest) -> HttpResponse:
    listed = edition_list_for_viewer(request.user, reader_locale(), request.GET.get("page"))
    return render(request, "standards/editions.html", {"tab": "standards", "page": listed.page, "rows": listed.rows})


@signed_in
@require_safe
def edition(request: SignedInRequest, number: int) -> HttpResponse:
    text = edition_for_viewer(request.user, number, reader_locale())
    if text is None:
        raise Http404
    return render(request, "standards/edition.html", {"tab": "standards", "edition": text})


@signed_in
@require_safe
def compare_editions(request: SignedInRequest) -> HttpResponse:
    """Without a choice, the current edition beside the one before it; the older one always comes first."""
    heads = editions_for_viewer(request.user)
    numbers = [head.number for head in heads]
    chosen = request.GET.dict()
    if len(heads) > 1 and not {"from", "to"} & set(chosen):
        chosen |= {"from": str(numbers[1]), "to": str(numbers[0])}
    form = CompareForm(chosen, numbers)
    context = {"tab": "standards", "form": form, "heads": heads}
    if len(heads) > 1 and form.is_valid():
        older, newer = form.editions()
        context["comparison"] = edition_comparison_for_viewer(request.user, older, newer, reader_locale())
    status = 422 if len(heads) > 1 and form.errors else 200
    return render(request, "standards/compare_editions.html", context, status=status)


def _sign(request: SignedInRequest, reading: ChapterReading) -> HttpResponse:
    form = SignForm(request.POST)
    if not form.is_valid():
        return _render_chapter(request, reading, form, status=422)
    try:
        acknowledge_chapter(
            learner=request.user,
            chapter_key=reading.page.translation_key,
            versions=form.cleaned_data["versions"],
            texts=form.cleaned_data["texts"],
            sentence=signing_sentence(reading),
            locale=reading.locale,
            now=request.now,
        )
    except StandardsChanged:
        messages.warning(
            request, _("This chapter changed while you were reading. Nothing was signed. Read it once more, then sign.")
        )
        return redirect("chapter", slug=reading.page.slug)
    except NothingToSign:
        raise Http404 from None
    messages.success(request, _("Signed. Thank you for reading it."))
    return redirect(reverse("my_training"))


def signing_sentence(reading: ChapterReading) -> str:
    """The sentence beside the tick, which the record keeps."""
    sentence = (
        _("I have read what changed in “%(chapter)s” and will work by it.")
        if reading.is_about_changes
        else _("I have read “%(chapter)s” and will work by it.")
    )
    return sentence % {"chapter": reading.words.title}


def _render_chapter(
    request: SignedInRequest, reading: ChapterReading, form: SignForm, status: int = 200
) -> HttpResponse:
    context = {
        "tab": "standards",
        "reading": reading,
        "chapter": reading.page,
        "form": form,
        "sentence": signing_sentence(reading),
        "versions": ",".join(str(clause.version_id) for clause in reading.to_sign.values()),
        "texts": ",".join(str(clause.text_id) for clause in reading.to_sign.values()),
    }
    return render(request, "standards/chapter.html", context, status=status)
