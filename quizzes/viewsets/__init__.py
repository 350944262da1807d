"""The question bank in the admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views import snippets

from quizzes.models import Question
from quizzes.selectors.bank import questions_in_bank_unscoped
from quizzes.viewsets.checking import question_analysis, question_check, question_versions
from quizzes.viewsets.listing import QuestionFilterSet, QuestionIndexView
from quizzes.viewsets.previewing import QuestionPreviewOnCreateView, QuestionPreviewOnEditView
from quizzes.viewsets.writing import (
    QuestionConfirmWorkflowCancellationView,
    QuestionCopyView,
    QuestionCreateView,
    QuestionDeleteView,
    QuestionEditView,
)

__all__ = ["QuestionViewSet", "question_analysis", "question_check", "question_versions"]


class QuestionViewSet(snippets.SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Question bank")
    menu_name = "question-bank"
    menu_order = 220
    add_to_admin_menu = True
    index_view_class = QuestionIndexView
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    delete_view_class = QuestionDeleteView
    confirm_workflow_cancellation_view_class = QuestionConfirmWorkflowCancellationView
    preview_on_add_view_class = QuestionPreviewOnCreateView
    preview_on_edit_view_class = QuestionPreviewOnEditView
    copy_view_class = QuestionCopyView
    list_per_page = 50
    search_fields = ["stem"]
    search_backend_name = None
    filterset_class = QuestionFilterSet
    ordering = "-pk"

    def get_queryset(self, request: Any) -> Any:
        return questions_in_bank_unscoped()
