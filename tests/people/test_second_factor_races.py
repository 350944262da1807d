"""One code in two browsers at the same moment. Each control takes the lock off and must fail, on PostgreSQL (see tests/races.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError

from people.models import User
from people.services import WrongCode, second_factor, set_up_second_factor, use_code
from tests.factories.people import NOW, UserFactory
from tests.factories.second_factor import SECRET, code, with_second_factor

pytestmark = pytest.mark.race
AtOnce = Callable[..., list[Any]]


@pytest.fixture
def meeting(meet: Callable[[Any, str], None]) -> None:
    """Two services meet after they have read and before they write."""
    meet(second_factor, "step_of_code")


@pytest.fixture
def person(transactional_db: None) -> User:
    found: User = UserFactory()
    return found


def use_twice(at_once: AtOnce, person: User) -> set[type]:
    with_second_factor(person)
    return {type(one) for one in at_once(*[lambda: use_code(person=person, code=code(), now=NOW)] * 2)}


def set_up_twice(at_once: AtOnce, person: User) -> list[Any]:
    return at_once(*[lambda: set_up_second_factor(person=person, secret=SECRET, code=code(), now=NOW)] * 2)


def test_a_code_used_twice_is_accepted_once(at_once: AtOnce, meeting: None, person: User) -> None:
    assert use_twice(at_once, person) == {Authenticator, WrongCode}


def test_set_up_twice_is_set_up_once(at_once: AtOnce, meeting: None, person: User) -> None:
    assert set_up_twice(at_once, person) == [None, None]
    assert Authenticator.objects.count() == 2


def test_control_a_code_used_twice_without_the_lock_is_accepted_twice(
    at_once: AtOnce, meeting: None, person: User, unlocked: None
) -> None:
    assert use_twice(at_once, person) == {Authenticator}


def test_control_set_up_twice_without_the_lock_fails(
    at_once: AtOnce, meeting: None, person: User, unlocked: None
) -> None:
    assert IntegrityError in {type(one) for one in set_up_twice(at_once, person)}
