"""Taking a quiz.

Everything is sent to the quiz's own address, so that whoever has to sign in again comes back to the same question.
`sent` in the address says that something was on its way: a GET that finds it says what hasn't arrived.
"""

from __future__ import annotations

import secrets
import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.permissions import signed_in
from core.selectors import reader_locale
from people.middleware import SignedInRequest
from quizzes.forms import AnswerForm
from quizzes.selectors.attempts import (
    AskedQuestion,
    OpenAttempt,
    attempt_for_learner,
    last_result_for_learner,
    open_attempt_for_learner,
)
from quizzes.selectors.questions import question_count, quiz_for_viewer
from quizzes.services import AttemptClosed, NothingToAsk, save_response, start_attempt, submit_attempt


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: SignedInRequest, slug: str) -> HttpResponse:
    """The introduction, a question of the open attempt (`?q=4`), or the review before handing in (`?review=1`)."""
    running = open_attempt_for_learner(request.user, slug)
    if request.method == "POST":
        return _take(request, slug, running)
    if running is None:
        return _introduce(request, slug)
    if "review" in request.GET:
        return _render_review(request, running)
    position = running.next_unanswered() if "q" not in request.GET else _position(request)
    if position is None:
        return _render_review(request, running)
    return _render_question(request, running, _question(running, position))


def _introduce(request: SignedInRequest, slug: str) -> HttpResponse:
    if result := last_result_for_learner(request.user, slug):
        return redirect("quiz_result", slug=slug, public_id=result.public_id)
    page = quiz_for_viewer(request.user, slug)
    if page is None:
        raise Http404
    context = {"quiz": page, "question_count": question_count(page), "tab": "training"}
    return render(request, "quizzes/introduction.html", context)


def _take(request: SignedInRequest, slug: str, running: OpenAttempt | None) -> HttpResponse:
    go = request.POST.get("go")
    if go == "start":
        return redirect("quiz", slug=slug) if running else _start(request, slug)
    if go == "keep":
        return _keep(request, running)
    if running is None or str(running.attempt.public_id) != request.POST.get("attempt"):
        return _too_late(request, slug)
    if go == "hand-in":
        result = submit_attempt(learner=request.user, attempt=running.attempt, now=request.now)
        return redirect("quiz_result", slug=slug, public_id=result.public_id)
    return _answer(request, slug, running)


def _start(request: SignedInRequest, slug: str) -> HttpResponse:
    page = quiz_for_viewer(request.user, slug)
    if page is None:
        if last_result_for_learner(request.user, slug) is None:
            raise Http404
        return _not_now(request)
    seed = secrets.token_hex(8)
    try:
        start_attempt(learner=request.user, quiz=page, seed=seed, now=request.now, locale=reader_locale())
    except NothingToAsk:
        return _not_now(request)
    return redirect("quiz", slug=slug)


def _not_now(request: SignedInRequest) -> HttpResponse:
    messages.warning(
        request, _("This quiz can’t be taken at the moment. Your results stay as they are; look again later.")
    )
    return redirect("my_training")


def _answer(request: SignedInRequest, slug: str, running: OpenAttempt) -> HttpResponse:
    question = _question(running, _position(request))
    go = request.POST.get("go")
    form = AnswerForm(request.POST, question=question)
    if form.chosen or go not in {"later", "back"}:
        if not form.is_valid():
            return _render_question(request, running, question, form)
        try:
            save_response(
                learner=request.user,
                attempt=running.attempt,
                position=question.position,
                answer=form.answer,
                now=request.now,
            )
        except AttemptClosed:
            return _too_late(request, slug)
    following = question.position - 1 if go == "back" else running.next_unanswered(after=question.position)
    return redirect(_address(slug, following))


def _keeps(running: OpenAttempt) -> bool:
    """Whether answers are kept as they are given: not where saving one shows the key, and makes it final."""
    return running.attempt.rules.get("feedback") != "at_once"


def _keep(request: SignedInRequest, running: OpenAttempt | None) -> HttpResponse:
    """An answer sent in the background as it is given: kept (204), not an answer (422), or nothing to answer any more (409)."""
    if running is None or str(running.attempt.public_id) != request.POST.get("attempt") or not _keeps(running):
        return HttpResponse(status=HTTPStatus.CONFLICT)
    question = _question(running, _position(request))
    form = AnswerForm(request.POST, question=question)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        save_response(
            learner=request.user,
            attempt=running.attempt,
            position=question.position,
            answer=form.answer,
            now=request.now,
        )
    except AttemptClosed:
        return HttpResponse(status=HTTPStatus.CONFLICT)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _too_late(request: SignedInRequest, slug: str) -> HttpResponse:
    """Sent from a page of an attempt that has been handed in since: its result, and what wasn't taken."""
    attempt = attempt_for_learner(request.user, slug, _uuid(request.POST.get("attempt", "")))
    if attempt is None or attempt.submitted_at is None:
        raise Http404
    if request.POST.get("go") != "hand-in":
        messages.warning(
            request, _("You handed this quiz in before. Your last answer was not taken; this is the result.")
        )
    return redirect("quiz_result", slug=slug, public_id=attempt.public_id)


def _render_question(
    request: SignedInRequest, running: OpenAttempt, question: AskedQuestion, form: AnswerForm | None = None
) -> HttpResponse:
    context = {
        "attempt": running.attempt,
        "question": question,
        "form": form,
        "keeps": _keeps(running),
        "total": len(running.questions),
        "answered": len(running.questions) - len(running.unanswered),
        "weave_states": _weave(running, question.position),
        "was_sent": form is None and "sent" in request.GET,
    }
    return render(request, "quizzes/question.html", context, status=422 if form else 200)


def _render_review(request: SignedInRequest, running: OpenAttempt) -> HttpResponse:
    context = {
        "attempt": running.attempt,
        "questions": running.questions,
        "unanswered": running.unanswered,
        "weave_states": _weave(running, None),
        "was_sent": "sent" in request.GET,
    }
    return render(request, "quizzes/review.html", context)


def _weave(running: OpenAttempt, now: int | None) -> list[str]:
    return [
        "now" if question.position == now else "done" if question.is_answered else "" for question in running.questions
    ]


def _address(slug: str, position: int | None) -> str:
    """Of a question, or of the review where there is none to go to."""
    return reverse("quiz", args=[slug]) + (f"?q={position}" if position else "?review=1")


def _position(request: SignedInRequest) -> int:
    written = request.GET.get("q", "")
    if not (written.isascii() and written.isdigit() and len(written) < 4):
        raise Http404
    return int(written)


def _question(running: OpenAttempt, position: int) -> AskedQuestion:
    if (question := running.question(position)) is None:
        raise Http404
    return question


def _uuid(written: str) -> uuid.UUID:
    try:
        return uuid.UUID(written)
    except ValueError:
        raise Http404 from None
