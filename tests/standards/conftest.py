"""Somebody who reads the standards, signed in."""

from __future__ import annotations

import pytest

from people.models import User
from tests.factories.people import UserFactory


@pytest.fixture
def learner(client) -> User:
    user = UserFactory()
    client.force_login(user)
    return user
