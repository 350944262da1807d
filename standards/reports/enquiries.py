"""What staff ask and suggest at clauses: what waits first, and nobody who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from core.reports import ColumnsReportView
from standards.enums import EnquiryKind, EnquiryState, ReplyOutcome
from standards.models import Enquiry
from standards.selectors.chapters import live_chapters_unscoped
from standards.selectors.enquiries import clause_owners_unscoped, enquiries_for_report

MINE, NOBODYS = "me", "nobody"
"""What the filter by owner offers besides names."""


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


class EnquiriesReportView(ColumnsReportView):
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
    export_headings = {"text": gettext_lazy("Words"), "version": gettext_lazy("Version")}

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
