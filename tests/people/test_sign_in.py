"""Signing in: the same answer for everybody it refuses, throttled, and ended at once when somebody leaves."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from core.models import OrganisationSettings
from people.models import User
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/accounts/login/"
PASSWORD = "piawai-test-pass"
LIMIT = 8


@pytest.fixture
def person() -> User:
    return UserFactory(email="siti@example.com")


def sign_in(client: Client, email: str = "siti@example.com", password: str = PASSWORD, **fields: str):
    return client.post(ADDRESS, {"login": email, "password": password, **fields})


def words(response) -> str:
    """The page without what differs each time, and without the e-mail that was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r'value="[^"]*@example.com"', "", page)


@pytest.mark.parametrize("email", ["siti@example.com", "SITI@example.com", " siti@example.com "])
def test_sign_in_with_email_and_password_leads_to_my_training(client, person, email):
    response = sign_in(client, email)

    assert (response.status_code, response.headers["Location"]) == (302, "/my/")


def test_sign_in_goes_on_where_one_was(client, person):
    assert "go on where you were" in client.get(f"{ADDRESS}?next=/standards/").content.decode()

    assert sign_in(client, next="/standards/").headers["Location"] == "/standards/"


def test_sign_in_leads_to_no_other_site(client, person):
    assert sign_in(client, next="https://evil.example/").headers["Location"] == "/my/"


