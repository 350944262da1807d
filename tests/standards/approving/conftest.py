"""A chapter under a document that asks for a second person, who writes it, and who approves it."""

from __future__ import annotations

import pytest

from people.models import User
from standards.models import ChapterPage
from tests.factories.approvals import ask_for_second_person
from tests.factories.people import UserFactory
from tests.factories.standards import publish_chapter


@pytest.fixture
def editor() -> User:
    return UserFactory(role="Editors", name="Aina Melati")


@pytest.fixture
def approver() -> User:
    return UserFactory(role="Approvers", name="Ben Contoh")


@pytest.fixture
def chapter(editor, approver) -> ChapterPage:
    """A chapter in force, under a document that asks for a second person from now on."""
    chapter = publish_chapter()
    ask_for_second_person()
    return chapter
