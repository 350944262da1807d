"""Which clauses are to be looked through, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from core.selectors import organisation_today
from standards.enums import ReviewState
from standards.reports.listing import CLAUSE_COLUMNS, ClauseFilterSet, ClauseReportView, DayColumn, owner_in_words
from standards.selectors.keeping import KeptClause, kept_clauses_unscoped


@dataclass(frozen=True)
class ReviewLine:
    """A clause with its review. days: until it is due, None where nobody set a day."""

    kept: KeptClause
    days: int | None
    code: str
    title: str
    chapter: str
    owner: str
    last_review: date | str
    due: date | str

    @property
    def state(self) -> ReviewState:
        return self.kept.state


def within(days: int) -> Callable[[ReviewLine], bool]:
    return lambda line: line.days is not None and line.days <= days


DUE: dict[str, tuple[Any, Callable[[ReviewLine], bool]]] = {
    "overdue": (gettext_lazy("Overdue"), lambda line: line.state is ReviewState.OVERDUE),
    "30": (gettext_lazy("Overdue or within 30 days"), within(30)),
    "90": (gettext_lazy("Overdue or within 90 days"), within(90)),
    "365": (gettext_lazy("Overdue or within a year"), within(365)),
    "undated": (gettext_lazy("No review date"), lambda line: line.days is None),
}


class ReviewFilterSet(ClauseFilterSet):
    due = django_filters.ChoiceFilter(
        label=gettext_lazy("Due"),
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
        choices=[(name, label) for name, (label, _matches) in DUE.items()],
    )
    matches = {**ClauseFilterSet.matches, "due": lambda line, due: DUE[due][1](line)}


class StateColumn(Column):
    cell_template_name = "standards/admin/review_state_cell.html"


class ReviewsReportView(ClauseReportView):
    """What is due first; clauses without a date last."""

    page_title = gettext_lazy("Reviews due")
    header_icon = "calendar-check"
    index_url_name = "reviews_report"
    index_results_url_name = "reviews_report_results"
    export_filename = "reviews"
    filterset_class = ReviewFilterSet
    columns = [
        *CLAUSE_COLUMNS,
        Column("chapter", label=gettext_lazy("Chapter")),
        Column("owner", label=gettext_lazy("Owner")),
        DayColumn("last_review", label=gettext_lazy("Last review"), classname="whole"),
        DayColumn("due", label=gettext_lazy("Due"), classname="whole"),
        StateColumn("state", label=gettext_lazy("Status"), accessor="state.label"),
    ]

    def make_lines(self) -> list[ReviewLine]:
        today = organisation_today(self.request.now)
        lines = [_line(kept, today) for kept in kept_clauses_unscoped(self.request.now)]
        return sorted(lines, key=lambda line: (line.days is None, line.days))


def _line(kept: KeptClause, today: date) -> ReviewLine:
    return ReviewLine(
        kept=kept,
        days=(kept.due_on - today) // timedelta(days=1) if kept.due_on else None,
        code=kept.clause.code,
        title=kept.clause.content.title,
        chapter=f"{kept.chapter_number} {kept.chapter.title}",
        owner=owner_in_words(kept),
        last_review=kept.last_review.on if kept.last_review else "",
        due=kept.due_on or "",
    )
