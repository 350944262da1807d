"""A team and who supervises it."""

from __future__ import annotations

import pytest

from people.models import Team, User
from tests.factories.people import TeamFactory, TeamSupervisionFactory


@pytest.fixture
def team() -> Team:
    return TeamFactory(name="Counter", branch__name="Ipoh")


@pytest.fixture
def supervisor(client, team) -> User:
    user = TeamSupervisionFactory(team=team).user
    client.force_login(user)
    return user
