"""When sessions end: somebody leaves, the password changes, the second factor is set up or reset."""

from __future__ import annotations

from datetime import date

import pytest

from people.models import User
from people.services import end_employment, end_sessions
from tests.factories.people import NOW, UserFactory
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return UserFactory()


@pytest.mark.parametrize("fields", [["is_active"], None])
def test_no_session_comes_back_to_life_with_its_person(person, fields):
    client = signed_in(person)
    person.is_active = False
    person.save(update_fields=fields)
    assert client.get("/my/").status_code == 302

    person.is_active = True
    person.save(update_fields=fields)
    assert client.get("/my/").status_code == 302
    assert signed_in(person).get("/my/").status_code == 200


def test_saving_something_else_of_who_has_left_ends_nothing_again(person):
    person.is_active = False
    person.save()
    person.save(update_fields=["name"])

    person.refresh_from_db()
    assert person.sessions_ended == 1


def test_who_is_added_inactive_has_no_session_to_end():
    assert UserFactory(is_active=False).sessions_ended == 0


def test_no_session_comes_back_to_life_with_who_is_employed_again(person):
    client = signed_in(person)
    end_employment(user=person, left_on=date(2026, 11, 20), by=None, now=NOW)
    assert client.get("/my/").status_code == 302

    User.objects.filter(pk=person.pk).update(is_active=True, left_on=None)
    assert client.get("/my/").status_code == 302


def test_ending_sessions_is_for_one_person_everywhere(person):
    other = signed_in(UserFactory())
    here, there = signed_in(person), signed_in(person)
    end_sessions(person=person)

    assert [client.get("/my/").status_code for client in (here, there, other)] == [302, 302, 200]


def test_sessions_go_on_under_a_new_key_of_the_server_with_its_fallback(person, settings):
    end_sessions(person=person)
    client = signed_in(person)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a-newer-key"

    assert client.get("/my/").status_code == 200
