"""What the reports of item analysis have in common: who may read them, and the part of the attempts looked at."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import django_filters
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.coreutils import get_content_languages

from core.reports import ColumnsReportView
from quizzes.models import Question, QuizAttempt
from quizzes.permissions import QuestionPermissionPolicy
from quizzes.selectors.statistics import ALL, Slice


class SliceFilterSet(WagtailFilterSet):
    """It narrows no rows: figures are worked out anew from the attempts that are left."""

    handed_in = django_filters.DateFromToRangeFilter(label=gettext_lazy("Handed in"), widget=DateRangePickerWidget)
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language of the questions"),
        empty_label=gettext_lazy("All"),
        choices=lambda: list(get_content_languages().items()),
    )

    class Meta:
        model = QuizAttempt
        fields: list[str] = []

    @property
    def part(self) -> Slice:
        chosen = self.form.cleaned_data
        days = chosen["handed_in"]
        return Slice(
            days.start.date() if days and days.start else None,
            days.stop.date() if days and days.stop else None,
            chosen["language"],
        )


class NumberColumn(Column):
    """A figure; nothing where there is none. suffix: what follows it."""

    cell_template_name = "quizzes/admin/number_cell.html"

    def __init__(self, name: str, *, suffix: str = "", places: int = 0, **kwargs: Any) -> None:
        super().__init__(name, classname="number", **kwargs)
        self.suffix, self.places = suffix, places


class VerdictColumn(Column):
    cell_template_name = "quizzes/admin/verdict_cell.html"


class AnalysisReportView(ColumnsReportView):
    """For who may change questions. `index_arguments` is what fills the route."""

    header_icon = "glasses"
    permission_policy = QuestionPermissionPolicy(Question)
    permission_required = "change"
    filterset_class = SliceFilterSet
    paginate_by = None

    @cached_property
    def part(self) -> Slice:
        """The chosen part of the attempts; all of them where the choice makes no sense, which the form then says."""
        filters: Any = self.filters
        return filters.part if filters.is_valid() else ALL

    @property
    def chosen(self) -> str:
        """What the filters say, to go on with it on the next page of the analysis: "?language=ms"; empty for all."""
        said = {name: self.request.GET.get(name, "") for name in ("handed_in_from", "handed_in_to", "language")}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"?{query}" if query else ""

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "queryset": QuizAttempt.objects.none()}

    def filter_queryset(self, lines: list[Any]) -> list[Any]:
        return lines

    @property
    def index_arguments(self) -> list[int]:
        return []

    def get_index_url(self) -> str:
        return reverse(self.index_url_name, args=self.index_arguments)

    def get_index_results_url(self) -> str:
        return reverse(self.index_results_url_name, args=self.index_arguments)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Wagtail would count the lines as matches, but they are the same ones with other figures.
        return {**super().get_context_data(**kwargs), "is_filtering": False, "chosen": self.chosen}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way down to here, without the front page of the reports, which there is none of."""
        *above, here = super().get_breadcrumbs_items()
        return [*above, *({"url": url, "label": label} for url, label in self.above), here]

    @property
    def above(self) -> list[tuple[str, str]]:
        """Address and name of each report that this one is part of."""
        return [(f"{reverse('item_analysis_report')}{self.chosen}", _("Item analysis"))]
