"""The player by the rules of its quiz, as the learner's browser sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core import clock
from people.models import User
from quizzes.models import AttemptGrade, QuizAttempt, QuizQuestion, Response
from tests.factories.people import UserFactory
from tests.factories.quizzes import begin, publish_questions, publish_quiz, right_options, ruled, take, wrong_options
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


def post(client: Client, attempt: QuizAttempt, position: int, **fields: Any) -> Any:
    return client.post(f"{ADDRESS}?q={position}&sent=1", {"attempt": attempt.public_id, **fields})


def later(**delta: int) -> Any:
    return clock.set_to(clock.now() + timedelta(**delta))


def test_introduction_says_the_rules_in_words(client: Client, learner: User) -> None:
    User.objects.update(extra_time=50)
    opens = clock.now() - timedelta(days=1)
    ruled(
        publish_quiz(2),
        attempts_allowed=3,
        pause_hours=24,
        score_method="average",
        time_limit=20,
        opens_at=opens,
        closes_at=opens + timedelta(days=400),
        navigation="forward",
        feedback="after_closing",
        is_certainty_based=True,
    )
    page = text(client.get(ADDRESS))
    for words in (
        "You have 30 minutes from the start.",
        "Forward only",
        "how sure you are",
        "Answers and feedback come when the quiz has closed",
        "3 attempts; 3 left. The average of all counts.",
        "a pause of 24 hours",
        "It closes on",
        "Start the quiz",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"opens_at": 1}, "This quiz opens at"),
        ({"closes_at": -1}, "This quiz is closed."),
        ({"attempts_allowed": 1}, "You have used all attempts"),
        ({"pause_hours": 24}, "You can try again from"),
        ({"pause_hours": 72, "closes_at": 2}, "no time for another attempt"),
    ],
)
def test_a_start_that_is_not_allowed_says_why(client: Client, learner: User, rules: dict[str, int], said: str) -> None:
    quiz = publish_quiz(1)
    take(learner, quiz, right=0, now=clock.now())
    ruled(
        quiz,
        **{key: clock.now() + timedelta(days=value) if key.endswith("_at") else value for key, value in rules.items()},
    )
    response = client.post(ADDRESS, {"go": "start"}, follow=True)
    assert said in text(response)
    assert "Start the quiz" not in text(response)
    assert said in text(client.get(ADDRESS, follow=True))
    assert QuizAttempt.objects.count() == 1


def test_the_clock_is_shown_and_hands_in_on_the_next_request(client: Client, learner: User) -> None:
    attempt = begin(learner, ruled(publish_quiz(2), time_limit=20), now=clock.now())
    post(client, attempt, 1, answer=right_options(attempt, 1), go="next")
    page = text(client.get(ADDRESS))
    assert 'data-total="1200"' in page
    assert "20 minutes left" in page
    with later(minutes=21):
        page = text(client.get(ADDRESS, follow=True))
    assert "The time is up. All answers that you had saved were handed in for you" in page
    assert AttemptGrade.objects.get().score_raw == 1


def test_a_late_answer_is_kept_and_its_learner_told_kindly(client: Client, learner: User) -> None:
    attempt = begin(learner, ruled(publish_quiz(2), time_limit=20), now=clock.now())
    with later(minutes=21):
        said = [
            text(client.get(post(client, attempt, position, answer=right_options(attempt, position), go="next").url))
            for position in (1, 2)
        ]
        nothing = text(client.get(post(client, attempt, 1, go="later").url))
        handed_in = post(client, attempt, 1, go="hand-in")
    assert all("It is kept with your attempt, but it doesn’t count." in page for page in said)
    assert "The time is up." in nothing
    assert handed_in.status_code == 302
    assert Response.objects.filter(is_late=True).count() == 2
    with later(days=3):
        page = text(client.get(post(client, attempt, 1, answer=wrong_options(attempt, 1), go="next").url))
    assert "it doesn’t count" not in page
    assert Response.objects.count() == 2


def test_forward_only_never_goes_back(client: Client, learner: User) -> None:
    attempt = begin(learner, ruled(publish_quiz(2), navigation="forward"), now=clock.now())
    assert client.get(f"{ADDRESS}?q=2").url == f"{ADDRESS}?q=1"
    assert client.get(f"{ADDRESS}?review=1").status_code == 200
    assert "Skip it for good" in text(client.get(f"{ADDRESS}?review=1"))
    for _ in range(2):
        assert post(client, attempt, 1, answer=right_options(attempt, 1), go="next").url == f"{ADDRESS}?q=2"
    assert post(client, attempt, 1, answer=wrong_options(attempt, 1), go="next").url == f"{ADDRESS}?q=2"
    assert client.get(f"{ADDRESS}?q=1").url == f"{ADDRESS}?q=2"
    assert post(client, attempt, 2, go="later").url == f"{ADDRESS}?review=1"
    page = text(client.get(ADDRESS))
    assert "no way back to its questions" in page
    assert "?q=1" not in page
    assert Response.objects.count() == 1


def test_feedback_at_once_then_on(client: Client, learner: User) -> None:
    attempt = begin(learner, ruled(publish_quiz(2), feedback="at_once"), now=clock.now())
    assert post(client, attempt, 1, answer=wrong_options(attempt, 1), go="next").url == f"{ADDRESS}?q=1"
    page = text(client.get(f"{ADDRESS}?q=1"))
    assert "Your answer, not right." in page
    assert "What one of us promised, all of us keep." in page
    assert '<a class="button" href="?q=2">' in page
    assert "What one of us promised" not in text(client.get(f"{ADDRESS}?q=2"))
    post(client, attempt, 1, answer=right_options(attempt, 1), go="next")
    assert Response.objects.get().chosen == wrong_options(attempt, 1)


def test_feedback_at_once_forward_only_comes_before_the_next(client: Client, learner: User) -> None:
    attempt = begin(learner, ruled(publish_quiz(1), feedback="at_once", navigation="forward"), now=clock.now())
    assert post(client, attempt, 1, answer=right_options(attempt, 1), go="next").url == f"{ADDRESS}?q=1"
    assert '<a class="button" href="?review=1">' in text(client.get(f"{ADDRESS}?q=1"))


def test_feedback_after_closing_shows_score_and_date(client: Client, learner: User) -> None:
    closes = clock.now() + timedelta(days=2)
    quiz = ruled(publish_quiz(2), feedback="after_closing", closes_at=closes)
    attempt = take(learner, quiz, right=1, now=clock.now())
    address = f"{ADDRESS}results/{attempt.public_id}/"
    page = text(client.get(address))
    assert "Answers and feedback come on" in page
    for hidden in ("What one of us promised", "All questions", "1 of 2", "Read these first"):
        assert hidden not in page
    with later(days=3):
        assert "What one of us promised" in text(client.get(address))


def test_certainty_is_asked_for_and_said_again(client: Client, learner: User) -> None:
    attempt = begin(learner, ruled(publish_quiz(1), is_certainty_based=True), now=clock.now())
    for certainty, said in (("", "Say how sure you are"), ("9", "Choose one of the three")):
        response = post(client, attempt, 1, answer=right_options(attempt, 1), certainty=certainty, go="next")
        assert response.status_code == 422
        assert said in text(response)
    response = post(client, attempt, 1, answer=right_options(attempt, 1), certainty="3", go="next")
    assert response.url == f"{ADDRESS}?review=1"
    assert text(client.get(f"{ADDRESS}?q=1")).count(" checked") == 2
    page = text(client.post(f"{ADDRESS}?review=1", {"attempt": attempt.public_id, "go": "hand-in"}, follow=True))
    assert "You said that you were sure." in page


def test_a_section_at_a_time_keeps_what_is_right_of_a_page(client: Client, learner: User) -> None:
    one, two, three, four = publish_questions(4)
    quiz = publish_quiz([one])
    quiz.questions.set(
        [
            QuizQuestion(section="First", question=one, sort_order=0),
            QuizQuestion(question=two, sort_order=1),
            QuizQuestion(section="Second", question=three, sort_order=2),
            QuizQuestion(question=four, sort_order=3),
        ]
    )
    attempt = begin(learner, ruled(quiz, pages_by="section"), now=clock.now())
    page = text(client.get(ADDRESS))
    assert "questions 1 to 2 of 4" in page
    assert "First" in page
    response = post(client, attempt, 1, **{"q1-answer": right_options(attempt, 1), "q2-answer": "forged"}, go="next")
    assert response.status_code == 422
    assert "isn’t one of the answers" in text(response)
    assert Response.objects.count() == 1
    response = post(client, attempt, 1, **{"q2-answer": right_options(attempt, 2)}, go="next")
    assert response.url == f"{ADDRESS}?q=3"
    assert post(client, attempt, 3, go="next").status_code == 422
    review = text(client.get(f"{ADDRESS}?review=1"))
    assert "Second</h2>" in review


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_with_feedback_at_once_asks_as_much_however_many_questions(
    client: Client, learner: User, django_assert_num_queries: Any, count: int
) -> None:
    quiz = ruled(publish_quiz(count), feedback="at_once", pages_by="section", time_limit=20)
    attempt = begin(learner, quiz, now=clock.now())
    prefixes = {position: f"q{position}-" if count > 1 else "" for position in range(1, count + 1)}
    answers = {f"{prefix}answer": right_options(attempt, position) for position, prefix in prefixes.items()}
    post(client, attempt, 1, **answers, go="next")
    with django_assert_num_queries(9):
        page = text(client.get(f"{ADDRESS}?q=1"))
    assert page.count("Right, your answer.") >= count


def test_another_try_at_a_timed_quiz_begins_with_its_introduction(client: Client, learner: User) -> None:
    attempt = take(learner, ruled(publish_quiz(1), time_limit=20), right=0, now=clock.now())
    page = text(client.get(f"{ADDRESS}results/{attempt.public_id}/"))
    assert f'href="{ADDRESS}?again=1"' in page
    assert "Start the quiz" in text(client.get(f"{ADDRESS}?again=1"))


def test_the_average_is_told_from_the_second_attempt(client: Client, learner: User) -> None:
    quiz = ruled(publish_quiz(1), score_method="average")
    for right in (0, 1):
        attempt = take(learner, quiz, right=right, now=clock.now())
    page = text(client.get(f"{ADDRESS}results/{attempt.public_id}/"))
    assert "All your attempts together: 50 %." in page
    assert "The quiz is not passed yet." in page
