"""Five a day: today's cards one after the other, each with its clause after the answer.

Everything is sent to one address, with the day, the card and the turn that it is for: what isn't for today, or was answered in
another tab, is not taken, and the page says so.
"""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.permissions import signed_in
from core.selectors import reader_locale
from people.middleware import SignedInRequest
from people.selectors import branch_for_person, local_today
from quizzes.forms import PracticeForm
from quizzes.selectors.feedback import FeedbackWithheld, release_practice_feedback
from quizzes.selectors.practice import (
    DayCard,
    OpenDay,
    clauses_for_learner,
    comes_back_for_learner,
    five_a_day_for_learner,
    open_day_for_learner,
)
from quizzes.services import (
    CardNotAsked,
    DayOver,
    HeldByQuiz,
    NothingToPractise,
    answer_card,
    begin_practice,
    show_hint,
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def five(request: SignedInRequest) -> HttpResponse:
    """The next card, what came of one (`?card=2`), or what the day came to. It is begun by a POST only."""
    if request.method == "POST":
        return _take(request)
    branch = branch_for_person(request.user, request.now)
    day = open_day_for_learner(request.user, local_today(branch, request.now), request.now)
    if day is None:
        return redirect("practice")
    card = day.at(_number(request.GET["card"])) if "card" in request.GET else None
    if card and card.is_answered:
        return _render_feedback(request, day, card)
    if day.next is None:
        five_a_day = five_a_day_for_learner(request.user, branch, request.now)
        return render(request, "quizzes/five_done.html", {"day": day, "five": five_a_day})
    return _render_card(request, day, day.next)


def _take(request: SignedInRequest) -> HttpResponse:
    go = request.POST.get("go")
    if go == "start":
        return _start(request)
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Http404 from None
    try:
        return _hint(request, day) if go == "hint" else _answer(request, day)
    except DayOver:
        messages.warning(request, _("That card was for another day, so your answer was not taken. Here is today."))
    except HeldByQuiz:
        messages.warning(
            request, _("A quiz that you have begun asks this question too. It comes back once you have handed that in.")
        )
    except CardNotAsked:
        messages.warning(request, _("You answered this card before. Your first answer counts."))
    return redirect("five")


def _start(request: SignedInRequest) -> HttpResponse:
    try:
        begin_practice(learner=request.user, now=request.now, locale=reader_locale())
    except NothingToPractise:
        messages.warning(request, _("There is nothing to practise yet. Sign a chapter or take a quiz first."))
        return redirect("practice")
    return redirect("five")


def _hint(request: SignedInRequest, day: date) -> HttpResponse:
    position = _number(request.POST.get("card", ""))
    show_hint(learner=request.user, day=day, position=position, now=request.now)
    return redirect("five")


def _answer(request: SignedInRequest, sent_on: date) -> HttpResponse:
    position, turn = _number(request.POST.get("card", "")), _number(request.POST.get("turn", ""))
    day = open_day_for_learner(request.user, sent_on, request.now)
    card = day.at(position) if day else None
    if day is None or card is None:
        raise Http404
    form = PracticeForm(request.POST, question=card.question)
    is_first = card.card.turn == turn and not card.card.is_over
    if is_first and not form.is_valid():
        return _render_card(request, day, card, form)
    answer_card(learner=request.user, day=sent_on, position=position, turn=turn, answer=form.answer, now=request.now)
    return redirect(f"{reverse('five')}?card={position}")


def _render_card(
    request: SignedInRequest, day: OpenDay, card: DayCard, form: PracticeForm | None = None
) -> HttpResponse:
    context = {
        "day": day,
        "card": card,
        "question": card.question,
        "form": form,
        "clauses": clauses_for_learner(request.user, card.asked_id, reader_locale()) if card.is_hinted else (),
        "weave_states": day.weave(card.card.position),
    }
    return render(request, "quizzes/five_card.html", context, status=422 if form else 200)


def _render_feedback(request: SignedInRequest, day: OpenDay, card: DayCard) -> HttpResponse:
    try:
        reviewed = release_practice_feedback(request.user, card.asked_id, reader_locale(), request.now)
    except FeedbackWithheld:
        messages.warning(request, _("A quiz that you have begun asks this question too: its answer stands there."))
        return redirect("practice")
    context = {
        "day": day,
        "card": card,
        "question": reviewed,
        "comes_back_at": comes_back_for_learner(request.user, card.clause_id),
        "weave_states": day.weave(None),
    }
    return render(request, "quizzes/five_feedback.html", context)


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 3):
        raise Http404
    return int(written)
