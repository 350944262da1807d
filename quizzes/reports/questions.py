"""Item analysis of one quiz, question by question, and of one question, choice by choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn

from quizzes.domain.statistics.choosers import ChoiceVerdict, Choosers
from quizzes.domain.statistics.items import FEWEST_FOR_ALL
from quizzes.models import QuestionVersion
from quizzes.reports.charts import bars, scatter
from quizzes.reports.quizzes import rounded
from quizzes.reports.slices import AnalysisReportView, NumberColumn, VerdictColumn
from quizzes.reports.wording import (
    CHOICE_VERDICTS,
    MEANINGS,
    MISSING,
    VERDICTS,
    attempts_in_words,
    choice_in_words,
    percent,
    question_figures,
    quiz_figures,
    share,
    why_little,
)
from quizzes.selectors.statistics import (
    AnalysedQuestion,
    AnalysedQuiz,
    QuestionAnalysis,
    analysed_quiz_unscoped,
    question_analysis_unscoped,
)


@dataclass(frozen=True)
class QuestionLine:
    """A question with the figures that may be shown. number: what it is called in the picture."""

    number: int
    title: str
    url: str
    verdict: str
    is_grave: bool
    attempts: str | int
    facility: int | None
    guess: int | None
    discrimination: int | None
    efficiency: int | None
    weight: int | None
    standard_deviation: float | None
    seconds: int | None
    kind: str
    clauses: str


class QuizAnalysisReportView(AnalysisReportView):
    index_url_name = "quiz_analysis_report"
    index_results_url_name = "quiz_analysis_report_results"
    results_template_name = "quizzes/admin/quiz_results.html"
    columns = [
        NumberColumn("number", label=gettext_lazy("No.")),
        TitleColumn("title", label=gettext_lazy("Question"), get_url=lambda line: line.url, classname="title"),
        VerdictColumn("verdict", label=gettext_lazy("What to look at")),
        NumberColumn("attempts", label=gettext_lazy("First attempts")),
        NumberColumn("facility", label=gettext_lazy("Facility"), suffix=" %"),
        NumberColumn("guess", label=gettext_lazy("By guessing"), suffix=" %"),
        NumberColumn("discrimination", label=gettext_lazy("Discrimination"), suffix=" %"),
        NumberColumn("efficiency", label=gettext_lazy("Efficiency"), suffix=" %"),
        NumberColumn("weight", label=gettext_lazy("Weight"), suffix=" %"),
        NumberColumn("standard_deviation", label=gettext_lazy("Standard deviation"), places=2),
        NumberColumn("seconds", label=gettext_lazy("Seconds")),
        Column("kind", label=gettext_lazy("Kind")),
        Column("clauses", label=gettext_lazy("Clauses")),
    ]

    @cached_property
    def analysed(self) -> AnalysedQuiz:
        analysed = analysed_quiz_unscoped(self.kwargs["quiz_id"], self.part)
        if analysed is None:
            raise Http404
        return analysed

    @property
    def index_arguments(self) -> list[int]:
        return [self.kwargs["quiz_id"]]

    def get_page_title(self) -> str:
        return self.analysed.quiz.title

    def get_filename(self) -> str:
        return f"item-analysis-{self.analysed.quiz.slug}"

    def get_queryset(self) -> list[QuestionLine]:
        questions = enumerate(self.analysed.questions, start=1)
        return [self._line(number, question) for number, question in questions]

    def _line(self, number: int, question: AnalysedQuestion) -> QuestionLine:
        url = reverse("question_analysis_report", args=[self.analysed.quiz.pk, question.question.pk])
        return _question_line(number, question, f"{url}{self.chosen}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        statistics = self.analysed.statistics
        return {
            **super().get_context_data(**kwargs),
            "quiz": self.analysed.quiz,
            "attempts": attempts_in_words(statistics.attempts),
            "figures": quiz_figures(statistics),
            "why": why_little(statistics.shown),
            "missing": MISSING[statistics.missing] if statistics.missing else "",
            "chart": scatter(self.analysed.questions),
            "meanings": MEANINGS,
        }


def _question_line(number: int, question: AnalysedQuestion, url: str) -> QuestionLine:
    statistics = question.statistics
    guess = statistics.item.guess_score
    return QuestionLine(
        number=number,
        title=str(question.question),
        url=url,
        verdict=str(VERDICTS[question.verdict]),
        is_grave=question.verdict.is_grave,
        attempts=attempts_in_words(statistics.attempts),
        facility=rounded(statistics.facility, 100),
        guess=None if guess is None else round(100 * guess),
        discrimination=rounded(statistics.discrimination_index),
        efficiency=rounded(statistics.discriminative_efficiency),
        weight=rounded(statistics.effective_weight),
        standard_deviation=None if statistics.standard_deviation is None else round(statistics.standard_deviation, 2),
        seconds=rounded(statistics.seconds),
        kind=question.newest.get_kind_display(),
        clauses=", ".join(question.codes),
    )


@dataclass(frozen=True)
class ChoiceLine:
    """Something to choose, with how many did: everybody, and the thirds that did best and worst in the whole quiz."""

    choice: str
    right: str
    everybody: int
    best: int | None
    worst: int | None
    verdict: str
    is_grave: bool


@dataclass(frozen=True)
class VersionLine:
    version: QuestionVersion
    attempts: str | int
    facility: str
    discrimination: str
    verdict: str


class QuestionAnalysisReportView(AnalysisReportView):
    """The version whose choosers are counted is named in the address: `?version=2`."""

    index_url_name = "question_analysis_report"
    index_results_url_name = "question_analysis_report_results"
    results_template_name = "quizzes/admin/question_results.html"
    columns = [
        Column("choice", label=gettext_lazy("Answer"), classname="title"),
        Column("right", label=gettext_lazy("Key")),
        NumberColumn("everybody", label=gettext_lazy("Everybody")),
        NumberColumn("best", label=gettext_lazy("Of the best third")),
        NumberColumn("worst", label=gettext_lazy("Of the weakest third")),
        VerdictColumn("verdict", label=gettext_lazy("What to look at")),
    ]

    @cached_property
    def analysis(self) -> QuestionAnalysis:
        number = self.request.GET.get("version", "")
        analysis = question_analysis_unscoped(
            self.kwargs["quiz_id"],
            self.kwargs["question_id"],
            self.part,
            int(number) if number.isdecimal() and len(number) < 6 else None,
        )
        if analysis is None:
            raise Http404
        return analysis

    @property
    def index_arguments(self) -> list[int]:
        return [self.kwargs["quiz_id"], self.kwargs["question_id"]]

    def get_page_title(self) -> str:
        return str(Truncator(str(self.analysis.question.question)).chars(60))

    @property
    def above(self) -> list[tuple[str, str]]:
        quiz = self.analysis.quiz
        return [*super().above, (f"{reverse('quiz_analysis_report', args=[quiz.pk])}{self.chosen}", quiz.title)]

    def get_filename(self) -> str:
        return f"item-analysis-{self.analysis.quiz.slug}-{self.analysis.question.question.pk}"

    def get_queryset(self) -> list[ChoiceLine]:
        return [_choice_line(self.analysis.version.kind, row) for row in self.analysis.choosers.rows]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question, choosers = self.analysis.question, self.analysis.choosers
        return {
            **super().get_context_data(**kwargs),
            "analysis": self.analysis,
            "verdict": VERDICTS[question.verdict],
            "attempts": attempts_in_words(question.statistics.attempts),
            "figures": question_figures(question.statistics),
            "why": why_little(question.statistics.shown),
            "fewest": FEWEST_FOR_ALL,
            "versions": [
                VersionLine(
                    one.version,
                    attempts_in_words(one.statistics.attempts),
                    share(one.statistics.facility),
                    percent(one.statistics.discrimination_index),
                    str(VERDICTS[one.verdict]),
                )
                for one in self.analysis.versions
            ],
            "chart": bars(choosers, [line.choice for line in self.object_list]),
        }


def _choice_line(kind: str, row: Choosers) -> ChoiceLine:
    return ChoiceLine(
        choice=choice_in_words(kind, row.possible),
        right=_("Right") if row.possible.is_right else "",
        everybody=row.everybody,
        best=row.best,
        worst=row.worst,
        verdict=str(CHOICE_VERDICTS[row.verdict]),
        is_grave=row.verdict is ChoiceVerdict.BEST_PREFER_IT,
    )
