"""A learner with two cards, on the day of all tests."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core import clock
from people.models import User
from quizzes.models import PracticeDay
from quizzes.services import begin_practice
from tests.factories.people import NOW, UserFactory
from tests.factories.practice import learn
from tests.pages import signed_in


@pytest.fixture
def learner() -> User:
    return UserFactory()


@pytest.fixture
def day(learner: User) -> PracticeDay:
    """Two cards."""
    learn(learner, "REL-1", "REL-2")
    return begin_practice(learner=learner, now=NOW)


@pytest.fixture
def client(learner: User) -> Client:
    return signed_in(learner)


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.set_to(NOW):
        yield
