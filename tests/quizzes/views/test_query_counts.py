"""Each page costs the same for any number of questions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from people.models import User
from tests.factories.quizzes import answer, begin, publish_quiz, right_options, take
from tests.quizzes.views.pages import ADDRESS, post, result_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_introduction_query_count(client: Client, django_assert_num_queries: Any, count: int) -> None:
    publish_quiz(count)
    with django_assert_num_queries(9):
        assert client.get(ADDRESS).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_question_query_count(client: Client, learner: User, django_assert_num_queries: Any, count: int) -> None:
    begin(learner, publish_quiz(count))
    with django_assert_num_queries(4):
        assert client.get(ADDRESS + "?q=1").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_answer_query_count(client: Client, learner: User, django_assert_num_queries: Any, count: int) -> None:
    attempt = begin(learner, publish_quiz(count))
    chosen = right_options(attempt, 1)
    with django_assert_num_queries(7):
        assert post(client, ADDRESS + "?q=1", attempt, answer=chosen, go="next").status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_start_query_count(client: Client, django_assert_num_queries: Any, count: int) -> None:
    publish_quiz(count)
    with django_assert_num_queries(19):
        assert client.post(ADDRESS, {"go": "start"}).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_hand_in_query_count(client: Client, learner: User, django_assert_num_queries: Any, count: int) -> None:
    attempt = begin(learner, publish_quiz(count))
    answer(attempt, 1, right=False)
    with django_assert_num_queries(27):
        assert post(client, ADDRESS + "?review=1", attempt, go="hand-in").status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_result_query_count(client: Client, learner: User, django_assert_num_queries: Any, count: int) -> None:
    address = result_address(take(learner, publish_quiz(count), right=0))
    with django_assert_num_queries(12):
        assert client.get(address).status_code == 200
