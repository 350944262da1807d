"""Two tabs at the same moment. Each control takes the lock off and must fail, on PostgreSQL: SQLite locks the whole database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from quizzes.domain.keys import KeyContent
from quizzes.models import AttemptGrade, Question, QuestionVersion, QuizAttempt, RecallReview, Response
from quizzes.services import (
    attempts,
    regrade_attempts,
    save_response,
    set_answer_key,
    submit_attempt,
    submit_overdue_attempts,
)
from quizzes.signals import attempt_graded
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import (
    answer,
    begin,
    publish_question,
    publish_quiz,
    right_options,
    ruled,
    say,
    wrong_options,
)
from tests.pages import signed_in

pytestmark = pytest.mark.race
AtOnce = Callable[..., list[Any]]


@pytest.fixture
def meeting(meet: Callable[[Any, str], None]) -> None:
    """Two services meet after they have read and before they write."""
    meet(attempts, "questions_to_ask_unscoped")
    meet(attempts, "marks_unscoped")
    meet(Response, "save")


@pytest.fixture
def told() -> Iterator[list[int]]:
    heard: list[int] = []

    def listen(attempt: QuizAttempt, **kwargs: Any) -> None:
        heard.append(attempt.pk)

    attempt_graded.connect(listen)
    yield heard
    attempt_graded.disconnect(listen)


def answering(attempt: QuizAttempt, chosen: list[str]) -> Callable[[], Response]:
    return lambda: save_response(learner=attempt.learner, attempt=attempt, position=1, answer=say(chosen), now=NOW)


def handing_in(attempt: QuizAttempt) -> Callable[[], QuizAttempt]:
    return lambda: submit_attempt(learner=attempt.learner, attempt=attempt, now=NOW)


def test_two_starts_are_one_attempt(at_once: AtOnce, meeting: None) -> None:
    learner, quiz = UserFactory(), publish_quiz(2)
    first, second = at_once(*[lambda: begin(learner, quiz)] * 2)
    assert first == second
    assert QuizAttempt.objects.count() == 1


def test_same_answer_in_two_tabs_is_one_response(at_once: AtOnce, meeting: None) -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    first, second = at_once(*[answering(attempt, right_options(attempt, 1))] * 2)
    assert first == second
    assert Response.objects.count() == 1


def test_two_answers_in_two_tabs_are_kept_one_after_the_other(at_once: AtOnce, meeting: None) -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    found = at_once(answering(attempt, right_options(attempt, 1)), answering(attempt, wrong_options(attempt, 1)))
    assert sorted(response.number for response in found) == [1, 2]


def test_two_hand_ins_are_one_result_told_once(at_once: AtOnce, meeting: None, told: list[int]) -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    answer(attempt, 1)
    first, second = at_once(*[handing_in(attempt)] * 2)
    assert (first.pk, first.score_raw) == (second.pk, second.score_raw) == (attempt.pk, 1)
    assert told == [attempt.pk]


def test_sixteen_clients_at_once_hand_in_eight_attempts_from_two_tabs_each(at_once: AtOnce, told: list[int]) -> None:
    quiz = publish_quiz(3)
    attempts = [begin(UserFactory(), quiz) for _ in range(8)]
    for attempt in attempts:
        for position in (1, 2, 3):
            answer(attempt, position, right=position < 3)

    def click(client: Client, attempt: QuizAttempt) -> str:
        sent = {"attempt": str(attempt.public_id), "go": "hand-in"}
        response = client.post(f"/quizzes/{quiz.slug}/?review=1", sent)
        return f"{response.status_code} {response.headers['Location']}"

    tabs = [(signed_in(attempt.learner), attempt) for attempt in attempts for _ in range(2)]
    found = at_once(*[partial(click, client, attempt) for client, attempt in tabs])

    assert found == [f"302 /quizzes/{quiz.slug}/results/{attempt.public_id}/" for _, attempt in tabs]
    assert sorted(told) == sorted(attempt.pk for attempt in attempts)
    graded = AttemptGrade.objects.filter(number=1, score_raw=2).values_list("attempt", flat=True)
    assert sorted(graded) == sorted(told)
    # The three questions test one clause: each shows what is remembered of it.
    assert Counter(RecallReview.objects.values_list("learner", flat=True)) == {one.learner_id: 3 for one in attempts}


def test_an_answer_is_graded_or_refused_never_lost(at_once: AtOnce) -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    saved, handed_in = at_once(answering(attempt, right_options(attempt, 1)), handing_in(attempt))
    assert handed_in.score_raw == (1 if isinstance(saved, Response) else 0)


def test_the_clock_and_the_learner_hand_in_once(at_once: AtOnce, meeting: None, told: list[int]) -> None:
    attempt = overdue()
    at_once(handing_in(attempt), lambda: submit_overdue_attempts(now=NOW))
    assert told == [attempt.pk]


def test_a_late_answer_and_the_clock_are_one_result_and_one_late_answer(
    at_once: AtOnce, meeting: None, told: list[int]
) -> None:
    attempt = overdue()
    saved, _ = at_once(answering(attempt, right_options(attempt, 1)), lambda: submit_overdue_attempts(now=NOW))
    assert (saved.is_late, told) == (True, [attempt.pk])


def test_two_regradings_are_one_grade(at_once: AtOnce) -> None:
    question = publish_question()
    attempt = begin(UserFactory(), publish_quiz([question]))
    answering(attempt, wrong := wrong_options(attempt, 1))()
    handing_in(attempt)()
    draft = question.get_latest_revision_as_object()
    set_answer_key(question=draft, key=KeyContent.of(set(wrong), {}, ""), now=NOW)
    draft.save_revision().publish()
    found = at_once(*[lambda: regrade_attempts(question=question, reason="The key was wrong.", now=NOW)] * 2)
    assert sorted(len(one) for one in found) == [0, 1]
    assert list(AttemptGrade.objects.order_by("number").values_list("score_raw", flat=True)) == [0, 1]


def overdue() -> QuizAttempt:
    return begin(UserFactory(), ruled(publish_quiz(1), time_limit=1), now=NOW - timedelta(hours=1))


def test_control_the_clock_and_the_learner_without_the_lock_fail(
    at_once: AtOnce, meeting: None, unlocked: None
) -> None:
    attempt = overdue()
    found = at_once(handing_in(attempt), lambda: submit_overdue_attempts(now=NOW))
    assert IntegrityError in {type(one) for one in found}


def test_two_publications_number_without_a_gap(at_once: AtOnce) -> None:
    question = publish_question()

    def publish(stem: str) -> None:
        draft = Question.objects.get(pk=question.pk)
        draft.stem = stem
        draft.save_revision().publish()

    found = at_once(lambda: publish("What now?"), lambda: publish("What then?"))
    assert not [error for error in found if isinstance(error, Exception)]
    assert list(QuestionVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_control_two_starts_without_the_lock_fail(at_once: AtOnce, meeting: None, unlocked: None) -> None:
    learner, quiz = UserFactory(), publish_quiz(2)
    found = at_once(*[lambda: begin(learner, quiz)] * 2)
    assert IntegrityError in {type(one) for one in found}


def test_control_two_answers_without_the_lock_fail(at_once: AtOnce, meeting: None, unlocked: None) -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    answers = answering(attempt, right_options(attempt, 1)), answering(attempt, wrong_options(attempt, 1))
    assert IntegrityError in {type(one) for one in at_once(*answers)}


def test_control_two_hand_ins_without_the_lock_fail(
    at_once: AtOnce, meeting: None, told: list[int], unlocked: None
) -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    found = at_once(*[handing_in(attempt)] * 2)
    assert IntegrityError in {type(one) for one in found}
