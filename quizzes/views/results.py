"""The result of a quiz."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.permissions import signed_in
from core.selectors import reader_locale
from people.middleware import SignedInRequest
from quizzes.selectors.attempts import attempt_for_learner
from quizzes.selectors.feedback import release_feedback


@signed_in
@require_safe
def quiz_result(request: SignedInRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    """A handed-in attempt with marks, feedback and the clauses behind each question."""
    attempt = attempt_for_learner(request.user, slug, public_id)
    if attempt is None:
        raise Http404
    if attempt.submitted_at is None:
        return redirect("quiz", slug=slug)
    feedback = release_feedback(request.user, attempt, reader_locale(), request.now)
    context = {"quiz": attempt.quiz, "attempt": attempt, "result": feedback, "tab": "training"}
    return render(request, "quizzes/result.html", context)
