"""The result: score, feedback, and what to read."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.factories.people import UserFactory
from tests.factories.quizzes import MULTIPLE, begin, publish_question, publish_quiz, right_options, take
from tests.pages import smooth as text
from tests.quizzes.views.pages import ADDRESS, post, result_address

pytestmark = pytest.mark.django_db


def test_result_shows_score_feedback_and_clauses(client: Client, learner: User) -> None:
    attempt = take(learner, publish_quiz(2, mastery_score="0.5"), right=1)
    page = text(client.get(result_address(attempt)))
    assert "Passed. You know how we work." in page
    assert "50<small> %</small>" in page
    assert "1 of 2 right." in page
    assert "1 to look at again" in page
    assert "Right. The promise is the shop’s." in page
    assert "Your answer, not right." in page
    assert "What one of us promised, all of us keep." in page
    assert "We do what REL-1 says." in page
    assert "version 1, in force today" in page
    assert reverse("clause", args=["REL-1"]) in page
    assert reverse("my_training") in page


def test_result_that_failed_says_what_to_read_and_offers_another_try(client: Client, learner: User) -> None:
    attempt = take(learner, publish_quiz(2), right=0)
    page = text(client.get(result_address(attempt)))
    assert "Not yet. Read these again, then try once more." in page
    assert "Read these first" in page
    assert "Title of REL-1" in page
    assert "Try again" in page
    assert client.post(ADDRESS, {"go": "start"}).url == ADDRESS
    assert "question 1 of 2" in text(client.get(ADDRESS))


def test_result_with_everything_right(client: Client, learner: User) -> None:
    attempt = take(learner, publish_quiz(1), right=1)
    page = text(client.get(result_address(attempt)))
    assert "Every answer was right." in page
    assert "to look at again" not in page


def test_result_of_unanswered_and_partly_right_questions(client: Client, learner: User) -> None:
    questions = [publish_question("multi", kind="multiple", options=MULTIPLE), publish_question()]
    attempt = begin(learner, publish_quiz(questions))
    post(client, ADDRESS + "?q=1", attempt, answer=right_options(attempt, 1)[:1], go="next")
    post(client, ADDRESS + "?review=1", attempt, go="hand-in")
    page = text(client.get(result_address(attempt)))
    assert "Question 1 · Partly right" in page
    assert "Question 2 · Not answered" in page
    assert "25<small> %</small>" in page


def test_result_of_an_open_attempt_leads_back_to_it(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(1))
    assert client.get(result_address(attempt)).url == ADDRESS


def test_result_of_somebody_else_or_of_nothing_is_404(client: Client, learner: User) -> None:
    foreign = take(UserFactory(), publish_quiz(1), right=1)
    assert client.get(result_address(foreign)).status_code == 404
    assert client.get(reverse("quiz_result", args=["reliability", uuid.uuid4()])).status_code == 404
    own = take(learner, foreign.quiz, right=1)
    publish_quiz(1, slug="other")
    assert client.get(reverse("quiz_result", args=["other", own.public_id])).status_code == 404
