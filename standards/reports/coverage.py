"""What rests on each clause, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import django_filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from standards.domain.coverage import Practice
from standards.domain.signatures import ShownCount, shown_counts
from standards.reports.listing import CLAUSE_COLUMNS, ClauseFilterSet, ClauseReportView, DayColumn, owner_in_words
from standards.reports.signatures import worded
from standards.selectors.coverage import ClauseCoverage, coverage_unscoped
from standards.selectors.keeping import KeptClause

LACKING = {Practice.QUESTION: gettext_lazy("question"), Practice.CHOICE: gettext_lazy("scenario")}


@dataclass(frozen=True)
class CoverageLine:
    """A clause with its counts as this reader may see them."""

    kept: KeptClause
    practices_lacking: tuple[Practice, ...]
    is_neglected: bool
    code: str
    title: str
    chapter: str
    owner: str
    mandatory: str
    lacks: str
    questions: int
    choices: int
    signed: str | int
    last_review: date | str
    open_enquiries: int


class CoverageFilterSet(ClauseFilterSet):
    tag = django_filters.ChoiceFilter(label=gettext_lazy("Tag"), empty_label=gettext_lazy("All"))
    mandatory = django_filters.ChoiceFilter(
        label=gettext_lazy("Mandatory"),
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Mandatory")), ("no", gettext_lazy("Not mandatory"))],
    )
    lacks = django_filters.ChoiceFilter(
        label=gettext_lazy("Lacks"),
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
        choices=[
            ("either", gettext_lazy("A question or a scenario")),
            (Practice.QUESTION.value, gettext_lazy("A question")),
            (Practice.CHOICE.value, gettext_lazy("A scenario")),
        ],
    )
    matches = {
        **ClauseFilterSet.matches,
        "tag": lambda line, tag: tag in line.kept.tags,
        "mandatory": lambda line, answer: line.kept.is_mandatory is (answer == "yes"),
        "lacks": lambda line, practice: (
            bool(line.practices_lacking) if practice == "either" else practice in line.practices_lacking
        ),
    }
    choices_of = {
        **ClauseFilterSet.choices_of,
        "tag": lambda kept: [(tag, tag) for tag in sorted({tag for one in kept for tag in one.tags})],
    }


class MandatoryColumn(Column):
    cell_template_name = "standards/admin/mandatory_cell.html"


class CoverageReportView(ClauseReportView):
    """Mandatory clauses that nobody can practise stand on top. Small groups are shown to who may see everybody."""

    page_title = gettext_lazy("Coverage")
    header_icon = "tasks"
    index_url_name = "coverage_report"
    index_results_url_name = "coverage_report_results"
    export_filename = "coverage"
    filterset_class = CoverageFilterSet
    columns = [
        *CLAUSE_COLUMNS,
        MandatoryColumn("mandatory", label=gettext_lazy("Mandatory")),
        Column("lacks", label=gettext_lazy("Lacks")),
        Column("questions", label=gettext_lazy("Questions")),
        Column("choices", label=gettext_lazy("Scenario choices")),
        Column("signed", label=gettext_lazy("Signed as it stands")),
        DayColumn("last_review", label=gettext_lazy("Last review"), classname="whole"),
        Column("open_enquiries", label=gettext_lazy("Open questions and suggestions")),
        Column("chapter", label=gettext_lazy("Chapter")),
        Column("owner", label=gettext_lazy("Owner")),
    ]

    def make_lines(self) -> list[CoverageLine]:
        coverage = coverage_unscoped(self.request.now)
        people = None if self.request.user.has_perm("people.view_all_people") else coverage.people
        return [_line(one, people) for one in coverage.clauses]


def _line(one: ClauseCoverage, people: int | None) -> CoverageLine:
    """people: of whom some signed, for a reader who may see no small group of them."""
    kept = one.kept
    signed = ShownCount(one.signed) if people is None else shown_counts([one.signed, people - one.signed])[0]
    return CoverageLine(
        kept=kept,
        practices_lacking=one.lacks,
        is_neglected=one.is_neglected,
        code=kept.clause.code,
        title=kept.clause.content.title,
        chapter=f"{kept.chapter_number} {kept.chapter.title}",
        owner=owner_in_words(kept),
        mandatory=_("Mandatory") if kept.is_mandatory else "",
        lacks=", ".join(str(LACKING[practice]) for practice in one.lacks),
        questions=one.questions,
        choices=one.choices,
        signed=worded(signed),
        last_review=kept.last_review.on if kept.last_review else "",
        open_enquiries=one.open_enquiries,
    )
