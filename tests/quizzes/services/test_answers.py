"""Answers kept and refused, and handing them in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from quizzes.domain.answers import WrongChoice
from quizzes.models import QuizAttempt, Response
from quizzes.selectors.attempts import open_attempt_for_learner
from quizzes.services import AttemptClosed, AttemptNotFound, QuestionNotAsked, save_response, submit_attempt
from quizzes.signals import attempt_graded
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import (
    MULTIPLE,
    answer,
    begin,
    publish_question,
    publish_quiz,
    right_options,
    say,
    take,
    wrong_options,
)
from tests.quizzes.services.editing import LATER

pytestmark = pytest.mark.django_db


def test_save_response_keeps_the_answer() -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    chosen = right_options(attempt, 1)
    response = save_response(learner=attempt.learner, attempt=attempt, position=1, answer=say(chosen), now=LATER)
    assert (response.number, response.chosen, response.answered_at) == (1, chosen, LATER)


def test_save_response_of_the_same_answer_is_one_row() -> None:
    attempt = begin(UserFactory(), publish_quiz([publish_question(kind="multiple", options=MULTIPLE)]))
    chosen = right_options(attempt, 1)
    first = save_response(learner=attempt.learner, attempt=attempt, position=1, answer=say(chosen), now=NOW)
    again = save_response(learner=attempt.learner, attempt=attempt, position=1, answer=say(chosen[::-1]), now=LATER)
    assert (again.pk, again.answered_at, Response.objects.count()) == (first.pk, NOW, 1)


def test_save_response_of_another_answer_is_another_row_and_counts() -> None:
    quiz, learner = publish_quiz(1), UserFactory()
    attempt = begin(learner, quiz)
    answer(attempt, 1)
    answer(attempt, 1, right=False)
    assert list(Response.objects.values_list("number", flat=True)) == [1, 2]
    running = open_attempt_for_learner(learner, quiz.slug)
    assert running is not None
    assert list(running.questions[0].chosen) == wrong_options(attempt, 1)
    assert submit_attempt(learner=learner, attempt=attempt, now=NOW).score_raw == 0


def test_save_response_of_a_forged_option_is_refused() -> None:
    attempt = begin(UserFactory(), publish_quiz(2))
    for chosen in (["forged"], right_options(attempt, 2), attempt.questions.get(position=1).option_ids[:2], []):
        with pytest.raises(WrongChoice):
            save_response(learner=attempt.learner, attempt=attempt, position=1, answer=say(chosen), now=NOW)
    assert Response.objects.count() == 0


def test_save_response_to_a_question_not_asked_is_refused() -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    with pytest.raises(QuestionNotAsked):
        save_response(learner=attempt.learner, attempt=attempt, position=2, answer=say(["a"]), now=NOW)


def test_save_response_after_handing_in_is_refused() -> None:
    attempt = take(UserFactory(), publish_quiz(1), right=1)
    with pytest.raises(AttemptClosed):
        answer(attempt, 1, right=False)
    assert QuizAttempt.objects.get().score_raw == 1


def test_somebody_elses_attempt_is_not_found() -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    stranger = UserFactory()
    with pytest.raises(AttemptNotFound):
        save_response(learner=stranger, attempt=attempt, position=1, answer=say(["a"]), now=NOW)
    with pytest.raises(AttemptNotFound):
        submit_attempt(learner=stranger, attempt=attempt, now=NOW)


def test_submit_attempt_grades_it() -> None:
    attempt = take(UserFactory(), publish_quiz(3), right=2)
    kept = QuizAttempt.objects.get()
    assert (kept.pk, kept.submitted_at) == (attempt.pk, NOW)
    assert (kept.score_raw, kept.score_max, kept.score_scaled) == (2, 3, Decimal("0.66666"))
    assert kept.is_success is False


def test_submit_attempt_counts_an_unanswered_question_as_nothing() -> None:
    attempt = begin(UserFactory(), publish_quiz(2, mastery_score="0.5"))
    answer(attempt, 2)
    result = submit_attempt(learner=attempt.learner, attempt=attempt, now=NOW)
    assert (result.score_raw, result.is_success) == (1, True)


def test_submit_attempt_twice_gives_the_same_result_and_tells_it_once() -> None:
    told: list[Any] = []

    def listen(sender: Any, attempt: QuizAttempt, now: Any, **kwargs: Any) -> None:
        told.append((sender, attempt.pk, now))

    attempt = begin(UserFactory(), publish_quiz(1))
    answer(attempt, 1)
    attempt_graded.connect(listen)
    try:
        first = submit_attempt(learner=attempt.learner, attempt=attempt, now=NOW)
        again = submit_attempt(learner=attempt.learner, attempt=attempt, now=LATER)
    finally:
        attempt_graded.disconnect(listen)
    assert (again.pk, again.submitted_at) == (first.pk, NOW)
    assert told == [(QuizAttempt, attempt.pk, NOW)]


def test_submit_attempt_is_taken_back_when_a_receiver_fails() -> None:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError

    attempt = begin(UserFactory(), publish_quiz(1))
    attempt_graded.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            submit_attempt(learner=attempt.learner, attempt=attempt, now=NOW)
    finally:
        attempt_graded.disconnect(fail)
    assert QuizAttempt.objects.get().submitted_at is None
