"""Questions in and out of the bank by file: look at what would come in, bring it in, take questions along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from core.permissions import has_permission
from people.middleware import SignedInRequest
from people.selectors.uploads import upload_for_viewer
from people.services import keep_upload
from quizzes.admin_forms.moving import ImportForm
from quizzes.domain.exchange.examples import examples
from quizzes.domain.exchange.formats import FORMATS, Format, divide
from quizzes.domain.exchange.records import WORDS, Note, Severity
from quizzes.domain.exchange.saying import UNSAYABLE_WORDS
from quizzes.domain.exchange.spreadsheets import write_template
from quizzes.enums import QuestionKind, Standing
from quizzes.selectors.bank import questions_in_bank_unscoped
from quizzes.selectors.exchange import ImportPlan, PlannedQuestion, entries_unscoped, plan_import_unscoped
from quizzes.services import import_questions
from quizzes.viewsets.listing import QuestionFilterSet

PER_PAGE = 50
INDEX = "wagtailsnippets_quizzes_question:list"


@dataclass(frozen=True)
class NoteLine:
    line: int
    severity: Severity
    words: str


@dataclass(frozen=True)
class PlanLine:
    """A question of the file as its row in the table says it."""

    line: int
    title: str
    kind: str
    standing: Standing
    codes: str
    notes: tuple[NoteLine, ...]
    edit_url: str


@has_permission("quizzes.add_question")
@require_http_methods(["GET", "HEAD", "POST"])
def questions_import(request: SignedInRequest) -> HttpResponse:
    """Choose a file. It is kept for an hour, and nothing comes in yet."""
    may_publish = request.user.has_perm("quizzes.publish_question")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, may_publish=may_publish)
    if form.is_valid():
        said = form.cleaned_data
        digest = keep_upload(content=said["file"], by=request.user, now=request.now)
        return redirect(_review_url(said["format"], digest, publishes=said.get("publishes", False)))
    context = {"form": form, "page_title": _("Import questions"), "index_url": reverse(INDEX)}
    return render(request, "quizzes/admin/import.html", context, status=422 if form.is_bound else 200)


@has_permission("quizzes.add_question")
@require_http_methods(["GET", "HEAD", "POST"])
def questions_import_review(request: SignedInRequest, format_name: str, digest: str) -> HttpResponse:
    """What would come in from the file, and what can't and why; then all of it. Once it is in, the same page says so."""
    if format_name not in FORMATS:
        raise Http404
    content = upload_for_viewer(request.user, digest, request.now)
    if content is None:
        messages.error(request, _("The file isn’t here any more: it is kept for an hour. Choose it again."))
        return redirect("questions_import")
    asked = request.POST if request.method == "POST" else request.GET
    publishes = asked.get("publishes") == "1" and request.user.has_perm("quizzes.publish_question")
    parsed = FORMATS[format_name].read(content)
    if request.method == "POST":
        made = import_questions(parsed=parsed, publishes=publishes, by=request.user, now=request.now).made
        _tell(request, len(made))
        return redirect(_review_url(format_name, digest, publishes=publishes))
    plan = plan_import_unscoped(parsed, publishes=publishes)
    return render(request, "quizzes/admin/import_review.html", _review(request, plan, publishes, FORMATS[format_name]))


@has_permission("quizzes.add_question")
@require_safe
def questions_import_template(request: SignedInRequest) -> HttpResponse:
    return _file(FORMATS["xlsx"], write_template(examples()), "questions-template")


@has_permission("quizzes.change_question")
@require_safe
def questions_export(request: SignedInRequest) -> HttpResponse:
    """The questions of the list, as it is filtered: what each format would leave out, and the file."""
    into = FORMATS.get(request.GET.get("into", ""))
    questions = _filtered(request)
    filters = _kept(request, "into", "p", "file")
    context: dict[str, Any] = {
        "formats": FORMATS.values(),
        "into": into,
        "filters": filters,
        "count": questions.count(),
        "index_url": f"{reverse(INDEX)}?{filters}",
        "page_title": _("Export questions"),
    }
    if into:
        sayable, unsaid = divide(entries_unscoped(questions, with_pictures=into.has_pictures), into)
        if request.GET.get("file"):
            return _file(into, into.write(sayable), "questions")
        context |= {
            "sayable": len(sayable),
            "unsaid": [
                (each.entry.authored.stem if each.entry.authored else "", _(UNSAYABLE_WORDS[each.reason]))
                for each in unsaid
            ],
        }
    return render(request, "quizzes/admin/export.html", context)


def _filtered(request: SignedInRequest) -> Any:
    """As the list of questions shows them: filters and search."""
    found = QuestionFilterSet(request.GET, queryset=questions_in_bank_unscoped(), request=request).qs
    words = request.GET.get("q", "").strip()
    return found.filter(stem__icontains=words) if words else found


def _kept(request: SignedInRequest, *but: str) -> str:
    """The address's parameters but for these."""
    kept = request.GET.copy()
    for name in but:
        kept.pop(name, None)
    return kept.urlencode()


def _file(into: Format, content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{into.suffix}"'}
    return HttpResponse(content, content_type=into.media_type, headers=headers)


def _review_url(format_name: str, digest: str, *, publishes: bool) -> str:
    address = reverse("questions_import_review", args=[format_name, digest])
    return f"{address}?{urlencode({'publishes': 1})}" if publishes else address


def _tell(request: SignedInRequest, made: int) -> None:
    if made:
        told = ngettext("One question came in.", "%(count)s questions came in.", made) % {"count": made}
        messages.success(request, told)
    else:
        messages.warning(request, _("Nothing came in: all that could is here already."))


def _review(request: SignedInRequest, plan: ImportPlan, publishes: bool, into: Format) -> dict[str, Any]:
    shown = request.GET.get("show", "")
    order = list(Standing)
    questions = sorted(plan.questions, key=lambda each: (not each.is_worrying, order.index(each.standing)))
    if shown == "worrying":
        questions = [question for question in questions if question.is_worrying]
    elif shown in Standing.values:
        questions = [question for question in questions if question.standing == shown]
    page = Paginator(questions, PER_PAGE).get_page(request.GET.get("p"))
    counts = plan.counts
    return {
        "plan": plan,
        "notes": [_worded(each) for each in plan.notes],
        "coming": len(plan.coming_in),
        "counts": [(standing, counts[standing]) for standing in Standing if counts[standing]],
        "worrying": sum(question.is_worrying for question in plan.questions),
        "shown": shown,
        "page_obj": page,
        "lines": [_line(question) for question in page],
        "publishes": publishes,
        "format": into,
        "page_title": _("Import questions"),
        "import_url": reverse("questions_import"),
        "index_url": reverse(INDEX),
    }


def _line(question: PlannedQuestion) -> PlanLine:
    entry = question.entry
    stem = entry.authored.stem if entry.authored else ""
    edit = "wagtailsnippets_quizzes_question:edit"
    return PlanLine(
        line=entry.line,
        title=stem or entry.name,
        kind=str(QuestionKind(entry.authored.kind).label) if entry.authored else entry.type_name,
        standing=question.standing,
        codes=", ".join(question.codes),
        notes=tuple(_worded(each) for each in question.notes),
        edit_url=reverse(edit, args=[question.question_id]) if question.question_id else "",
    )


def _worded(note: Note) -> NoteLine:
    return NoteLine(note.line, note.severity, _(WORDS[note.code]) % dict(note.params))
