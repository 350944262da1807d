"""The review, handing in, and what comes too late."""

from __future__ import annotations

import pytest
from django.test import Client

from people.models import User
from quizzes.models import QuizAttempt, Response
from quizzes.selectors.attempts import open_attempt_for_learner
from tests.factories.quizzes import answer, begin, publish_quiz, right_options, take, wrong_options
from tests.pages import smooth as text
from tests.quizzes.views.pages import ADDRESS, post, result_address

pytestmark = pytest.mark.django_db


def test_session_that_ended_while_handing_in_says_so(client: Client, learner: User) -> None:
    begin(learner, publish_quiz(1))
    assert "Your quiz is not handed in yet" in text(client.get(ADDRESS + "?review=1&sent=1"))


def test_review_lists_what_is_unanswered(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(3))
    answer(attempt, 2)
    page = text(client.get(ADDRESS + "?review=1"))
    assert "2 questions have no answer yet" in page
    assert page.count("No answer yet") == 2
    assert "Hand in as it is" in page
    assert "Answer question 1" in page


def test_all_answered_leads_to_the_review(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(1))
    answer(attempt, 1)
    page = text(client.get(ADDRESS))
    assert "Every question has an answer" in page
    assert "Hand in" in page


def test_hand_in_leads_to_the_result_however_often(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(1))
    answer(attempt, 1)
    answers = [post(client, ADDRESS + "?review=1&sent=1", attempt, go="hand-in") for _ in range(2)]
    assert [response.url for response in answers] == [result_address(attempt)] * 2
    assert QuizAttempt.objects.get().is_success
    assert client.get(ADDRESS).url == result_address(attempt)


def test_answer_after_handing_in_says_it_was_not_taken(client: Client, learner: User) -> None:
    attempt = take(learner, publish_quiz(1), right=1)
    response = client.post(
        ADDRESS + "?q=1&sent=1",
        {"attempt": attempt.public_id, "answer": wrong_options(attempt, 1), "go": "next"},
        follow=True,
    )
    assert response.redirect_chain == [(result_address(attempt), 302)]
    assert "Your last answer was not taken" in text(response)
    assert Response.objects.count() == 1


def test_answer_from_an_old_page_does_not_touch_the_new_attempt(client: Client, learner: User) -> None:
    quiz = publish_quiz(1)
    old = take(learner, quiz, right=0)
    begin(learner, quiz)
    assert post(client, ADDRESS + "?q=1", old, answer=right_options(old, 1), go="next").url == result_address(old)
    running = open_attempt_for_learner(learner, quiz.slug)
    assert running is not None
    assert running.unanswered == [1]
