"""The same file, or the same mail, twice at the same moment. The controls take the lock off and must fail, on PostgreSQL."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from people.models import Invitation, Membership, User
from people.readers import read_people
from people.services import Imported, import_people, importing, send_due_invitations
from tests.factories.people import NOW, JobRoleFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.race

CSV = b"E-mail,Name,Team,Job role\nsiti@example.com,Siti,Counter,Cashier\n"


def imported_at_once(at_once: Callable[..., list[Any]], meet: Callable[[Any, str], None]) -> list[Any]:
    """How many each of two brought in, or the error; they meet after they have planned and before they write."""
    TeamFactory(name="Counter"), JobRoleFactory(name="Cashier")
    meet(importing, "_change")
    parsed = read_people(CSV)
    found = at_once(*[lambda: import_people(parsed=parsed, by=None, now=NOW)] * 2)
    return sorted(str(len(one.new)) if isinstance(one, Imported) else type(one).__name__ for one in found)


def test_a_file_sent_twice_comes_in_once(at_once, meet):
    assert imported_at_once(at_once, meet) == ["0", "1"]
    assert (User.objects.count(), Membership.objects.count()) == (1, 1)


def test_control_without_the_lock_both_want_to_write(at_once, meet, unlocked):
    assert imported_at_once(at_once, meet) == ["1", IntegrityError.__name__]


def sent_at_once(at_once: Callable[..., list[Any]], meet: Callable[[Any, str], None]) -> list[int]:
    """How many each of two runs sent; they meet after they have found what is due and before they claim it."""
    user, tomorrow = UserFactory(password=None), NOW + timedelta(days=1)
    Invitation.objects.create(user=user, requested_at=NOW, created_at=NOW, expires_at=tomorrow)
    meet(secrets, "token_urlsafe")
    return sorted(at_once(*[lambda: send_due_invitations(now=NOW)] * 2))


def test_two_runs_send_a_mail_once(at_once, meet, mailoutbox):
    assert sent_at_once(at_once, meet) == [0, 1]
    assert len(mailoutbox) == 1


def test_control_without_the_lock_it_is_sent_twice(at_once, meet, mailoutbox, unlocked):
    assert sent_at_once(at_once, meet) == [1, 1]
