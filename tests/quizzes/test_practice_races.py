"""Five a day in two tabs at the same moment. Each control takes the lock off and must fail, on PostgreSQL (see tests/races.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from people.models import User
from quizzes.models import PracticeAnswer, PracticeDay, RecallReview
from quizzes.services import begin_practice, practice, recall
from tests.factories.people import NOW, UserFactory
from tests.factories.practice import learn, practise

pytestmark = pytest.mark.race
AtOnce = Callable[..., list[Any]]


@pytest.fixture
def meeting(meet: Callable[[Any, str], None]) -> None:
    """Two services meet after they have read and before they write."""
    meet(practice, "five_for_learner")
    meet(practice, "last_event_unscoped")
    meet(recall, "missing_exposures_unscoped")


@pytest.fixture
def learner(transactional_db: None) -> User:
    person: User = UserFactory()
    learn(person, "REL-1", "REL-2")
    return person


def test_a_day_begun_twice_is_one_day(at_once: AtOnce, meeting: None, learner: User) -> None:
    first, second = at_once(*[lambda: begin_practice(learner=learner, now=NOW)] * 2)

    assert first == second
    assert PracticeDay.objects.count() == 1


def test_two_answers_to_a_card_are_one(at_once: AtOnce, meeting: None, learner: User) -> None:
    day = begin_practice(learner=learner, now=NOW)

    first, second = at_once(lambda: practise(day, 1), lambda: practise(day, 1, right=False))

    assert first == second
    assert (PracticeAnswer.objects.count(), RecallReview.objects.count()) == (1, 1)


def test_control_a_day_begun_twice_without_the_lock_fails(
    at_once: AtOnce, meeting: None, learner: User, unlocked: None
) -> None:
    found = at_once(*[lambda: begin_practice(learner=learner, now=NOW)] * 2)

    assert IntegrityError in {type(one) for one in found}


def test_control_two_answers_without_the_lock_fail(
    at_once: AtOnce, meeting: None, learner: User, unlocked: None
) -> None:
    day = begin_practice(learner=learner, now=NOW)

    found = at_once(*[lambda: practise(day, 1)] * 2)

    assert IntegrityError in {type(one) for one in found}
