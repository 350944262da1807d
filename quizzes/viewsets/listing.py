"""The list of questions: columns, filters, search."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn, UpdatedAtColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets

from quizzes.enums import Difficulty, QuestionKind
from quizzes.models import Question
from quizzes.selectors.bank import (
    chapter_choices,
    narrow_to_asked,
    narrow_to_chapters,
    narrow_to_outdated,
    tags_in_bank,
)
from quizzes.selectors.questions import question_key
from standards.models import Clause
from standards.selectors.citations import OutdatedUse, outdated_uses_unscoped


class QuestionFilterSet(WagtailFilterSet):
    chapter = django_filters.MultipleChoiceFilter(
        choices=chapter_choices, label=_("Chapter"), widget=forms.CheckboxSelectMultiple, method="narrow_to_chapters"
    )
    clause = django_filters.ModelMultipleChoiceFilter(
        field_name="question_clauses__clause",
        queryset=Clause.objects.filter(retired_at=None),
        label=_("Clause"),
        widget=forms.CheckboxSelectMultiple,
    )
    kind = django_filters.MultipleChoiceFilter(
        choices=QuestionKind.choices, label=_("Kind"), widget=forms.CheckboxSelectMultiple
    )
    difficulty = django_filters.MultipleChoiceFilter(
        choices=Difficulty.choices, label=_("Difficulty"), widget=forms.CheckboxSelectMultiple
    )
    tag = django_filters.ModelChoiceFilter(
        field_name="tags", queryset=lambda request: tags_in_bank(), label=_("Tag"), empty_label=_("All")
    )
    live = django_filters.BooleanFilter(label=_("Published"))
    is_outdated = django_filters.BooleanFilter(label=_("To look through"), method="narrow_to_outdated")

    is_asked = django_filters.BooleanFilter(label=_("Asked before"), method="narrow_to_asked")

    class Meta:
        model = Question
        fields = ["chapter", "clause", "kind", "difficulty", "tag", "live", "is_outdated", "is_asked"]

    def narrow_to_outdated(self, questions: Any, name: str, wanted: bool) -> Any:
        return narrow_to_outdated(questions, is_outdated=wanted)

    def narrow_to_chapters(self, questions: Any, name: str, keys: list[str]) -> Any:
        return narrow_to_chapters(questions, keys) if keys else questions

    def narrow_to_asked(self, questions: Any, name: str, wanted: bool) -> Any:
        return narrow_to_asked(questions, is_asked=wanted)


class QuestionIndexView(snippets.IndexView):
    @cached_property
    def outdated(self) -> dict[str, OutdatedUse]:
        return outdated_uses_unscoped()

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_more_buttons
        if self.user_has_permission("add"):
            buttons.append(Button(_("Import"), url=reverse("questions_import"), icon_name="upload", priority=80))
        if self.user_has_permission("change"):
            url = f"{reverse('questions_export')}?{self.request.GET.urlencode()}"
            buttons.append(Button(_("Export"), url=url, icon_name="download", priority=90))
        return buttons

    def get_delete_url(self, question: Question) -> str | None:
        # Which the permission says too, of each question on its own page.
        url: str | None = super().get_delete_url(question)
        return None if question.first_published_at else url

    def get_list_more_buttons(self, question: Question) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(question)
        if question.times_asked and self.user_has_permission("change"):
            url = reverse("question_analysis", args=[question.pk])
            buttons.append(Button(gettext("How people did"), url=url, icon_name="glasses", priority=30))
        return buttons

    def get_list_buttons(self, question: Question) -> list[Any]:
        # Without what snippets' hooks add: to offer a translation costs two queries a row. The question's page offers it.
        buttons: list[Any] = generic.IndexView.get_list_buttons(self, question)
        return buttons

    def _codes_that_changed(self, question: Question) -> str:
        use = self.outdated.get(question_key(question.pk))
        return use.codes if use else ""

    @property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column_class(TitleColumn)(
                "stem", label=_("Question"), accessor=str, get_url=self.get_edit_url, get_title_id=_title_id
            ),
            Column("clauses", label=_("Clauses"), accessor=_codes),
            Column("outdated", label=_("To look through"), accessor=self._codes_that_changed),
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            Column("difficulty", label=_("Difficulty"), accessor="get_difficulty_display", sort_key="difficulty"),
            Column("times_asked", label=_("Asked"), sort_key="times_asked"),
            UpdatedAtColumn(),
            StatusTagColumn("status", label=_("Status"), accessor=_status, primary=lambda question: question.live),
        ]


def _codes(question: Question) -> str:
    return ", ".join(entry.clause.code for entry in question.question_clauses.all())


def _status(question: Question) -> str:
    """Without Wagtail's “scheduled”, which costs a query a row."""
    if not question.live:
        return gettext("Draft")
    return gettext("Published, with changes in draft") if question.has_unpublished_changes else gettext("Published")


def _title_id(question: Question) -> str:
    return f"question_{question.pk}_title"
