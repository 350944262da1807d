"""Who writes."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.people import UserFactory
from tests.pages import signed_in


@pytest.fixture
def editor() -> Client:
    return signed_in(UserFactory(role="Editors"))
