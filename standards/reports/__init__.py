"""Reports on the standards in the admin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from core.domain.exports import safe_cell
from core.permissions import admin_only
from people.middleware import SignedInRequest
from standards.domain.signatures import SMALLEST_GROUP, ShownCount, shown_counts
from standards.enums import EnquiryKind, EnquiryState, ReplyOutcome
from standards.models import Enquiry
from standards.selectors.chapters import live_chapters_unscoped
from standards.selectors.enquiries import clause_owners_unscoped, enquiries_for_report
from standards.selectors.impact import impact_for_editor
from standards.selectors.signatures import ChapterCounts, signature_counts_unscoped

MINE, NOBODYS = "me", "nobody"
"""What the filter by owner offers besides names."""


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
        people=worded(people),
        signed=worded(signed),
        changed=worded(changed),
        not_signed=worded(not_signed),
        share=_share(signed, counts.people) if people.number else "",
    )


def _shown(people: int, parts: Sequence[int], sees_all: bool) -> list[ShownCount]:
    if sees_all:
        return [ShownCount(number) for number in (people, *parts)]
    return [*shown_counts([people]), *shown_counts(parts)]


def worded(count: ShownCount) -> str | int:
    """A number as it may be shown, in words where it must not be exact."""
    if count.number is None:
        return _("fewer than %(number)s") % {"number": SMALLEST_GROUP}
    return _("more than %(number)s") % {"number": count.number} if count.is_more else count.number


def _share(signed: ShownCount, people: int) -> str:
    if signed.number is None:
        return ""
    percent = f"{100 * signed.number // people} %"
    return _("more than %(number)s") % {"number": percent} if signed.is_more else percent


@dataclass(frozen=True)
class EnquiryLine:
    """A question or a suggestion in the report. Who asked isn't in it."""

    text: str
    kind: str
    code: str
    chapter: str
    owner: str
    asked_on: date
    version: int
    state: str
    url: str

    @property
    def title(self) -> str:
        return Truncator(self.text).words(20) or _("The words were erased.")


def _owners() -> list[tuple[str, Any]]:
    owners = [(str(owner.pk), owner.name) for owner in clause_owners_unscoped()]
    return [(MINE, _("Me")), (NOBODYS, _("Nobody")), *owners]


class EnquiryFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Status"),
        method="in_state",
        choices=[(state.name.lower(), state.label) for state in EnquiryState],
    )
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=EnquiryKind.choices)
    chapter = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Chapter"), method="in_chapter", queryset=lambda request: live_chapters_unscoped()
    )
    owner = django_filters.ChoiceFilter(label=gettext_lazy("Owner"), method="of_owner", choices=_owners)

    class Meta:
        model = Enquiry
        fields: list[str] = []

    def in_state(self, found: Any, name: str, value: str) -> Any:
        if value == EnquiryState.OPEN.name.lower():
            return found.filter(outcome=None)
        outcomes = [outcome for outcome in ReplyOutcome if outcome.state.name.lower() == value]
        return found.filter(outcome__in=outcomes)

    def in_chapter(self, found: Any, name: str, value: Any) -> Any:
        return found.filter(version__clause__chapter_key=value.translation_key)

    def of_owner(self, found: Any, name: str, value: str) -> Any:
        return found.filter(owner_id={MINE: self.request.user.pk, NOBODYS: None}.get(value, value))


class EnquiriesReportView(ReportView):
    """What was asked and suggested at the clauses that the reader looks after or may edit. One's own clauses come first."""

    page_title = gettext_lazy("Questions and suggestions")
    header_icon = "comment"
    index_url_name = "questions_report"
    index_results_url_name = "questions_report_results"
    filterset_class = EnquiryFilterSet
    export_filename = "questions"
    columns = [
        TitleColumn("title", label=gettext_lazy("Words"), get_url=lambda line: line.url, classname="title"),
        Column("kind", label=gettext_lazy("Kind")),
        Column("code", label=gettext_lazy("Clause")),
        Column("chapter", label=gettext_lazy("Chapter")),
        Column("owner", label=gettext_lazy("Owner")),
        DateColumn("asked_on", label=gettext_lazy("Asked on")),
        Column("state", label=gettext_lazy("Status")),
    ]
    list_export = ["text", "kind", "code", "version", "chapter", "owner", "asked_on", "state"]
    export_headings = {
        **{column.name: column.label for column in columns},
        "text": gettext_lazy("Words"),
        "version": gettext_lazy("Version"),
    }
    custom_field_preprocess = dict.fromkeys(("text", "chapter", "owner"), dict.fromkeys(("csv", "xlsx"), safe_cell))

    def get_queryset(self) -> Any:
        return enquiries_for_report(self.request.user)

    def get_table(self, object_list: Any) -> Any:
        return super().get_table([_enquiry_line(enquiry) for enquiry in object_list])

    def decorate_paginated_queryset(self, object_list: Any) -> list[EnquiryLine]:
        return [_enquiry_line(enquiry) for enquiry in object_list]


def _enquiry_line(enquiry: Any) -> EnquiryLine:
    state = ReplyOutcome(enquiry.outcome).state if enquiry.outcome else EnquiryState.OPEN
    return EnquiryLine(
        text=enquiry.wording.text,
        kind=enquiry.get_kind_display(),
        code=enquiry.code,
        chapter=enquiry.chapter_title or "",
        owner=enquiry.owner_name or "",
        asked_on=timezone.localtime(enquiry.asked_at).date(),
        version=enquiry.version.number,
        state=str(state.label),
        url=enquiry.get_absolute_url(),
    )


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
