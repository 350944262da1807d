"""Employees by file: look at what would happen, then let it happen."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from core.domain.exports import write_csv, write_xlsx
from people.domain.importing.columns import Column
from people.domain.importing.planning import Plan
from people.domain.importing.rows import Parsed
from people.enums import Outcome
from people.forms import PeopleFileForm
from people.middleware import SignedInRequest
from people.permissions import may_import
from people.readers import read_people
from people.selectors.importing import (
    people_not_in_file_unscoped,
    placement_names_unscoped,
    plan_people_import_unscoped,
)
from people.selectors.uploads import upload_for_viewer
from people.services import Imported, import_people, keep_upload
from people.views.import_lines import fault_line, plan_line

PER_PAGE = 50
INDEX = "wagtailusers_users:index"
FORMATS = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
FAULTS, MISSING = "faults", "missing"
"""Lists of the review beside those of each outcome: what must be mended, and who isn't in the file."""
EXAMPLE: dict[Column, object] = {
    Column.NUMBER: "00123",
    Column.EMAIL: "nurul@example.com",
    Column.NAME: "Nurul Ain binti Rosli",
    Column.CALLED: "Ain",
    Column.LANGUAGE: "Malay",
    Column.BRANCH: "Ipoh",
    Column.TEAM: "Counter",
    Column.ROLE: "Cashier",
    Column.FIRST_DAY: date(2026, 3, 1),
}


@may_import
@require_http_methods(["GET", "HEAD", "POST"])
def people_import(request: SignedInRequest) -> HttpResponse:
    """Choose a file. It is kept for an hour, and nothing happens yet."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PeopleFileForm(*sent)
    if form.is_valid():
        digest = keep_upload(content=form.cleaned_data["file"], by=request.user, now=request.now)
        return redirect("people_import_review", digest)
    context = {
        "form": form,
        "columns": ", ".join(Column),
        "page_title": _("Import people"),
        "index_url": reverse(INDEX),
    }
    return render(request, "people/admin/import.html", context, status=422 if form.is_bound else 200)


@may_import
@require_http_methods(["GET", "HEAD", "POST"])
def people_import_review(request: SignedInRequest, digest: str) -> HttpResponse:
    """What would happen by the file, and what can't and why; then all of it. Once it has happened, the same page says so."""
    parsed = _kept(request, digest)
    if parsed is None:
        messages.error(request, _("The file isn’t here any more: it is kept for an hour. Choose it again."))
        return redirect("people_import")
    if request.method == "POST":
        invites = request.POST.get("invites") == "on"
        _tell(request, import_people(parsed=parsed, invites=invites, by=request.user, now=request.now))
        return redirect(request.path)
    plan = plan_people_import_unscoped(parsed, request.now)
    return render(request, "people/admin/import_review.html", _review(request, parsed, plan, digest))


@may_import
@require_safe
def people_import_faults(request: SignedInRequest, digest: str) -> HttpResponse:
    """All that must be mended, as a file for whoever made the table."""
    parsed = _kept(request, digest)
    if parsed is None:
        raise Http404
    faults = map(fault_line, plan_people_import_unscoped(parsed, request.now).faults)
    heading = (_("Row"), _("Column"), _("What is wrong"))
    return _file("csv", "import-faults", [heading, *((each.line or "", each.column, each.words) for each in faults)])


@may_import
@require_safe
def people_import_template(request: SignedInRequest, kind: str) -> HttpResponse:
    """Every column, and a row as an example."""
    if kind not in FORMATS:
        raise Http404
    return _file(kind, "people-template", [list(Column), [EXAMPLE.get(column, "") for column in Column]])


def _kept(request: SignedInRequest, digest: str) -> Parsed | None:
    content = upload_for_viewer(request.user, digest, request.now)
    return None if content is None else read_people(content)


def _file(kind: str, name: str, rows: list[Any]) -> HttpResponse:
    write, media_type = FORMATS[kind]
    content = io.BytesIO()
    write(content, rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(content.getvalue(), content_type=media_type, headers=headers)


def _tell(request: SignedInRequest, done: Imported) -> None:
    came = len(done.plan.touched)
    if done.plan.is_refused:
        messages.error(request, _("Nothing came in: something changed meanwhile. See below what has to be mended."))
    elif not came:
        messages.warning(request, _("Nothing came in: all that the file says is so already."))
    else:
        said = ngettext("One row came in.", "%(count)s rows came in.", came) % {"count": came}
        if done.invited:
            told = ngettext(
                "One invitation goes out within minutes.", "%(count)s invitations go out within minutes.", done.invited
            )
            said = f"{said} {told % {'count': done.invited}}"
        messages.success(request, said)


def _review(request: SignedInRequest, parsed: Parsed, plan: Plan, digest: str) -> dict[str, Any]:
    missing = people_not_in_file_unscoped(parsed)
    tabs = [
        (FAULTS, _("To be mended"), len(plan.faults)),
        *((each.value, each.label, plan.counts[each]) for each in Outcome if each != Outcome.FAULTY),
        (MISSING, _("Not in the file"), missing.count() if plan.rows else 0),
    ]
    filled = [tab for tab in tabs if tab[2]]
    asked = request.GET.get("show", "")
    shown = asked if asked in {tab[0] for tab in filled} else filled[0][0] if filled else ""
    listed: Any = {FAULTS: plan.faults, MISSING: missing}.get(shown, [row for row in plan.rows if row.outcome == shown])
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("p"))
    names = placement_names_unscoped()
    return {
        "plan": plan,
        "warnings": [fault_line(note) for note in plan.warnings[:PER_PAGE]],
        "coming": len(plan.touched),
        "joining": sum(row.person is None for row in plan.touched),
        "tabs": filled,
        "shown": shown,
        "faults": [fault_line(note) for note in page] if shown == FAULTS else [],
        "missing": list(page) if shown == MISSING else [],
        "lines": [plan_line(row, *names) for row in page] if shown not in {FAULTS, MISSING} else [],
        "page_obj": page,
        "page_title": _("Import people"),
        "import_url": reverse("people_import"),
        "faults_url": reverse("people_import_faults", args=[digest]),
        "index_url": reverse(INDEX),
    }
