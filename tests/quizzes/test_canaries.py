"""No key and no feedback on anything that a learner can reach before handing in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from quizzes.domain.authoring import Choice
from quizzes.models import Question, QuizAttempt
from tests.factories.people import UserFactory
from tests.factories.quizzes import answer, begin, publish_question, publish_quiz, take

pytestmark = pytest.mark.django_db
CANARY = "canary-in-the-key"
OPTIONS = [Choice(f"Answer {number}", number == 2, f"{CANARY}-{number}") for number in range(4)]


@pytest.fixture
def learner() -> User:
    return UserFactory()


@pytest.fixture
def client(learner: User) -> Client:
    client = Client()
    client.force_login(learner)
    return client


@pytest.fixture
def attempt(learner: User) -> QuizAttempt:
    """An open attempt with a question of each kind, the first one answered."""
    questions = [
        publish_question(f"canary-{kind}", kind=kind, options=OPTIONS, feedback=f"{CANARY}-general")
        for kind in ("single", "multiple")
    ]
    attempt = begin(learner, publish_quiz(questions))
    answer(attempt, 1)
    return attempt


def pages(attempt: QuizAttempt) -> list[str]:
    quiz = attempt.quiz
    own = ["", "?q=1", "?q=2", "?q=1&sent=1", "?review=1", "?review=1&sent=1"]
    return [
        *(f"/quizzes/{quiz.slug}/{query}" for query in own),
        reverse("quiz_result", args=[quiz.slug, attempt.public_id]),
        quiz.url,
        reverse("my_training"),
        reverse("standards"),
        reverse("clause", args=["REL-1"]),
        *(
            reverse(f"wagtailsnippets_quizzes_question:{action}", args=[question.pk])
            for question in Question.objects.all()
            for action in ("edit", "history", "usage", "preview_on_edit")
        ),
        reverse("wagtailsnippets_quizzes_question:list"),
    ]


def test_no_key_on_any_page_before_handing_in(client: Client, attempt: QuizAttempt) -> None:
    for page in pages(attempt):
        response = client.get(page, follow=True)
        assert CANARY not in response.content.decode(), page


@pytest.mark.parametrize("fields", [{}, {"answer": "forged"}, {"answer": ["forged", "twice"]}])
def test_no_key_in_an_error(client: Client, attempt: QuizAttempt, fields: dict[str, Any]) -> None:
    for position in (1, 2):
        response = client.post(
            f"/quizzes/reliability/?q={position}", {"attempt": attempt.public_id, "go": "next", **fields}
        )
        assert response.status_code == 422
        assert CANARY not in response.content.decode()


def test_no_key_of_another_learner_after_they_handed_in(client: Client, attempt: QuizAttempt) -> None:
    other = take(UserFactory(), attempt.quiz, right=2)
    response = client.get(reverse("quiz_result", args=["reliability", other.public_id]))
    assert response.status_code == 404
    assert CANARY not in response.content.decode()


def test_the_key_is_there_after_handing_in(client: Client, attempt: QuizAttempt) -> None:
    """The canary sings: what the tests above look for would be found."""
    response = client.post(
        "/quizzes/reliability/?review=1", {"attempt": attempt.public_id, "go": "hand-in"}, follow=True
    )
    assert f"{CANARY}-0" in response.content.decode()
    assert f"{CANARY}-general" in response.content.decode()


def test_the_order_of_options_gives_nothing_away(learner: User) -> None:
    """Over many attempts the right option stands in every place."""
    quiz = publish_quiz([publish_question(options=OPTIONS)])
    places = set()
    for seed in range(40):
        attempt = begin(UserFactory(), quiz, seed=str(seed))
        asked = attempt.questions.get()
        places.add(asked.option_ids.index(asked.version.answer_key.content.right[0]))
    assert places == {0, 1, 2, 3}
