"""Item analysis of all quizzes: one line each, and the clauses that are understood worst."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import TitleColumn

from quizzes.domain.statistics.items import Shown
from quizzes.domain.statistics.verdicts import reliability_of
from quizzes.reports.slices import AnalysisReportView, NumberColumn, VerdictColumn
from quizzes.reports.wording import RELIABILITY, attempts_in_words, why_little
from quizzes.selectors.statistics import (
    AnalysedQuiz,
    UnderstoodClause,
    analysed_quizzes_unscoped,
    understood_clauses_unscoped,
)
from standards.reports.listing import CLAUSE_COLUMNS


@dataclass(frozen=True)
class QuizLine:
    """A quiz with the figures that may be shown; per cent but for the standard error, which is in marks."""

    title: str
    url: str
    attempts: str | int
    facility: int | None
    internal_consistency: int | None
    standard_error: float | None
    questions: int
    to_check: int | None
    verdict: str
    is_grave: bool


class ItemAnalysisReportView(AnalysisReportView):
    """Every quiz with its figures, from first attempts; nobody is named."""

    page_title = gettext_lazy("Item analysis")
    index_url_name = "item_analysis_report"
    index_results_url_name = "item_analysis_report_results"
    results_template_name = "quizzes/admin/quizzes_results.html"
    export_filename = "item-analysis"
    columns = [
        TitleColumn("title", label=gettext_lazy("Quiz"), get_url=lambda line: line.url, classname="title"),
        VerdictColumn("verdict", label=gettext_lazy("What to look at")),
        NumberColumn("attempts", label=gettext_lazy("First attempts")),
        NumberColumn("facility", label=gettext_lazy("Average"), suffix=" %"),
        NumberColumn("internal_consistency", label=gettext_lazy("Internal consistency"), suffix=" %"),
        NumberColumn("standard_error", label=gettext_lazy("Standard error in marks"), places=2),
        NumberColumn("questions", label=gettext_lazy("Questions")),
        NumberColumn("to_check", label=gettext_lazy("Keys to check")),
    ]

    @property
    def above(self) -> list[tuple[str, str]]:
        return []

    def get_queryset(self) -> list[QuizLine]:
        return [_quiz_line(quiz, self.chosen) for quiz in analysed_quizzes_unscoped(self.part)]


def _quiz_line(quiz: AnalysedQuiz, chosen: str) -> QuizLine:
    statistics = quiz.statistics
    return QuizLine(
        title=quiz.quiz.title,
        url=f"{reverse('quiz_analysis_report', args=[quiz.quiz.pk])}{chosen}",
        attempts=attempts_in_words(statistics.attempts),
        facility=rounded(statistics.facility, 100),
        internal_consistency=rounded(statistics.internal_consistency),
        standard_error=None if statistics.standard_error is None else round(statistics.standard_error, 2),
        questions=len(quiz.questions),
        to_check=quiz.to_check if statistics.shown is Shown.ALL else None,
        verdict=_verdict(quiz),
        is_grave=bool(quiz.to_check),
    )


def _verdict(quiz: AnalysedQuiz) -> str:
    if quiz.to_check:
        return _("A key may be wrong")
    reliability = reliability_of(quiz.statistics)
    if reliability:
        return _("Consistency is %(words)s") % {"words": RELIABILITY[reliability]}
    return "" if quiz.statistics.shown is Shown.ALL else _("Too few attempts")


def rounded(value: float | None, by: int = 1) -> int | None:
    return None if value is None else round(value * by)


@dataclass(frozen=True)
class ClauseLine:
    code: str
    title: str
    facility: int
    questions: int
    answers: int


class UnderstoodClausesReportView(AnalysisReportView):
    """Clauses by how badly they are understood, over all quizzes."""

    page_title = gettext_lazy("How well clauses are understood")
    index_url_name = "understood_clauses_report"
    index_results_url_name = "understood_clauses_report_results"
    results_template_name = "quizzes/admin/clauses_results.html"
    export_filename = "clauses-understood"
    columns = [
        *CLAUSE_COLUMNS,
        NumberColumn("facility", label=gettext_lazy("Marks got"), suffix=" %"),
        NumberColumn("questions", label=gettext_lazy("Questions")),
        NumberColumn("answers", label=gettext_lazy("Answers")),
    ]

    def get_queryset(self) -> list[ClauseLine]:
        return [_clause_line(one) for one in understood_clauses_unscoped(self.part)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "why": why_little(Shown.NOTHING)}


def _clause_line(one: UnderstoodClause) -> ClauseLine:
    clause = one.clause
    return ClauseLine(clause.code, clause.content.title, round(100 * one.facility), one.questions, one.answers)
