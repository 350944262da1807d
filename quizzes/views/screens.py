"""The screens of the player: a page of questions, and the review before handing in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.selectors import reader_locale
from people.middleware import SignedInRequest
from quizzes.domain.answers import Answer
from quizzes.enums import CertaintyLevel
from quizzes.forms import AnswerForm, CertaintyForm
from quizzes.models import QuizAttempt
from quizzes.selectors.attempts import AskedQuestion, OpenAttempt
from quizzes.selectors.feedback import ReviewedQuestion, release_answered


@dataclass
class Shown:
    """A question on its page, with what was sent for it, if it was, or with its feedback. prefix: of the names of its fields."""

    question: AskedQuestion
    prefix: str = ""
    form: AnswerForm | None = None
    certainty_form: CertaintyForm | None = None
    review: ReviewedQuestion | None = None
    is_open: bool = True

    @property
    def certainty(self) -> str:
        sent = self.certainty_form.data.get("certainty") if self.certainty_form else self.question.certainty
        return str(sent or "")

    @property
    def has_answer(self) -> bool:
        return bool(self.form and self.form.chosen)

    @property
    def invalid_form(self) -> AnswerForm | CertaintyForm | None:
        return next((form for form in (self.form, self.certainty_form) if form and not form.is_valid()), None)

    def unsent(self) -> Shown:
        return replace(self, form=None, certainty_form=None)

    @property
    def given(self) -> Answer:
        """The answer that was sent, of a valid form."""
        return self.form.answer if self.form else ()


def questions_shown(
    request: SignedInRequest, running: OpenAttempt, question: AskedQuestion, *, is_late: bool = False
) -> list[Shown]:
    """The questions on a question's page, with the feedback of those that have it already."""
    page = running.page_of(question)
    positions = [one.position for one in page if one.is_answered]
    reviews = (
        release_answered(request.user, running.attempt, positions, reader_locale())
        if running.rules.shows_at_once and positions and not is_late
        else {}
    )
    return [
        Shown(
            one,
            prefix=f"q{one.position}-" if len(page) > 1 else "",
            review=reviews.get(one.position),
            is_open=is_late or running.is_open(one.position),
        )
        for one in page
    ]


def with_forms(request: SignedInRequest, running: OpenAttempt, one: Shown) -> Shown:
    """With what was sent for this question: on a page of several, its fields have its position before their names."""
    own = QueryDict(mutable=True)
    for name in request.POST:
        if name.startswith(one.prefix):
            own.setlist(name.removeprefix(one.prefix), request.POST.getlist(name))
    one.form = AnswerForm(own, question=one.question)
    one.certainty_form = CertaintyForm(own) if running.rules.is_certainty_based else None
    for form in (one.form, one.certainty_form):
        if form:
            form.auto_id = f"id_{one.prefix}%s"
    return one


def render_page(request: SignedInRequest, running: OpenAttempt, shown: list[Shown]) -> HttpResponse:
    refused = [one for one in shown if one.invalid_form]
    first = shown[0].question
    context = {
        "attempt": running.attempt,
        "rules": running.rules,
        "certainties": _certainties(),
        "shown": shown,
        "question": first,
        "last": shown[-1].question.position,
        "total": len(running.questions),
        "answered": len(running.questions) - len(running.unanswered),
        "weave_states": _weave(running, {one.question.position for one in shown}),
        "refused": refused,
        "was_sent": not refused and "sent" in request.GET,
        "is_open": any(one.is_open for one in shown),
        "keeps": not running.rules.shows_at_once,
        "following": _query(following(running, shown, None)),
        "clock": _clock(request, running.attempt),
    }
    return render(request, "quizzes/question.html", context, status=422 if refused else 200)


def render_review(request: SignedInRequest, running: OpenAttempt) -> HttpResponse:
    context = {
        "attempt": running.attempt,
        "rules": running.rules,
        "sections": running.sections,
        "questions": running.questions,
        "unanswered": running.unanswered,
        "weave_states": _weave(running, set()),
        "was_sent": "sent" in request.GET,
        "clock": _clock(request, running.attempt),
    }
    return render(request, "quizzes/review.html", context)


def _certainties() -> list[dict[str, Any]]:
    """What one may say of one's certainty, with what each is worth, in words."""
    worth = {
        CertaintyLevel.GUESSED: _("Right earns a third, wrong costs nothing."),
        CertaintyLevel.FAIRLY_SURE: _("Right earns two thirds, wrong costs two thirds."),
        CertaintyLevel.SURE: _("Right earns it all, wrong costs double."),
    }
    return [
        {"name": str(level.value), "value": level.value, "label": level.label, "worth": worth[level]} for level in worth
    ]


def _clock(request: SignedInRequest, attempt: QuizAttempt) -> dict[str, Any] | None:
    """How much time is left, by the server's clock; none where there is a day and more."""
    if attempt.due_at is None or attempt.due_at - request.now > timedelta(days=1):
        return None
    left = max(attempt.due_at - request.now, timedelta())
    return {
        "due_at": attempt.due_at,
        "left": left,
        "seconds": int(left.total_seconds()),
        "total": int((attempt.due_at - attempt.started_at).total_seconds()),
    }


def _weave(running: OpenAttempt, now: set[int]) -> list[str]:
    return [
        "now" if question.position in now else "done" if question.is_answered else "" for question in running.questions
    ]


def address(slug: str, position: int | None) -> str:
    """Of a question, or of the review where there is none to go to."""
    return reverse("quiz", args=[slug]) + _query(position)


def _query(position: int | None) -> str:
    return f"?q={position}" if position else "?review=1"


def following(running: OpenAttempt, shown: list[Shown], go: str | None) -> int | None:
    first, last = shown[0].question.position, shown[-1].question.position
    if running.rules.is_forward_only:
        return last + 1 if running.question(last + 1) else None
    return first - 1 if go == "back" else running.next_unanswered(after=last)
