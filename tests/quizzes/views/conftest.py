"""A learner, signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from people.models import User
from tests.factories.people import UserFactory


@pytest.fixture
def learner() -> User:
    return UserFactory()


@pytest.fixture
def client(learner: User) -> Client:
    client = Client()
    client.force_login(learner)
    return client