def test_unknown_wrong_and_inactive_get_the_same_answer(person):
    UserFactory(email="left@example.com", is_active=False)
    UserFactory(email="invited@example.com", password=None)
    answers = [
        sign_in(Client(), "siti@example.com", "wrong"),
        sign_in(Client(), "nobody@example.com", "wrong"),
        sign_in(Client(), "left@example.com", PASSWORD),
        sign_in(Client(), "invited@example.com", PASSWORD),
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert len({words(answer) for answer in answers}) == 1
    assert "E-mail or password don’t match" in words(answers[0])


def test_what_was_typed_is_kept_but_the_password(client, person):
    page = sign_in(client, "siti@example.com", "not-this-one").content.decode()

    assert 'value="siti@example.com"' in page
    assert "not-this-one" not in page


def test_sign_in_notes_the_zone_of_the_branch(client, person):
    MembershipFactory(user=person, team__branch__time_zone="Asia/Manila")
    sign_in(client)
    assert client.session["time_zone"] == "Asia/Manila"

    client.get("/my/")
    other = Client()
    UserFactory(email="ann@example.com")
    sign_in(other, "ann@example.com")
    assert other.session["time_zone"] is None


def test_deactivation_ends_the_session_at_once(client, person):
    sign_in(client)
    assert client.get("/my/").status_code == 200

    User.objects.update(is_active=False)

    assert client.get("/my/").headers["Location"] == f"{ADDRESS}?next=/my/"
    assert sign_in(client).status_code == 200


def test_signing_out_takes_a_post(client, person):
    sign_in(client)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/my/").status_code == 200

    assert client.post("/accounts/logout/").headers["Location"] == "/"
    assert client.get("/my/").status_code == 302


def test_there_is_no_signing_up(client):
    for address in ("/accounts/signup/", "/accounts/email/", "/admin/password_reset/"):
        assert client.get(address, follow=True).status_code in (404, 200)
        assert client.post(address, {"email": "new@example.com", "password1": PASSWORD}).status_code in (302, 404, 405)

    assert not User.objects.exists()


def test_signup_is_closed(rf):
    from people.views.adapter import AccountAdapter

    assert not AccountAdapter().is_open_for_signup(rf.get("/"))


@pytest.fixture
def throttled(settings):
    settings.AXES_ENABLED = True


@pytest.mark.usefixtures("throttled")
def test_too_many_wrong_passwords_lock_the_account_even_for_the_right_one(client, person):
    answers = [sign_in(client, password="wrong") for _ in range(LIMIT)]

    assert [answer.status_code for answer in answers[:-1]] == [200] * (LIMIT - 1)
    assert answers[-1].status_code == 429
    locked = sign_in(client)
    assert locked.status_code == 429
    assert "Wait a little" in locked.content.decode()


@pytest.mark.usefixtures("throttled")
def test_the_lock_says_the_same_of_an_account_that_does_not_exist(client, person):
    unknown = [sign_in(client, "nobody@example.com", "wrong") for _ in range(LIMIT)]

    assert unknown[-1].status_code == 429
    assert "Wait a little" in unknown[-1].content.decode()


@pytest.mark.usefixtures("throttled")
def test_the_lock_is_for_one_account_at_one_address_only(client, person):
    UserFactory(email="ann@example.com")
    for _ in range(LIMIT):
        sign_in(client, "nobody@example.com", "wrong")

    assert sign_in(client, "ann@example.com").status_code == 302
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert sign_in(elsewhere).status_code == 302


@pytest.mark.usefixtures("throttled")
def test_a_right_password_in_time_begins_the_count_again(client, person):
    for _ in range(2):
        for _ in range(LIMIT - 1):
            sign_in(client, password="wrong")
        assert sign_in(client).status_code == 302
        client.post("/accounts/logout/")


@pytest.mark.usefixtures("throttled")
def test_the_lock_opens_after_a_quarter_of_an_hour(client, person):
    from axes.models import AccessAttempt

    for _ in range(LIMIT):
        sign_in(client, password="wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timezone.timedelta(minutes=16))

    assert sign_in(client).status_code == 302


def test_the_sign_in_page_is_throttled_as_a_whole(client, person, settings):
    """By allauth, with its own limits: many sign-ins from one address."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}

    assert [sign_in(client, f"{number}@example.com").status_code for number in range(5)] == [200, 200, 200, 429, 429]


def ask_for_reset(client: Client, email: str, **headers: str):
    return client.post("/accounts/password/reset/", {"email": email}, headers=headers)


def test_reset_sends_a_link_with_the_configured_address(client, person):
    OrganisationSettings.objects.create(base_address="https://latihan.example/")

    response = ask_for_reset(client, "SITI@example.com", host="localhost")

    assert response.headers["Location"] == "/accounts/password/reset/done/"
    (message,) = mail.outbox
    assert message.to == ["siti@example.com"]
    assert "https://latihan.example/accounts/password/reset/" in message.body
    assert "localhost" not in message.body
    assert "testserver" not in message.body + message.subject


def test_reset_link_falls_back_to_the_servers_address(client, person, settings):
    settings.BASE_URL = "https://server.example"

    ask_for_reset(client, "siti@example.com")

    assert "https://server.example/accounts/password/reset/" in mail.outbox[0].body


def test_reset_for_an_unknown_email_answers_the_same_and_sends_nothing(client, person):
    UserFactory(email="left@example.com", is_active=False)
    answers = [
        ask_for_reset(Client(), email) for email in ("siti@example.com", "nobody@example.com", "left@example.com")
    ]

    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (302, "/accounts/password/reset/done/")
    }
    assert [message.to for message in mail.outbox] == [["siti@example.com"]]


def test_reset_link_sets_a_password_once(client, person):
    ask_for_reset(client, "siti@example.com")
    path = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]

    form = client.get(path, follow=True)
    assert form.status_code == 200
    address = form.redirect_chain[-1][0]
    new = {"password1": "ketuk-pintu-dahulu", "password2": "ketuk-pintu-dahulu"}
    assert client.post(address, {**new, "password2": "something-else"}).status_code == 200
    assert client.post(address, new).headers["Location"] == "/accounts/password/reset/saved/"

    person.refresh_from_db()
    assert person.check_password("ketuk-pintu-dahulu")
    assert 'name="password1"' not in Client().get(path, follow=True).content.decode()


def test_a_changed_password_ends_other_sessions(person):
    here, there = Client(), Client()
    sign_in(here), sign_in(there)

    response = here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "ketuk-pintu-dahulu", "password2": "ketuk-pintu-dahulu"},
    )

    assert response.status_code == 302
    assert here.get("/my/").status_code == 200
    assert there.get("/my/").status_code == 302
