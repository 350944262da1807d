"""Reports on the standards in the admin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from core.domain.exports import safe_cell
from core.permissions import admin_only
from people.middleware import SignedInRequest
from standards.domain.signatures import SMALLEST_GROUP, ShownCount, shown_counts
from standards.enums import Decision
from standards.forms import DecisionForm
from standards.models import ChapterPage
from standards.selectors.approvals import review_for_editor
from standards.selectors.impact import draft_for_editor, impact_for_editor
from standards.selectors.signatures import ChapterCounts, signature_counts_unscoped
from standards.services import decide_on_chapter


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
    review = review_for_editor(request.user, draft)
    context = {"page": draft, "impact": impact, "review": review, "page_title": _("Impact")}
    return render(request, "standards/admin/impact.html", context)


@admin_only
@require_POST
def decide_chapter(request: SignedInRequest, page_id: int) -> HttpResponse:
    """Approve the draft that waits for it, or send it back. What is refused, the admin answers with the reason."""
    draft = draft_for_editor(request.user, page_id)
    if draft is None:
        raise Http404
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, " ".join(map(str, form.non_field_errors())) or _("Choose whether to approve or to send back.")
        )
    else:
        decision = Decision(form.cleaned_data["decision"])
        seen, comment = form.cleaned_data["seen"], form.cleaned_data["comment"]
        decide_on_chapter(page=draft, by=request.user, decision=decision, seen=seen, comment=comment, now=request.now)
        messages.success(request, _decided(decision, draft))
    return redirect("chapter_impact", page_id)


def _decided(decision: Decision, draft: ChapterPage) -> str:
    if decision == Decision.SEND_BACK:
        return _("Sent back. The editor reads your comment and can go on.")
    page = ChapterPage.objects.get(pk=draft.pk)
    if page.workflow_in_progress:
        return _("Approved. Another step has to follow before it is published.")
    if page.approved_schedule:
        return _("Approved. It goes live when its time has come.")
    return _("Approved and published.")
