"""The new person's page, and the administrator's button that makes the link."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import OrganisationSettings
from people.models import Invitation, User
from people.services import invite_person
from tests.factories.people import NOW, UserFactory

pytestmark = pytest.mark.django_db

GOOD = {"password1": "ketuk-pintu-dahulu", "password2": "ketuk-pintu-dahulu"}


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def person() -> User:
    return UserFactory(email="siti@example.com", name="Siti Aminah", password=None)


@pytest.fixture
def address(person) -> str:
    return reverse("invitation", args=[invite_person(user=person, by=person, now=NOW)])


def test_opening_it_changes_nothing(client, person, address):
    before = list(Invitation.objects.values()), list(User.objects.values())

    page = client.get(address).content.decode()
    client.get(address)

    assert "Welcome, Siti." in page
    assert "siti@example.com" in page
    assert (list(Invitation.objects.values()), list(User.objects.values())) == before
    assert "sessionid" not in client.cookies


def test_choosing_a_password_signs_in(client, person, address):
    response = client.post(address, GOOD)

    assert response.headers["Location"] == reverse("my_training")
    assert client.get("/my/").status_code == 200
    person.refresh_from_db()
    assert person.check_password(GOOD["password1"])


@pytest.mark.parametrize(
    ("passwords", "said"),
    [
        (("short", "short"), "too short"),
        (("1234567890", "1234567890"), "numeric"),
        (("password1234", "password1234"), "common"),
        (("siti@example.com", "siti@example.com"), "similar"),
        (("ketuk-pintu-dahulu", "ketuk-pintu-kemudian"), "match"),
        (("", ""), "required"),
    ],
)
def test_a_weak_password_keeps_the_page_and_says_why(client, person, address, passwords, said):
    response = client.post(address, dict(zip(("password1", "password2"), passwords, strict=True)))

    assert response.status_code == 422
    assert said in response.content.decode()
    assert "Choose a password" in response.content.decode()
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert client.post(address, GOOD).status_code == 302


def test_pressed_twice_both_halves_get_the_same_answer(person, address):
    answers = [Client().post(address, GOOD) for _ in range(2)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/my/")] * 2
    person.refresh_from_db()
    assert person.check_password(GOOD["password1"])


def test_sent_twice_it_sets_the_first_password_only(person, address):
    first, second = Client(), Client()

    assert first.post(address, GOOD).status_code == 302
    answer = second.post(address, {"password1": "another-long-one", "password2": "another-long-one"})

    assert answer.status_code == 404
    assert "doesn’t work any more" in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(GOOD["password1"])


def test_the_other_tab_that_comes_too_late_is_told(client, person, address, monkeypatch):
    from people.services import InvitationClosed
    from people.views import invitations

    def closed(**kwargs):
        raise InvitationClosed

    monkeypatch.setattr(invitations, "accept_invitation", closed)

    assert client.post(address, GOOD).status_code == 404
    assert client.get("/my/").status_code == 302


def test_an_old_or_forged_link_says_what_to_do(client, person, address):
    with clock.set_to(NOW + timedelta(days=15)):
        old = client.get(address)
    forged = client.get(reverse("invitation", args=["x" * 43]))

    assert (old.status_code, forged.status_code) == (404, 404)
    assert "ask your supervisor for a new link" in old.content.decode()
    assert client.get("/invitation/short/").status_code == 404


def test_the_page_is_stored_nowhere(client, address):
    assert "no-store" in client.get(address).headers["Cache-Control"]


def test_a_post_needs_its_token(address):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(address, GOOD)

    assert response.status_code == 403
    assert "This page was too old" in response.content.decode()


@pytest.fixture
def administrator(client) -> User:
    user = UserFactory(role="Administrators")
    client.force_login(user)
    return user


def link_address(person: User) -> str:
    return reverse("people_invitation_link", args=[person.public_id])


def test_opening_the_link_page_makes_no_link(client, administrator, person):
    page = client.get(link_address(person))

    assert page.status_code == 200
    assert not Invitation.objects.exists()


def test_the_button_makes_a_link_with_the_configured_address(client, administrator, person):
    OrganisationSettings.objects.create(base_address="https://latihan.example/")

    page = client.post(link_address(person), headers={"host": "localhost"}).content.decode()

    link = re.search(r'value="(https://latihan\.example/invitation/[\w-]+/)"', page)[1]
    assert Invitation.objects.get().invited_by == administrator
    assert Client().get(link.removeprefix("https://latihan.example")).status_code == 200
    assert link not in client.get(link_address(person)).content.decode()


def test_pressed_twice_only_the_newer_link_works(client, administrator, person):
    links = [
        re.search(r"http://testserver(/invitation/[\w-]+/)", client.post(link_address(person)).content.decode())[1]
        for _ in range(2)
    ]

    assert [Client().get(link).status_code for link in links] == [404, 200]


def test_no_link_for_who_left_or_is_unknown(client, administrator):
    gone = UserFactory(is_active=False)

    assert client.post(link_address(gone)).status_code == 404
    assert client.post(reverse("people_invitation_link", args=[uuid.uuid4()])).status_code == 404
    assert not Invitation.objects.exists()
