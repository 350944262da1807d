"""Taking a quiz.

Everything is sent to the quiz's own address, so that whoever has to sign in again comes back to the same question.
`sent` in the address says that something was on its way: a GET that finds it says what hasn't arrived.
"""

from __future__ import annotations

import secrets
import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.permissions import signed_in
from core.selectors import reader_locale
from people.middleware import SignedInRequest
from quizzes.domain.rules import is_over
from quizzes.models import QuizAttempt
from quizzes.selectors.attempts import (
    AskedQuestion,
    OpenAttempt,
    asked_in_unscoped,
    attempt_for_learner,
    last_result_for_learner,
    open_attempt_for_learner,
)
from quizzes.selectors.questions import introduction_for_learner, quiz_for_viewer
from quizzes.services import (
    AnswerIsFinal,
    AttemptClosed,
    MayNotStart,
    NothingToAsk,
    holding_attempt,
    keep_response,
    pass_questions,
    save_response,
    start_attempt,
    submit_attempt,
)
from quizzes.views.screens import Shown, address, following, questions_shown, render_page, render_review, with_forms


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: SignedInRequest, slug: str) -> HttpResponse:
    """The introduction, a question of the open attempt (`?q=4`), or the review before handing in (`?review=1`)."""
    if request.method == "POST" and request.POST.get("go") not in {"start", "hand-in"}:
        with holding_attempt(learner=request.user, slug=slug) as held:
            return _take(request, slug, held)
    running = open_attempt_for_learner(request.user, slug)
    if request.method == "POST":
        return _take(request, slug, running)
    if running is None:
        return _introduce(request, slug)
    if is_over(running.attempt.due_at, request.now):
        return _time_is_up(request, slug, running.attempt)
    return _go_on(request, slug, running)


def _go_on(request: SignedInRequest, slug: str, running: OpenAttempt) -> HttpResponse:
    may_review = running.next is None or not running.rules.is_forward_only
    position = _position(request) if "q" in request.GET else running.next
    if position is None or ("review" in request.GET and may_review):
        return render_review(request, running)
    question = _question(running, position)
    if not (running.is_in_reach(question) or running.was_just_passed(question)):
        return redirect(address(slug, running.next))
    return render_page(request, running, questions_shown(request, running, question))


def _introduce(request: SignedInRequest, slug: str) -> HttpResponse:
    result = last_result_for_learner(request.user, slug)
    page = quiz_for_viewer(request.user, slug)
    if result and not (page and "again" in request.GET):
        return redirect("quiz_result", slug=slug, public_id=result.public_id)
    if page is None:
        raise Http404
    introduction = introduction_for_learner(request.user, page, request.now)
    context = {**vars(introduction), "has_result": bool(result), "tab": "training"}
    return render(request, "quizzes/introduction.html", context)


def _take(request: SignedInRequest, slug: str, running: OpenAttempt | None) -> HttpResponse:
    go = request.POST.get("go")
    if go == "start":
        return redirect("quiz", slug=slug) if running else _start(request, slug)
    if go == "keep":
        return _keep_in_background(request, running)
    if running is None or str(running.attempt.public_id) != request.POST.get("attempt"):
        return _too_late(request, slug)
    if is_over(running.attempt.due_at, request.now):
        return _keep_late(request, slug, running) if go != "hand-in" else _time_is_up(request, slug, running.attempt)
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
    except MayNotStart:
        # The introduction says why, and until when.
        return redirect(reverse("quiz", args=[slug]) + "?again=1")
    return redirect("quiz", slug=slug)


def _not_now(request: SignedInRequest) -> HttpResponse:
    messages.warning(
        request, _("This quiz can’t be taken at the moment. Your results stay as they are; look again later.")
    )
    return redirect("my_training")


def _answer(request: SignedInRequest, slug: str, running: OpenAttempt) -> HttpResponse:
    """Keep what stands on a page, and go on."""
    go, question = request.POST.get("go"), _question(running, _position(request))
    if not running.is_in_reach(question):
        return redirect(address(slug, running.next))
    shown = questions_shown(request, running, question)
    filled = [with_forms(request, running, one) for one in shown if one.is_open]
    sent = [one for one in filled if one.has_answer]
    if not sent and go not in {"later", "back"}:
        sent = filled
    if not _keep(request, running, sent):
        return render_page(request, running, [one if one in sent else one.unsent() for one in shown])
    if running.rules.is_forward_only:
        last = shown[-1].question.position
        pass_questions(learner=request.user, attempt=running.attempt, up_to=last, now=request.now)
    shows_feedback = running.rules.shows_at_once and sent
    return redirect(address(slug, shown[0].question.position if shows_feedback else following(running, shown, go)))


