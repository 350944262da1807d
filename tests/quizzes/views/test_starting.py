"""The introduction, the start, and who may come in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from quizzes.models import Question, QuizAttempt, Response
from tests.factories.people import UserFactory
from tests.factories.quizzes import begin, publish_quiz, right_options, take
from tests.pages import smooth as text
from tests.quizzes.views.pages import ADDRESS, post, result_address

pytestmark = pytest.mark.django_db


def test_introduction_says_what_it_takes(client: Client) -> None:
    publish_quiz(3)
    page = text(client.get(ADDRESS))
    assert "Quiz on reliability" in page
    assert "3 questions" in page
    assert "about 12 minutes" in page
    assert "passed from 80 %" in page
    assert QuizAttempt.objects.count() == 0


def test_introduction_of_a_quiz_without_questions_offers_no_start(client: Client) -> None:
    publish_quiz(1)
    Question.objects.get().unpublish()
    page = text(client.get(ADDRESS))
    assert "no questions at the moment" in page
    assert "Start the quiz" not in page


def test_start_begins_an_attempt_once(client: Client, learner: User) -> None:
    publish_quiz(2)
    answers = [client.post(ADDRESS, {"go": "start"}) for _ in range(2)]
    assert [(response.status_code, response.url) for response in answers] == [(302, ADDRESS)] * 2
    assert QuizAttempt.objects.get().learner == learner


def test_start_of_a_quiz_without_questions_says_so(client: Client) -> None:
    publish_quiz(1)
    Question.objects.get().unpublish()
    assert client.post(ADDRESS, {"go": "start"}).url == reverse("my_training")
    assert QuizAttempt.objects.count() == 0


def test_unpublished_quiz_goes_on_for_who_began_it(client: Client, learner: User) -> None:
    quiz = publish_quiz(1)
    attempt = begin(learner, quiz)
    quiz.unpublish()
    assert "question 1 of 1" in text(client.get(ADDRESS))
    post(client, ADDRESS + "?q=1", attempt, answer=right_options(attempt, 1), go="next")
    assert post(client, ADDRESS + "?review=1", attempt, go="hand-in").url == result_address(attempt)
    page = text(client.get(result_address(attempt)))
    assert "Take it again" not in page
    assert client.post(ADDRESS, {"go": "start"}).url == reverse("my_training")
    assert QuizAttempt.objects.count() == 1


def test_unpublished_or_unknown_quiz_is_404_for_others(client: Client) -> None:
    quiz = publish_quiz(1)
    quiz.unpublish()
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, {"go": "start"}).status_code == 404
    assert client.get("/quizzes/nothing/").status_code == 404


def test_visitors_sign_in_first() -> None:
    attempt = take(UserFactory(), publish_quiz(1), right=1)
    for address in (ADDRESS, result_address(attempt)):
        assert Client().get(address).url.startswith("/accounts/login/?next=")
    assert Client().post(ADDRESS, {"go": "start"}).status_code == 302
    assert QuizAttempt.objects.count() == 1


def test_get_changes_nothing(client: Client, learner: User) -> None:
    begin(learner, publish_quiz(2))
    for query in ("", "?q=1", "?review=1", "?q=1&sent=1", "?go=start", "?go=hand-in"):
        assert client.get(ADDRESS + query).status_code == 200
    assert (QuizAttempt.objects.filter(submitted_at=None).count(), Response.objects.count()) == (1, 0)
