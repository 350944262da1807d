"""Questions one by one: what is shown, taken, kept and refused."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from people.models import User
from quizzes.models import Response
from tests.factories.people import UserFactory
from tests.factories.quizzes import MULTIPLE, answer, begin, publish_question, publish_quiz, right_options
from tests.pages import smooth as text
from tests.quizzes.views.pages import ADDRESS, post

pytestmark = pytest.mark.django_db


def test_open_attempt_shows_the_first_unanswered_question(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(3))
    answer(attempt, 1)
    page = text(client.get(ADDRESS))
    assert "question 2 of 3" in page
    assert "1 of 3 answered" in page
    assert "It is case 2." in page


def test_question_shows_what_was_saved(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(3))
    answer(attempt, 1)
    page = text(client.get(ADDRESS + "?q=1"))
    assert f'value="{right_options(attempt, 1)[0]}" checked' in page
    assert page.count(" checked") == 1


@pytest.mark.parametrize("position", ["0", "4", "x", "-1", "²", "99999999999999999999", ""])
def test_question_that_is_not_asked_is_404(client: Client, learner: User, position: str) -> None:
    begin(learner, publish_quiz(3))
    assert client.get(ADDRESS, {"q": position}).status_code == 404


def test_answer_is_saved_and_leads_to_the_next(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(3))
    response = post(client, ADDRESS + "?q=1&sent=1", attempt, answer=right_options(attempt, 1), go="next")
    assert response.url == ADDRESS + "?q=2"
    assert Response.objects.get().chosen == right_options(attempt, 1)


def test_answer_sent_twice_is_saved_once_and_leads_to_the_same_page(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(3))
    fields = {"answer": right_options(attempt, 1), "go": "next"}
    answers = [post(client, ADDRESS + "?q=1&sent=1", attempt, **fields).url for _ in range(2)]
    assert answers == [ADDRESS + "?q=2"] * 2
    assert Response.objects.count() == 1


def test_last_answer_leads_to_the_review(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(2))
    answer(attempt, 1)
    response = post(client, ADDRESS + "?q=2&sent=1", attempt, answer=right_options(attempt, 2), go="next")
    assert response.url == ADDRESS + "?review=1"


def test_answer_passes_over_answered_questions(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(3))
    answer(attempt, 2)
    response = post(client, ADDRESS + "?q=1&sent=1", attempt, answer=right_options(attempt, 1), go="next")
    assert response.url == ADDRESS + "?q=3"


@pytest.mark.parametrize(("go", "target"), [("later", "?q=3"), ("back", "?q=1")])
def test_leaving_a_question_keeps_what_was_chosen(client: Client, learner: User, go: str, target: str) -> None:
    attempt = begin(learner, publish_quiz(3))
    assert post(client, ADDRESS + "?q=2&sent=1", attempt, go=go).url == ADDRESS + target
    assert Response.objects.count() == 0
    assert (
        post(client, ADDRESS + "?q=2&sent=1", attempt, go=go, answer=right_options(attempt, 2)).url == ADDRESS + target
    )
    assert Response.objects.count() == 1


def test_back_from_the_first_question_leads_to_the_review(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(2))
    assert post(client, ADDRESS + "?q=1", attempt, go="back").url == ADDRESS + "?review=1"


def test_nothing_chosen_says_what_to_do(client: Client, learner: User) -> None:
    attempt = begin(
        learner, publish_quiz([publish_question(), publish_question("multi", kind="multiple", options=MULTIPLE)])
    )
    single = post(client, ADDRESS + "?q=1&sent=1", attempt, go="next")
    multiple = post(client, ADDRESS + "?q=2&sent=1", attempt, go="next")
    assert (single.status_code, multiple.status_code) == (422, 422)
    assert "Choose an answer first." in text(single)
    assert "Choose at least one answer." in text(multiple)
    assert Response.objects.count() == 0


def test_forged_option_is_refused_and_harms_nothing(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(2))
    answer(attempt, 1)
    for chosen in (["forged"], [str(uuid.uuid4()), right_options(attempt, 1)[0]]):
        response = post(client, ADDRESS + "?q=1&sent=1", attempt, answer=chosen, go="next")
        assert response.status_code == 422
        assert "isn’t one of the answers" in text(response)
    assert Response.objects.count() == 1


def test_two_answers_to_a_single_choice_are_refused_and_kept_on_the_page(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(1))
    response = post(client, ADDRESS + "?q=1&sent=1", attempt, answer=attempt.questions.get().option_ids[:2], go="next")
    assert response.status_code == 422
    assert "takes one answer" in text(response)
    assert text(response).count(" checked") == 2
    assert Response.objects.count() == 0


def test_answer_to_a_question_not_asked_is_404(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(1))
    assert post(client, ADDRESS + "?q=2", attempt, answer=right_options(attempt, 1), go="next").status_code == 404
    assert post(client, ADDRESS, attempt, answer=right_options(attempt, 1), go="next").status_code == 404
    assert Response.objects.count() == 0


@pytest.mark.parametrize("attempt_id", ["", "not-a-uuid", "00000000-0000-4000-8000-000000000000"])
def test_answer_for_an_unknown_attempt_is_404(client: Client, learner: User, attempt_id: str) -> None:
    begin(learner, publish_quiz(1))
    assert client.post(ADDRESS + "?q=1", {"attempt": attempt_id, "answer": "a", "go": "next"}).status_code == 404


def test_answer_for_somebody_elses_attempt_is_404(client: Client) -> None:
    attempt = begin(UserFactory(), publish_quiz(1))
    response = post(client, ADDRESS + "?q=1", attempt, answer=right_options(attempt, 1), go="next")
    assert response.status_code == 404
    assert Response.objects.count() == 0


def test_session_that_ended_comes_back_to_the_question_and_says_what_was_not_taken(
    client: Client, learner: User
) -> None:
    attempt = begin(learner, publish_quiz(3))
    answer(attempt, 1)
    client.logout()
    refused = post(client, ADDRESS + "?q=2&sent=1", attempt, answer=right_options(attempt, 2), go="next")
    assert refused.url == "/accounts/login/?next=/quizzes/reliability/%3Fq%3D2%26sent%3D1"
    client.force_login(learner)
    page = text(client.get(ADDRESS + "?q=2&sent=1"))
    assert "Your answer to question 2 was not taken" in page
    assert "question 2 of 3" in page
    assert "1 of 3 answered" in page


def test_session_that_ended_while_changing_an_answer_shows_the_one_that_is_kept(client: Client, learner: User) -> None:
    attempt = begin(learner, publish_quiz(3))
    answer(attempt, 2)
    page = text(client.get(ADDRESS + "?q=2&sent=1"))
    assert "Look at your answer once more" in page
    assert f'value="{right_options(attempt, 2)[0]}" checked' in page
