"""What cites a clause that changed: the list of it, and “still right”."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy

from core.reports import ColumnsReportView
from people.middleware import SignedInRequest
from standards.forms import CheckForm
from standards.selectors.citations import OutdatedUse, changes_of, outdated_uses_unscoped
from standards.services import StandardsChanged, record_citation_check


class OutdatedUsesReportView(ColumnsReportView):
    """Questions, lessons and scenarios that cite a clause which changed in substance, or was retired, since somebody looked at them."""

    page_title = gettext_lazy("To look through")
    header_icon = "rotate"
    index_url_name = "outdated_uses_report"
    index_results_url_name = "outdated_uses_report_results"
    export_filename = "to-look-through"
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    columns = [
        TitleColumn("label", label=gettext_lazy("Question, lesson or scenario"), get_url=lambda use: use.check_url),
        Column("kind", label=gettext_lazy("Kind")),
        Column("codes", label=gettext_lazy("Clauses that changed")),
        DateColumn("changed_at", label=gettext_lazy("Changed")),
    ]

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
