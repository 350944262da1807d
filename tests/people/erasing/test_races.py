"""Two who erase at the same moment. Each control takes the locks off and must fail, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from people.enums import ErasureReason
from people.models import Erasure, User
from people.services import ErasureRefused, erase_person
from tests.factories.people import NOW, UserFactory

pytestmark = pytest.mark.race
AtOnce = Callable[..., list[Any]]


@pytest.fixture
def meeting(meet: Callable[[Any, str], None]) -> None:
    """They meet after they have decided and before they write."""
    meet(Erasure, "save")


def erasing(person: User, by: User) -> Callable[[], Erasure]:
    person = User.objects.get(pk=person.pk)  # each request reads its own
    return lambda: erase_person(person=person, by=by, now=NOW, reason=ErasureReason.ASKED)


def each_other() -> tuple[Callable[[], Erasure], Callable[[], Erasure]]:
    first, second = UserFactory(role="Administrators"), UserFactory(role="Administrators")
    return erasing(first, second), erasing(second, first)


def same_person() -> tuple[Callable[[], Erasure], Callable[[], Erasure]]:
    person, by = UserFactory(), UserFactory(role="Administrators")
    return erasing(person, by), erasing(person, by)


def test_of_two_administrators_who_erase_each_other_one_stays(at_once: AtOnce, meeting: None) -> None:
    found = at_once(*each_other())
    assert {type(one) for one in found} == {Erasure, ErasureRefused}
    assert User.objects.administrators().count() == 1


def test_one_person_is_erased_once(at_once: AtOnce, meeting: None) -> None:
    first, second = at_once(*same_person())
    assert first == second


def test_control_without_the_locks_both_administrators_may(at_once: AtOnce, meeting: None, unlocked: None) -> None:
    found = at_once(*each_other())
    assert ErasureRefused not in {type(one) for one in found}


def test_control_without_the_locks_only_the_database_stops_a_second_erasure(
    at_once: AtOnce, meeting: None, unlocked: None
) -> None:
    found = at_once(*same_person())
    assert IntegrityError in {type(one) for one in found}
