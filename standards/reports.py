"""Reports on the standards in the admin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy

from core.domain.exports import safe_cell
from core.permissions import admin_only
from people.middleware import SignedInRequest
from standards.domain.signatures import SMALLEST_GROUP, ShownCount, shown_counts
from standards.forms import CheckForm
from standards.selectors.citations import OutdatedUse, changes_of, outdated_uses_unscoped
from standards.selectors.impact import impact_for_editor
from standards.selectors.signatures import ChapterCounts, signature_counts_unscoped
from standards.services import StandardsChanged, record_citation_check


@dataclass(frozen=True)
class SignatureLine:
    """A chapter with its counts as this reader may see them."""

    chapter: str
    people: str | int
    signed: str | int
    changed: str | int
    not_signed: str | int
    share: str


class SignaturesReportView(ReportView):
    """How many have signed each chapter, for everybody in the admin; nobody's name. Small groups are shown to who may see everybody."""

    page_title = gettext_lazy("Signatures")
    header_icon = "tick"
    index_url_name = "signatures_report"
    index_results_url_name = "signatures_report_results"
    paginate_by = None
    export_filename = "signatures"
    columns = [
        Column("chapter", label=gettext_lazy("Chapter"), classname="title"),
        Column("people", label=gettext_lazy("People")),
        Column("signed", label=gettext_lazy("Signed")),
        Column("changed", label=gettext_lazy("Changed since")),
        Column("not_signed", label=gettext_lazy("Not signed")),
        Column("share", label=gettext_lazy("Share")),
    ]
    list_export = [column.name for column in columns]
    export_headings = {column.name: column.label for column in columns}
    custom_field_preprocess = {"chapter": dict.fromkeys(("csv", "xlsx"), safe_cell)}

    def get_queryset(self) -> list[SignatureLine]:
        sees_all = self.request.user.has_perm("people.view_all_people")
        return [_line(counts, sees_all) for counts in signature_counts_unscoped()]


def _line(counts: ChapterCounts, sees_all: bool) -> SignatureLine:
    parts = (counts.signed, counts.changed, counts.not_signed)
    people, signed, changed, not_signed = _shown(counts.people, parts, sees_all)
    return SignatureLine(
        chapter=f"{counts.chapter.number} {counts.chapter.page.title}",
        people=_worded(people),
        signed=_worded(signed),
        changed=_worded(changed),
        not_signed=_worded(not_signed),
        share=_share(signed, counts.people) if people.number else "",
    )


def _shown(people: int, parts: Sequence[int], sees_all: bool) -> list[ShownCount]:
    if sees_all:
        return [ShownCount(number) for number in (people, *parts)]
    return [*shown_counts([people]), *shown_counts(parts)]


def _worded(count: ShownCount) -> str | int:
    if count.number is None:
        return _("fewer than %(number)s") % {"number": SMALLEST_GROUP}
    return _("more than %(number)s") % {"number": count.number} if count.is_more else count.number


def _share(signed: ShownCount, people: int) -> str:
    if signed.number is None:
        return ""
    percent = f"{100 * signed.number // people} %"
    return _("more than %(number)s") % {"number": percent} if signed.is_more else percent


@admin_only
@require_safe
def chapter_impact(request: SignedInRequest, page_id: int) -> HttpResponse:
    """What publishing the latest draft of a chapter would touch."""
    found = impact_for_editor(request.user, page_id)
    if found is None:
        raise Http404
    draft, impact = found
    context = {"page": draft, "impact": impact, "page_title": _("Impact")}
    return render(request, "standards/admin/impact.html", context)


class OutdatedUsesReportView(ReportView):
    """Questions and scenarios that cite a clause which changed in substance, or was retired, since somebody looked at them."""

    page_title = gettext_lazy("To look through")
    header_icon = "rotate"
    index_url_name = "outdated_uses_report"
    index_results_url_name = "outdated_uses_report_results"
    export_filename = "to-look-through"
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    columns = [
        TitleColumn("label", label=gettext_lazy("Question or scenario"), get_url=lambda use: use.check_url),
        Column("kind", label=gettext_lazy("Kind")),
        Column("codes", label=gettext_lazy("Clauses that changed")),
        DateColumn("changed_at", label=gettext_lazy("Changed")),
    ]
    list_export = [column.name for column in columns]
    export_headings = {column.name: column.label for column in columns}
    custom_field_preprocess = {"label": dict.fromkeys(("csv", "xlsx"), safe_cell)}

    def get_queryset(self) -> list[OutdatedUse]:
        return list(outdated_uses_unscoped().values())


def check_citations(request: SignedInRequest, citing: str, title: str, edit_url: str) -> HttpResponse:
    """For the apps above, behind their own permission: what changed in the clauses that one thing cites, and “still right”."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        versions = form.cleaned_data["versions"]
        try:
            record_citation_check(citing=citing, versions=versions, by=request.user, now=request.now)
        except StandardsChanged:
            messages.error(request, _("A clause changed while you were reading. This is how it stands now."))
        else:
            messages.success(request, _("Noted: “%(title)s” is still right.") % {"title": title})
            return redirect("outdated_uses_report")
    use = outdated_uses_unscoped().get(citing)
    changes = changes_of(use, Locale.get_default()) if use else []
    context = {
        "changes": changes,
        "versions": ",".join(str(clause.version_id) for clause, _change in changes),
        "title": title,
        "edit_url": edit_url,
        "page_title": _("What changed in its clauses"),
    }
    return render(request, "standards/admin/check.html", context, status=422 if form.is_bound else 200)


def warn_of_outdated(request: SignedInRequest, citing: str) -> None:
    """Say above an edit form that clauses which this cites have changed."""
    if use := outdated_uses_unscoped().get(citing):
        told = _("Clauses that this cites changed since somebody looked at it: %(codes)s.")
        buttons = [messages.button(use.check_url, _("See what changed"))]
        messages.warning(request, told % {"codes": use.codes}, buttons=buttons)
