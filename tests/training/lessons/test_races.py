"""The button pressed in two tabs at the same moment. The control takes the lock off and must fail, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.lessons import go_through, publish_lesson
from tests.factories.people import UserFactory
from training.models import LessonCompletion
from training.services import lessons as services

pytestmark = pytest.mark.race


@pytest.fixture
def meeting(meet: Callable[[Any, str], None]) -> None:
    """Two services meet after they have looked for an earlier completion."""
    meet(services, "_keep_clauses")


def test_going_through_in_two_tabs_is_once(at_once, meeting):
    learner, lesson = UserFactory(), publish_lesson()
    first, second = at_once(*[lambda: go_through(learner, lesson)] * 2)
    assert first == second
    assert LessonCompletion.objects.count() == 1


def test_control_two_tabs_without_the_lock_are_twice(at_once, meeting, unlocked):
    learner, lesson = UserFactory(), publish_lesson()
    at_once(*[lambda: go_through(learner, lesson)] * 2)
    assert LessonCompletion.objects.count() == 2
