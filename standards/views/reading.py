"""The standards as people read, look up and sign them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Locale

from core.permissions import signed_in
from core.selectors import base_address, reader_locale
from people.middleware import SignedInRequest
from standards.forms import LookupForm, SignForm
from standards.selectors.changes import clause_history
from standards.selectors.chapters import current_edition
from standards.selectors.clauses import tags_by_code
from standards.selectors.enquiries import (
    enquiries_at_clause,
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
    NothingToSign,
    StandardsChanged,
    acknowledge_chapter,
)


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
    reading = found_clause(request, code, locale)
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
    reading = found_clause(request, code, reader_locale())
    if reading.record.retired_at:
        return redirect(reading.record)
    address = base_address() + reading.record.get_absolute_url()
    context = {"tab": "standards", "clause": reading.clause, "address": address}
    return render(request, "standards/clause_card.html", context)


def found_clause(request: SignedInRequest, code: str, locale: Locale) -> ClauseReading:
    found = clause_for_viewer(request.user, code, locale)
    if found is None:
        raise Http404
    return found


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
