"""Taking a quiz, and its result, as the learner's browser does."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from quizzes.models import Question, QuizAttempt, Response
from quizzes.selectors.attempts import open_attempt_for_learner
from tests.factories.people import UserFactory
from tests.factories.quizzes import (
    MULTIPLE,
    answer,
    begin,
    publish_question,
    publish_quiz,
    right_options,
    take,
    wrong_options,
)
from tests.pages import smooth as text

pytestmark = pytest.mark.django_db
ADDRESS = "/quizzes/reliability/"


@pytest.fixture
def learner() -> User:
    return UserFactory()


@pytest.fixture
def client(learner: User) -> Client:
    client = Client()
    client.force_login(learner)
    return client


def post(client: Client, address: str, attempt: QuizAttempt | None = None, **fields: Any) -> Any:
    return client.post(address, {**({"attempt": attempt.public_id} if attempt else {}), **fields})


def result_address(attempt: QuizAttempt) -> str:
    return reverse("quiz_result", args=[attempt.quiz.slug, attempt.public_id])


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


def test_answer_between_hand_in_and_lock_is_not_taken(
    client: Client, learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The attempt closes after the view has read it: the service refuses, the view says so."""
    from quizzes.services import AttemptClosed, submit_attempt
    from quizzes.views import taking

    attempt = begin(learner, publish_quiz(1))

    def closed(**kwargs: Any) -> None:
        submit_attempt(learner=learner, attempt=attempt, now=kwargs["now"])
        raise AttemptClosed

    monkeypatch.setattr(taking, "save_response", closed)
    response = post(client, ADDRESS + "?q=1", attempt, answer=right_options(attempt, 1), go="next")
    assert response.url == result_address(attempt)


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
    with django_assert_num_queries(9):
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
