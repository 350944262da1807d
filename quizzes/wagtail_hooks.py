"""Registers the question bank and its reports."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from people.middleware import SignedInRequest
from quizzes.models import Question
from quizzes.permissions import QuestionPermissionPolicy
from quizzes.reports.questions import QuestionAnalysisReportView, QuizAnalysisReportView
from quizzes.reports.quizzes import ItemAnalysisReportView, UnderstoodClausesReportView
from quizzes.viewsets import QuestionViewSet, question_analysis, question_check, question_versions
from quizzes.viewsets.moving import (
    questions_export,
    questions_import,
    questions_import_review,
    questions_import_template,
)
from quizzes.viewsets.quizzes import warn_of_short_draws

register_permission_policy(Question, QuestionPermissionPolicy(Question))
register_snippet(QuestionViewSet)
hooks.register("before_edit_page", warn_of_short_draws)


@hooks.register("register_admin_urls")
def register_checking() -> list[URLPattern]:
    return [
        path("questions/<int:question_id>/check/", question_check, name="question_check"),
        path("questions/<int:question_id>/analysis/", question_analysis, name="question_analysis"),
        path("questions/<int:question_id>/versions/", question_versions, name="question_versions"),
        path("questions/import/", questions_import, name="questions_import"),
        path("questions/import/template/", questions_import_template, name="questions_import_template"),
        path(
            "questions/import/<slug:format_name>/<slug:digest>/",
            questions_import_review,
            name="questions_import_review",
        ),
        path("questions/export/", questions_export, name="questions_export"),
    ]


@hooks.register("register_admin_urls")
def register_item_analysis() -> list[URLPattern]:
    reports = [
        ("reports/item-analysis/", ItemAnalysisReportView, "item_analysis_report"),
        ("reports/item-analysis/clauses/", UnderstoodClausesReportView, "understood_clauses_report"),
        ("reports/item-analysis/<int:quiz_id>/", QuizAnalysisReportView, "quiz_analysis_report"),
        (
            "reports/item-analysis/<int:quiz_id>/questions/<int:question_id>/",
            QuestionAnalysisReportView,
            "question_analysis_report",
        ),
    ]
    return [
        entry
        for route, view, name in reports
        for entry in (
            path(route, view.as_view(), name=name),
            path(f"{route}results/", view.as_view(results_only=True), name=f"{name}_results"),
        )
    ]


class ItemAnalysisMenuItem(MenuItem):
    def is_shown(self, request: SignedInRequest) -> bool:
        return request.user.has_perm("quizzes.change_question")


@hooks.register("register_reports_menu_item")
def register_item_analysis_menu_item() -> MenuItem:
    return ItemAnalysisMenuItem(
        _("Item analysis"), reverse("item_analysis_report"), name="item-analysis", icon_name="glasses", order=150
    )
