"""The pages of practice, from the first card to the last."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from people.models import User
from quizzes.models import PracticeAnswer, PracticeDay
from quizzes.services import begin_practice
from tests.factories.people import NOW
from tests.factories.practice import learn, practise, practise_all
from tests.factories.quizzes import SINGLE, begin, publish_quiz
from tests.pages import smooth
from tests.quizzes.practice.cards import DAY, FIVE, TODAY, sent

pytestmark = pytest.mark.django_db


def test_without_a_day_the_player_leads_to_practice(client: Client) -> None:
    assert client.get(FIVE)["Location"] == reverse("practice")
    assert "Nothing to practise yet" in smooth(client.get(reverse("practice")))
    assert "There is nothing to practise yet" in smooth(client.post(FIVE, {"go": "start"}, follow=True))


def test_a_day_from_the_first_card_to_the_last(learner: User, client: Client) -> None:
    learn(learner, "REL-1", "REL-2")
    assert "Five questions from what you’ve learned" in smooth(client.get(reverse("practice")))
    card = smooth(client.post(FIVE, {"go": "start"}, follow=True))
    day = PracticeDay.objects.get()
    assert "Card 1 of 2" in card
    assert "Not this one" not in card

    wrong = smooth(client.post(FIVE, sent(day, right=False), follow=True))
    assert "Not this one. Here is the clause." in wrong
    assert day.questions.get(position=1).clause.code in wrong
    assert "comes back at the end of today’s five" in wrong

    assert "Card 2 of 2" in smooth(client.get(FIVE))
    right = smooth(client.post(FIVE, sent(day, 2), follow=True))
    assert "Right." in right
    assert "This card comes back on" in right

    assert "Card 1 once more" in smooth(client.get(FIVE))
    client.post(FIVE, sent(day, 1, turn=2))
    done = smooth(client.get(FIVE))
    assert "Done for today" in done
    assert "1 of 2 right at once" in done
    assert "1 day kept up" in done
    assert "Today’s five are done" in smooth(client.get(reverse("practice")))


def test_the_clause_is_shown_first_to_who_wants_it(client: Client, day: PracticeDay) -> None:
    asked = day.questions.get(position=1)
    before = smooth(client.get(FIVE))
    shown = smooth(client.post(FIVE, {"go": "hint", "day": TODAY.isoformat(), "card": 1}, follow=True))

    for page in (before, shown, smooth(client.post(FIVE, sent(day, answer=[])))):
        assert not [choice.feedback for choice in SINGLE if choice.feedback in page]
        assert "What one of us promised, all of us keep." not in page
    assert "Show the clause first" in before
    assert asked.clause.code not in before
    assert asked.clause.code in shown
    assert "Show the clause first" not in shown


def test_no_answer_and_a_forged_one_are_told(client: Client, day: PracticeDay) -> None:
    for answer in ([], ["forged"]):
        response = client.post(FIVE, sent(day, answer=answer))
        assert response.status_code == 422
    assert not PracticeAnswer.objects.exists()


def test_a_second_tab_shows_what_the_first_answered(client: Client, day: PracticeDay) -> None:
    client.post(FIVE, sent(day, right=False))
    again = smooth(client.post(FIVE, sent(day, right=True), follow=True))

    assert "Not this one" in again
    assert PracticeAnswer.objects.count() == 1
    assert "You answered this card before" in smooth(client.post(FIVE, sent(day, 2, turn=2), follow=True))


@pytest.mark.parametrize(
    "changed", [{"day": "2026-11-23"}, {"day": "never"}, {"card": "9"}, {"card": "x"}, {"turn": "²"}, {"card": "123"}]
)
def test_what_was_never_asked_is_not_there(client: Client, day: PracticeDay, changed: dict[str, str]) -> None:
    assert client.post(FIVE, sent(day) | changed).status_code == 404
    assert client.get(f"{FIVE}?card=x").status_code == 404


def test_yesterdays_page_is_not_taken(client: Client, day: PracticeDay) -> None:
    with clock.set_to(NOW + DAY):
        page = smooth(client.post(FIVE, sent(day), follow=True))

    assert "That card was for another day" in page
    assert not PracticeAnswer.objects.exists()


def test_a_card_that_a_quiz_asks_waits(learner: User, client: Client, day: PracticeDay) -> None:
    practise(day, 1, right=False)
    quiz = publish_quiz([asked.version.question for asked in day.questions.all()])
    begin(learner, quiz)

    assert "A quiz that you have begun asks this question too" in smooth(client.get(f"{FIVE}?card=1", follow=True))
    assert "A quiz that you have begun asks this question too" in smooth(client.post(FIVE, sent(day, 2), follow=True))
    assert "Done, but for what your quiz asks" in smooth(client.get(FIVE))


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_any_number(
    learner: User, client: Client, count: int, django_assert_num_queries: Any
) -> None:
    learn(learner, *(f"REL-{number}" for number in range(1, count + 1)))
    day = begin_practice(learner=learner, now=NOW)
    practise(day, 1, right=False)
    client.get(FIVE)

    with django_assert_num_queries(7):
        client.get(FIVE)
    with django_assert_num_queries(13):
        client.get(f"{FIVE}?card=1")
    with django_assert_num_queries(11):
        client.get(reverse("practice"))


def test_practice_shows_strength_by_chapter(learner: User, client: Client, day: PracticeDay) -> None:
    practise(day, 1)
    page = smooth(client.get(reverse("practice")))

    assert "How well I remember" in page
    assert "1 Chapter of REL-1" in page
    assert "80 %" in page
    assert "1 of 2" in page


def test_nothing_due_says_when_and_still_lets_one_practise(learner: User, client: Client) -> None:
    learn(learner, "REL-1")
    practise_all(learner)
    with clock.set_to(NOW + DAY):
        page = smooth(client.get(reverse("practice")))

    assert "Nothing is slipping; come back on Thursday 26 November" in page
    assert "Do today’s five" in page
