"""Answers, hints and feedback, as services and selectors have them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from wagtail.models import Locale

from core.selectors import organisation
from people.models import User
from quizzes.domain.answers import Given, WrongChoice
from quizzes.domain.recall import Rating
from quizzes.models import PracticeAnswer, PracticeDay, PracticeHint, RecallReview
from quizzes.selectors.feedback import FeedbackWithheld, release_practice_feedback
from quizzes.selectors.practice import five_a_day_for_learner, five_for_learner, open_day_for_learner
from quizzes.services import CardNotAsked, DayOver, answer_card, show_hint
from tests.factories.people import NOW, MembershipFactory, UserFactory
from tests.factories.practice import learn, practise, practise_all, right_answer
from tests.factories.quizzes import say
from tests.quizzes.practice.cards import DAY, TODAY

pytestmark = pytest.mark.django_db


def test_an_answer_is_marked_and_remembered(learner: User, day: PracticeDay) -> None:
    practise(day, 1, now=NOW + timedelta(seconds=30))
    practise(day, 2, right=False, now=NOW + timedelta(seconds=50))

    assert list(PracticeAnswer.objects.values_list("mark", "is_hinted", "seconds")) == [
        ("1", False, 30),
        ("0", False, 20),
    ]
    assert list(RecallReview.objects.order_by("pk").values_list("rating", flat=True)) == [Rating.GOOD, Rating.AGAIN]


def test_the_first_answer_of_a_turn_counts(learner: User, day: PracticeDay) -> None:
    first = practise(day, 1, right=False)

    assert practise(day, 1, right=True) == first
    assert (PracticeAnswer.objects.count(), RecallReview.objects.count()) == (1, 1)


def test_what_was_wrong_comes_back_once_and_is_hard_then(learner: User, day: PracticeDay) -> None:
    practise(day, 1, right=False)
    practise(day, 1, turn=2)

    assert list(RecallReview.objects.order_by("pk").values_list("rating", flat=True)) == [Rating.AGAIN, Rating.HARD]
    with pytest.raises(CardNotAsked):
        practise(day, 1, turn=3)


def test_right_after_a_hint_is_hard(learner: User, day: PracticeDay) -> None:
    for _ in range(2):
        show_hint(learner=learner, day=day.day, position=1, now=NOW)
    practise(day, 1)
    practise(day, 2)
    show_hint(learner=learner, day=day.day, position=2, now=NOW)

    assert PracticeHint.objects.count() == 1
    assert list(RecallReview.objects.order_by("pk").values_list("rating", flat=True)) == [Rating.HARD, Rating.GOOD]


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"position": 3}, CardNotAsked),
        ({"turn": 2}, CardNotAsked),
        ({"turn": 0}, CardNotAsked),
        ({"day": TODAY - DAY}, DayOver),
        ({"now": NOW + DAY}, DayOver),
        ({"answer": [Given("forged")]}, WrongChoice),
        ({"answer": []}, WrongChoice),
    ],
)
def test_what_is_not_asked_is_refused(
    learner: User, day: PracticeDay, changed: dict[str, Any], refused: type[Exception]
) -> None:
    sent = {
        "day": TODAY,
        "position": 1,
        "turn": 1,
        "answer": say(right_answer(day.questions.get(position=1))),
        "now": NOW,
    }

    with pytest.raises(refused):
        answer_card(learner=learner, **(sent | changed))
    assert not PracticeAnswer.objects.exists()


def test_nobody_answers_or_reads_for_somebody_else(day: PracticeDay) -> None:
    practise(day, 1)
    stranger = UserFactory()

    with pytest.raises(CardNotAsked):
        answer_card(learner=stranger, day=TODAY, position=1, turn=1, answer=say(["x"]), now=NOW)
    with pytest.raises(FeedbackWithheld):
        release_practice_feedback(stranger, day.questions.get(position=1).pk, Locale.get_default(), NOW)


def test_feedback_comes_after_the_answer_only(learner: User, day: PracticeDay) -> None:
    asked = day.questions.get(position=1)
    with pytest.raises(FeedbackWithheld):
        release_practice_feedback(learner, asked.pk, Locale.get_default(), NOW)
    practise(day, 1, right=False)

    found = release_practice_feedback(learner, asked.pk, Locale.get_default(), NOW)

    assert found.outcome == "wrong"
    assert [clause.code for clause in found.clauses] == [asked.clause.code]


def test_where_somebody_stands(learner: User, day: PracticeDay) -> None:
    practise(day, 1)
    practise(day, 2, right=False)
    found = five_a_day_for_learner(learner, None, NOW)
    tomorrow = five_a_day_for_learner(learner, None, NOW + DAY)

    assert (found.total, found.done, found.left, found.is_done) == (2, 1, 1, False)
    assert (found.streak.length, found.due, found.known) == (1, 0, 2)
    assert found.next_on == TODAY + DAY
    assert (tomorrow.is_begun, tomorrow.due, tomorrow.streak.length) == (False, 1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_selectors_cost_the_same_for_any_number(learner: User, count: int, django_assert_num_queries: Any) -> None:
    branch = MembershipFactory(user=learner).team.branch
    learn(learner, *(f"REL-{number}" for number in range(1, count + 1)))
    practise_all(learner, right=False)
    organisation()

    with django_assert_num_queries(1):
        five_a_day_for_learner(learner, branch, NOW)
    with django_assert_num_queries(3):
        open_day_for_learner(learner, TODAY, NOW)
    with django_assert_num_queries(13):
        assert len(five_for_learner(learner, NOW + DAY, Locale.get_default())) == count