def _keep(request: SignedInRequest, held: OpenAttempt, sent: list[Shown]) -> bool:
    """Keep each answer on its own: one that is wrong doesn't lose the others. Whether all could be taken."""
    valid = [one for one in sent if one.invalid_form is None]
    for one in valid:
        try:
            keep_response(held=held, position=one.question.position, now=request.now, **_said(one))
        except AnswerIsFinal:
            messages.info(request, _("The answer to this question is final. What you sent now was not taken."))
    return len(valid) == len(sent)


def _keep_in_background(request: SignedInRequest, running: OpenAttempt | None) -> HttpResponse:
    """Answers sent as they are given: kept (204), not all answers (422), or nothing to answer any more (409)."""
    if running is None or str(running.attempt.public_id) != request.POST.get("attempt") or running.rules.shows_at_once:
        return HttpResponse(status=HTTPStatus.CONFLICT)
    question = _question(running, _position(request))
    if not running.is_in_reach(question):
        return HttpResponse(status=HTTPStatus.CONFLICT)
    filled = [with_forms(request, running, one) for one in questions_shown(request, running, question) if one.is_open]
    sent = [one for one in filled if one.has_answer] or filled
    try:
        is_kept = _keep(request, running, sent)
    except AttemptClosed:
        return HttpResponse(status=HTTPStatus.CONFLICT)
    return HttpResponse(status=HTTPStatus.NO_CONTENT if is_kept else HTTPStatus.UNPROCESSABLE_ENTITY)


def _said(one: Shown) -> dict[str, Any]:
    """What was answered, and how sure, as services take it."""
    return {
        "answer": one.given,
        "certainty": one.certainty_form.cleaned_data["certainty"] if one.certainty_form else None,
    }


def _time_is_up(request: SignedInRequest, slug: str, attempt: QuizAttempt) -> HttpResponse:
    """The server's clock decides: what was saved is handed in, by whichever request comes first."""
    result = submit_attempt(learner=request.user, attempt=attempt, now=request.now)
    messages.info(
        request, _("The time is up. All answers that you had saved were handed in for you; this is the result.")
    )
    return redirect("quiz_result", slug=slug, public_id=result.public_id)


def _keep_late(request: SignedInRequest, slug: str, running: OpenAttempt) -> HttpResponse:
    """Answers that arrive after the time was up are kept beside the attempt, and count for nothing."""
    question = _question(running, _position(request))
    was_kept = False
    for one in questions_shown(request, running, question, is_late=True):
        late = with_forms(request, running, one)
        if late.has_answer and late.invalid_form is None:
            try:
                save_response(
                    learner=request.user,
                    attempt=running.attempt,
                    position=late.question.position,
                    now=request.now,
                    **_said(late),
                )
                was_kept = True
            except AttemptClosed:
                break
    result = submit_attempt(learner=request.user, attempt=running.attempt, now=request.now)
    message = (
        _("The time was up before your last answer arrived. It is kept with your attempt, but it doesn’t count. ")
        if was_kept
        else _("The time is up. ")
    )
    messages.warning(
        request, message + _("All answers that you had saved before were handed in for you; this is the result.")
    )
    return redirect("quiz_result", slug=slug, public_id=result.public_id)


def _too_late(request: SignedInRequest, slug: str) -> HttpResponse:
    """Sent from a page of an attempt that has been handed in since: its result, and what wasn't taken."""
    attempt = attempt_for_learner(request.user, slug, _uuid(request.POST.get("attempt", "")))
    if attempt is None or attempt.submitted_at is None:
        raise Http404
    if request.POST.get("go") == "hand-in":
        return redirect("quiz_result", slug=slug, public_id=attempt.public_id)
    if attempt.is_closed_by_clock:
        return _keep_late(request, slug, asked_in_unscoped(attempt))
    messages.warning(request, _("You handed this quiz in before. Your last answer was not taken; this is the result."))
    return redirect("quiz_result", slug=slug, public_id=attempt.public_id)


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
