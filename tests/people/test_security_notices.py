"""Whoever changes how somebody signs in: that person is told, at once and by mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from core import clock
from outbox.models import Notice
from outbox.selectors import choices_for_person
from outbox.services import send_due_mail
from people.models import User
from people.services import (
    accept_invitation,
    invite_person,
    renew_recovery_codes,
    reset_second_factor,
    switch_off_second_factor,
)
from tests.factories.people import NOW, MembershipFactory, UserFactory
from tests.factories.second_factor import with_second_factor
from tests.pages import signed_in

pytestmark = pytest.mark.django_db

PASSWORD, OTHER = "piawai-test-pass", "another-good-one"
MIDNIGHT = NOW + timedelta(hours=15)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def person() -> User:
    return MembershipFactory(user__email="siti@example.com").user


def told(person: User) -> list[str]:
    return [notice.text.title for notice in Notice.objects.filter(recipient=person).order_by("pk")]


def test_each_change_of_the_second_factor(person):
    with_second_factor(person)
    for _not_put_away_yet in range(2):
        renew_recovery_codes(person=person, now=NOW)
    switch_off_second_factor(person=person, now=NOW)
    switch_off_second_factor(person=person, now=NOW)

    assert told(person) == [
        "Signing in asks for a code from your phone now",
        "Your recovery codes were made anew",
        "Signing in doesn’t ask for a code from your phone any more",
    ]


def test_an_administrators_reset_names_them(person):
    with_second_factor(person)
    for _twice in range(2):
        reset_second_factor(person=person, by=UserFactory(role="Administrators"), now=NOW)

    assert told(person)[1:] == ["An administrator switched off the code from your phone"]


def test_a_changed_password(person):
    changed = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}

    signed_in(person).post("/accounts/password/change/", {**changed, "oldpassword": "wrong"})
    assert told(person) == []

    signed_in(person).post("/accounts/password/change/", changed)
    assert told(person) == ["Your password was changed"]


def test_a_password_that_was_reset(client, person):
    client.post("/accounts/password/reset/", {"email": person.email})
    path = next(line for line in mail.outbox[0].body.split() if "/accounts/password/reset/" in line)
    address = client.get(path.partition("testserver")[2]).headers["Location"]

    client.post(address, {"password1": OTHER, "password2": OTHER})

    assert told(person) == ["Your password was changed"]


def test_a_link_from_an_administrator_is_told_of_unless_it_was_the_first_password(person):
    administrator = UserFactory(role="Administrators")
    newcomer = UserFactory()
    newcomer.set_unusable_password()
    newcomer.save()

    for invited in (person, newcomer):
        accept_invitation(token=invite_person(user=invited, by=administrator, now=NOW), password=OTHER, now=NOW)

    assert told(person) == ["Your password was changed"]
    assert told(newcomer) == []


def test_it_is_mailed_in_the_middle_of_the_night_and_cant_be_stopped(person):
    with_second_factor(person)
    switch_off_second_factor(person=person, now=MIDNIGHT)

    assert send_due_mail(now=MIDNIGHT) == 1
    (message,) = mail.outbox
    assert "Signing in doesn’t ask" in message.body
    assert "It happened on 25 November 2026, 00:00. If it wasn’t you, change your password now" in message.body
    assert "http://testserver/accounts/password/change/" in message.body
    assert choices_for_person(person) == []
