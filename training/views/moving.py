"""Scenarios in and out by file: look at what would come in, bring it in as a draft, take one along."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from core.permissions import View, admin_only
from people.middleware import SignedInRequest
from people.selectors.uploads import upload_for_viewer
from people.services import keep_upload
from training.domain.scenario.exchange.formats import FORMATS
from training.domain.scenario.exchange.records import UNSAYABLE_WORDS, WORDS, Note, Severity
from training.domain.scenario.exchange.saying import unsayable
from training.domain.scenario.exchange.schema import scenario_schema
from training.forms import ScenarioFileForm
from training.selectors.moving import (
    VOCABULARY,
    ImportPlan,
    Outcome,
    manuscript_for_editor,
    plan_import,
    practice_index_for_editor,
)
from training.services.moving import import_scenario

PER_PAGE = 50
INDEX = "scenarios:index"


@dataclass(frozen=True)
class NoteLine:
    line: int
    severity: Severity
    words: str


def for_writers(view: View) -> View:
    """Those who may write new scenarios; for everybody else there is nothing here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if practice_index_for_editor(request.user) is None:  # type: ignore[arg-type]  # admin_only lets no visitor in
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@admin_only
@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def scenario_import(request: SignedInRequest) -> HttpResponse:
    """Choose a file. It is kept for an hour, and nothing comes in yet."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ScenarioFileForm(*sent)
    if form.is_valid():
        digest = keep_upload(content=form.cleaned_data["file"], by=request.user, now=request.now)
        return redirect("scenario_import_review", form.cleaned_data["format"], digest)
    context = {"form": form, "page_title": _("Import a scenario"), "index_url": reverse(INDEX)}
    return render(request, "training/admin/import.html", context, status=422 if form.is_bound else 200)


@admin_only
@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def scenario_import_review(request: SignedInRequest, format_name: str, digest: str) -> HttpResponse:
    """What would come in from the file, and what not, and why; then the draft. Once it is in, the same page says so."""
    if format_name not in FORMATS:
        raise Http404
    content = upload_for_viewer(request.user, digest, request.now)
    if content is None:
        messages.error(request, _("The file isn’t here any more: it is kept for an hour. Choose it again."))
        return redirect("scenario_import")
    parsed = FORMATS[format_name].read(content, VOCABULARY)
    if request.method == "POST":
        imported = import_scenario(parsed=parsed, by=request.user, now=request.now)
        if imported.page is None or imported.plan.outcome == Outcome.REFUSED:
            return redirect(request.path)
        _tell(request, imported.plan.outcome)
        return redirect("wagtailadmin_pages:edit", imported.page.pk)
    plan = plan_import(request.user, parsed)
    context = {**_review(request, plan), "format": FORMATS[format_name], "counts": parsed.counts}
    return render(request, "training/admin/import_review.html", context)


@admin_only
@require_safe
def scenario_export(request: SignedInRequest, page_id: int, format_name: str) -> HttpResponse:
    """The newest draft as a file; back to the editor, with the reasons, if it can't be one."""
    manuscript = manuscript_for_editor(request.user, page_id)
    if manuscript is None or format_name not in FORMATS:
        raise Http404
    if unsaid := unsayable(manuscript.story):
        for each in unsaid[:5]:
            messages.error(request, _(UNSAYABLE_WORDS[each.reason]) % {"place": each.place})
        return redirect("wagtailadmin_pages:edit", page_id)
    into = FORMATS[format_name]
    headers = {"Content-Disposition": f'attachment; filename="{manuscript.slug}{into.suffixes[0]}"'}
    return HttpResponse(into.write(manuscript), content_type=f"{into.media_type}; charset=utf-8", headers=headers)


@admin_only
@require_safe
def scenario_file_schema(request: SignedInRequest) -> HttpResponse:
    """What a scenario in JSON looks like, as JSON Schema."""
    return JsonResponse(scenario_schema(VOCABULARY), json_dumps_params={"indent": 2})


def _tell(request: SignedInRequest, outcome: Outcome) -> None:
    if outcome == Outcome.NEW:
        messages.success(request, _("The scenario came in as a draft. Look through it, then publish it."))
    elif outcome == Outcome.CHANGED:
        messages.success(request, _("The file is the newest draft of this scenario now. What is published stays."))
    else:
        messages.warning(request, _("Nothing came in: the draft says this already."))


def _review(request: SignedInRequest, plan: ImportPlan) -> dict[str, Any]:
    """Refusals first, then warnings, in the order of the lines."""
    order = list(Severity)
    notes = sorted(plan.notes, key=lambda each: order.index(each.severity))
    page = Paginator(notes, PER_PAGE).get_page(request.GET.get("p"))
    story = plan.manuscript.story if plan.manuscript else None
    return {
        "plan": plan,
        "is_refused": plan.outcome == Outcome.REFUSED,
        "is_new": plan.outcome == Outcome.NEW,
        "is_same": plan.outcome == Outcome.SAME,
        "story": story,
        "scenes": len(list(story.scenes)) if story else 0,
        "endings": len(list(story.endings)) if story else 0,
        "page_obj": page,
        "notes": [_worded(each) for each in page],
        "edit_url": reverse("wagtailadmin_pages:edit", args=[plan.page.pk]) if plan.page else "",
        "page_title": _("Import a scenario"),
        "import_url": reverse("scenario_import"),
        "index_url": reverse(INDEX),
    }


def _worded(note: Note) -> NoteLine:
    return NoteLine(note.line, note.severity, _(WORDS[note.code]) % dict(note.params))
