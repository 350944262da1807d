"""A code from one's phone besides the password: set up, asked for, used once, switched off, reset."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core import clock
from core.models import OrganisationSettings
from people.models import User
from people.selectors import second_factor
from people.services import (
    WrongCode,
    keep_recovery_codes,
    renew_recovery_codes,
    reset_second_factor,
    set_up_second_factor,
    use_code,
)
from tests.factories.people import NOW, UserFactory
from tests.factories.second_factor import SECRET, code, with_second_factor
from tests.pages import signed_in, smooth, text

pytestmark = pytest.mark.django_db

PASSWORD = "piawai-test-pass"
SIGN_IN, CODE = "/accounts/login/", "/accounts/two-factor/sign-in/"
OVERVIEW, SET_UP, OFF = "/accounts/two-factor/", "/accounts/two-factor/set-up/", "/accounts/two-factor/off/"
CODES, FILE, NEW = (
    "/accounts/two-factor/codes/",
    "/accounts/two-factor/codes/file/",
    "/accounts/two-factor/codes/new/",
)


@pytest.fixture(autouse=True)
def nine_o_clock():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def person() -> User:
    return UserFactory(email="siti@example.com")


@pytest.fixture
def guarded(person) -> User:
    return with_second_factor(person)


def password_given(client: Client, **fields: str):
    return client.post(SIGN_IN, {"login": "siti@example.com", "password": PASSWORD, **fields})


def confirmed(person: User) -> Client:
    """A browser in which this person has just typed the password again."""
    client = signed_in(person)
    client.post("/accounts/confirm/", {"password": PASSWORD})
    return client


# Signing in


def test_a_password_alone_signs_nobody_in_who_has_a_second_factor(client, guarded):
    assert password_given(client).headers["Location"] == CODE
    assert client.get("/my/").headers["Location"] == "/accounts/login/?next=/my/"


def test_the_code_signs_in_and_leads_on(client, guarded):
    password_given(client, next="/standards/")
    assert "Now the code from your phone" in text(client.get(CODE))

    assert client.post(CODE, {"code": code()}).headers["Location"] == "/standards/"
    assert client.get("/my/").status_code == 200
    assert second_factor(guarded).last_used_at


def test_a_wrong_code_is_said_at_the_field(client, guarded):
    password_given(client)
    response = client.post(CODE, {"code": "000000"})

    assert response.context["form"].errors["code"] == [
        "This code isn’t the one of this moment. Wait for the next one in your app, and type that."
    ]
    assert client.get("/my/").status_code == 302


def test_an_empty_code_is_said_at_the_field(client, guarded):
    password_given(client)
    assert "Type the code that your app shows." in smooth(client.post(CODE, {"code": ""}))


def test_the_same_code_signs_in_once(guarded):
    for expected in (302, 200):
        client = Client()
        password_given(client)
        assert client.post(CODE, {"code": code()}).status_code == expected


def test_a_recovery_code_signs_in_once_and_counts_down(guarded):
    recovery = Authenticator.objects.get(user=guarded, type="recovery_codes").wrap().get_unused_codes()[3]
    for expected in (302, 200):
        client = Client()
        password_given(client)
        assert client.post(CODE, {"code": recovery}).status_code == expected

    assert second_factor(guarded).codes_left == 9


def test_the_code_page_is_for_who_has_given_the_password(client, guarded):
    assert client.get(CODE).headers["Location"] == SIGN_IN
    assert client.post(CODE, {"code": code()}).headers["Location"] == SIGN_IN


def test_wrong_codes_count_to_the_same_lock_as_passwords(client, guarded, settings):
    settings.AXES_ENABLED = True
    for _ in range(4):
        client.post(SIGN_IN, {"login": "siti@example.com", "password": "wrong"})
    password_given(client)
    answers = [client.post(CODE, {"code": "000000"}).status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]
    locked = client.post(CODE, {"code": code()})
    assert locked.status_code == 429
    assert "Wait a little" in text(locked)
    assert password_given(Client()).status_code == 429


def test_who_leaves_between_password_and_code_stays_out(client, guarded):
    password_given(client)
    User.objects.update(is_active=False)
    client.post(CODE, {"code": code()})

    assert client.get("/my/").status_code == 302


def test_an_invitation_asks_for_the_code_too(client, guarded):
    from people.services import invite_person

    token = invite_person(user=guarded, by=UserFactory(), now=NOW)
    new = {"password1": "ketuk-pintu-dahulu", "password2": "ketuk-pintu-dahulu"}

    assert client.post(f"/invitation/{token}/", new).headers["Location"] == CODE
    assert client.post(CODE, {"code": code()}).headers["Location"] == "/my/"


def test_nobody_is_asked_where_it_is_off(client, guarded, settings):
    settings.SECOND_FACTOR = "off"

    assert password_given(client).headers["Location"] == "/my/"
    assert client.get(OVERVIEW).status_code == 404
    assert "Code from your phone" not in text(client.get("/certificates/"))


# Setting up


def test_setting_up_asks_for_the_password_first(person):
    client = signed_in(person)

    asked = client.get(SET_UP)
    assert asked.headers["Location"] == "/accounts/confirm/?next=%2Faccounts%2Ftwo-factor%2Fset-up%2F"
    assert "type your password again" in text(client.get(asked.headers["Location"]))
    wrong = client.post(asked.headers["Location"], {"password": "wrong"})
    assert wrong.context["form"].errors["password"] == ["That isn’t your password. Check capitals and try again."]
    assert client.post(asked.headers["Location"], {"password": PASSWORD}).headers["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200


def test_setting_up_shows_a_picture_and_the_key_and_stays_the_same_when_loaded_again(person):
    OrganisationSettings.objects.create(name="Pasar Contoh")
    client = confirmed(person)
    first, second = client.get(SET_UP), client.get(SET_UP)
    key = first.context["secret"].replace(" ", "")

    assert first.context["secret"] == second.context["secret"]
    assert f"otpauth://totp/siti%40example.com?secret={key}&amp;issuer=Pasar%20Contoh" in text(first)
    assert "<svg" in text(first)
    assert key not in str(dict(client.session))


def set_up(client: Client, **fields: str):
    key = client.get(SET_UP).context["secret"].replace(" ", "")
    return client.post(SET_UP, {"code": code(secret=key), **fields})


def test_setting_up_with_the_apps_code_leads_to_ten_recovery_codes(person):
    client = confirmed(person)

    assert set_up(client).headers["Location"] == CODES
    assert len(client.get(CODES).context["codes"]) == 10
    assert text(client.get(OVERVIEW)).count("Put my codes away") == 1
    assert client.get(SET_UP).headers["Location"] == CODES


def test_setting_up_with_another_code_says_so_and_keeps_the_key(person):
    client = confirmed(person)
    before = client.get(SET_UP).context["secret"]
    response = client.post(SET_UP, {"code": "000000"})

    assert (response.status_code, response.context["secret"]) == (422, before)
    assert second_factor(person) is None


def test_setting_up_signs_out_elsewhere_only(person):
    elsewhere, client = signed_in(person), confirmed(person)
    set_up(client)

    assert client.get("/my/").status_code == 200
    assert elsewhere.get("/my/").status_code == 302


def test_set_up_twice_is_set_up_once(person):
    for _ in range(2):
        set_up_second_factor(person=person, secret=SECRET, code=code(), now=NOW)

    assert Authenticator.objects.filter(user=person).count() == 2
    with pytest.raises(WrongCode):
        use_code(person=person, code=code(), now=NOW)  # the first code is used up by setting up


def test_the_secret_stands_encrypted(guarded, settings):
    kept = Authenticator.objects.get(user=guarded, type="totp").data["secret"]

    assert SECRET not in kept
    assert decrypt(kept) == SECRET


def test_a_new_key_of_the_server_reads_with_its_fallback_and_refuses_without(guarded, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a-newer-key"
    assert use_code(person=guarded, code=code(), now=NOW).type == "totp"

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(WrongCode):
        use_code(person=guarded, code=code(later=1), now=NOW)


# Recovery codes


def test_recovery_codes_are_shown_until_they_are_put_away(person):
    client = confirmed(person)
    set_up(client)
    codes = client.get(CODES).context["codes"]
    file = client.get(FILE)

    assert file.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert text(file).split()[-10:] == list(codes)
    assert client.post(CODES).headers["Location"] == OVERVIEW
    assert client.get(CODES).headers["Location"] == OVERVIEW
    assert client.get(FILE).status_code == 404


def test_recovery_codes_are_shown_after_the_password_only(guarded):
    renew_recovery_codes(person=guarded, now=NOW)
    client = signed_in(guarded)

    assert client.get(CODES).headers["Location"].startswith("/accounts/confirm/")
    assert client.get(FILE).headers["Location"].startswith("/accounts/confirm/")


def test_new_recovery_codes_replace_the_old_ones(guarded):
    old = Authenticator.objects.get(user=guarded, type="recovery_codes").wrap().get_unused_codes()
    client = confirmed(guarded)

    assert client.post(NEW).headers["Location"] == CODES
    new = client.get(CODES).context["codes"]
    assert len(new) == 10
    assert not set(new) & set(old)
    client.post(NEW)  # a double click makes no third ones
    assert client.get(CODES).context["codes"] == new
    with pytest.raises(WrongCode):
        use_code(person=guarded, code=old[0], now=NOW)


def test_who_has_no_second_factor_has_no_recovery_codes(person):
    renew_recovery_codes(person=person, now=NOW)
    keep_recovery_codes(person=person, now=NOW)

    assert not Authenticator.objects.exists()
    assert confirmed(person).get(CODES).headers["Location"] == OVERVIEW


# Switching off, reset


def test_switching_off_takes_the_password_and_a_code(guarded):
    assert signed_in(guarded).get(OFF).headers["Location"].startswith("/accounts/confirm/")

    client = confirmed(guarded)
    assert "code" not in client.get(OFF).context["form"].errors
    assert client.post(OFF, {"code": "000000"}).status_code == 422
    assert second_factor(guarded)
    assert client.post(OFF, {"code": code()}).headers["Location"] == OVERVIEW
    assert second_factor(guarded) is None
    assert client.get(OFF).headers["Location"] == OVERVIEW
    assert "Set it up" in text(client.get(OVERVIEW))


def test_who_has_no_password_confirms_with_a_code(guarded):
    guarded.set_unusable_password()
    guarded.save()
    client = signed_in(guarded)

    asked = client.get(OFF).headers["Location"]
    assert asked.startswith("/accounts/two-factor/confirm/")
    assert "Is it you?" in text(client.get(asked))
    assert client.post(asked, {"code": "000000"}).status_code == 200
    assert client.post(asked, {"code": code()}).headers["Location"] == OFF
    assert client.get(OFF).status_code == 200


def test_who_has_a_password_confirms_with_nothing_else(guarded):
    assert signed_in(guarded).get("/accounts/two-factor/confirm/").headers["Location"] == "/accounts/confirm/"


def address_of_reset(person: User) -> str:
    return reverse("people_second_factor_reset", args=[person.public_id])


def test_an_administrator_resets_it_and_all_sessions_end(guarded):
    theirs, administrator = signed_in(guarded), UserFactory(role="Administrators")
    admin = signed_in(administrator)

    assert address_of_reset(guarded) in text(admin.get(reverse("wagtailusers_users:index")))
    assert "lost both the phone" in text(admin.get(address_of_reset(guarded)))
    for _ in range(2):
        assert admin.post(address_of_reset(guarded)).headers["Location"] == reverse("wagtailusers_users:index")

    assert second_factor(guarded) is None
    assert theirs.get("/my/").status_code == 302
    entry = ModelLogEntry.objects.get(action="people.reset_second_factor")
    assert (entry.user, entry.object_id, entry.timestamp) == (administrator, str(guarded.pk), NOW)
    assert "has no second factor" in text(admin.get(address_of_reset(guarded)))
    assert address_of_reset(guarded) not in text(admin.get(reverse("wagtailusers_users:index")))


def test_nobody_resets_their_own():
    administrator = with_second_factor(UserFactory(role="Administrators"))
    admin = signed_in(administrator)

    assert admin.post(address_of_reset(administrator)).status_code == 302
    assert second_factor(administrator)
    assert address_of_reset(administrator) not in text(admin.get(reverse("wagtailusers_users:index")))


def test_a_reset_of_nothing_is_not_logged(person):
    reset_second_factor(person=person, by=UserFactory(), now=NOW)

    assert not ModelLogEntry.objects.filter(action="people.reset_second_factor").exists()
    person.refresh_from_db()
    assert person.sessions_ended == 0


# Where the admin requires it


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR = "required-for-admin"


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("path", ["/admin/", "/admin/account/", "/admin/pages/?q=a"])
def test_the_admin_leads_to_setting_up_and_back(path):
    client = confirmed(UserFactory(role="Editors"))

    asked = client.get(path).headers["Location"]
    assert asked.startswith(f"{SET_UP}?next=%2Fadmin%2F")
    going_on = client.get(asked).context["next"]
    assert going_on == path
    codes = set_up(client, next=going_on).headers["Location"]
    assert client.get(codes).context["next"] == path
    assert client.post(CODES, {"next": path}).headers["Location"] == path
    assert client.get(path).status_code == 200


@pytest.mark.usefixtures("required")
def test_who_may_not_open_the_admin_is_not_led_there(person, client):
    assert signed_in(person).get("/admin/").status_code == 403
    assert signed_in(person).get("/my/").status_code == 200
    assert client.get("/admin/").headers["Location"].startswith("/accounts/login/")


def test_setting_up_leads_to_no_other_site(person):
    client = confirmed(person)

    assert set_up(client, next="https://evil.example/").headers["Location"] == CODES


@pytest.mark.parametrize("minutes", [0, 6])
def test_a_confirmation_holds_five_minutes(person, minutes):
    client = confirmed(person)
    session = client.session
    session["account_authentication_methods"][-1]["at"] -= timedelta(minutes=minutes).total_seconds()
    session.save()

    assert client.get(SET_UP).status_code == (302 if minutes else 200)
