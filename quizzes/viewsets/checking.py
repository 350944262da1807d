"""What is known of one question beside its form: what changed in its clauses, and what it said when."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from core.permissions import has_permission
from people.middleware import SignedInRequest
from quizzes.models import Question
from quizzes.selectors.bank import published_versions_unscoped, quizzes_that_asked_unscoped
from quizzes.selectors.questions import question_key
from standards.reports.citations import check_citations


@has_permission("quizzes.change_question")
@require_http_methods(["GET", "HEAD", "POST"])
def question_check(request: SignedInRequest, question_id: int) -> HttpResponse:
    """What changed in the clauses that a question tests since somebody looked at it."""
    question = get_object_or_404(Question, pk=question_id)
    edit_url = reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk])
    return check_citations(request, question_key(question.pk), str(question), edit_url)


@has_permission("quizzes.change_question")
@require_safe
def question_analysis(request: SignedInRequest, question_id: int) -> HttpResponse:
    """How people did: in the one quiz that asked the question; else on to its versions, which name the quizzes."""
    question = get_object_or_404(Question, pk=question_id)
    quizzes = list(quizzes_that_asked_unscoped(question)[:2])
    if len(quizzes) == 1:
        return redirect("question_analysis_report", quizzes[0].pk, question.pk)
    return redirect("question_versions", question.pk)


@has_permission("quizzes.change_question")
@require_safe
def question_versions(request: SignedInRequest, question_id: int) -> HttpResponse:
    """What a question said and what was right, each time it was published, and how often it was asked like that."""
    question = get_object_or_404(Question, pk=question_id)
    context = {
        "question": question,
        "quizzes": quizzes_that_asked_unscoped(question),
        "versions": published_versions_unscoped(question),
        "edit_url": reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk]),
        "page_title": gettext("Published versions"),
    }
    return render(request, "quizzes/admin/versions.html", context)
