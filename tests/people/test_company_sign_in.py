"""Signing in with the company's account, against a provider on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from core import clock
from core.models import OrganisationSettings
from people.checks import company_sign_in_is_encrypted
from people.models import User
from tests.factories.people import NOW, UserFactory
from tests.factories.second_factor import code, with_second_factor
from tests.identity_provider import CLIENT, SECRET, IdentityProvider, identity_provider
from tests.pages import signed_in, smooth, text

pytestmark = pytest.mark.django_db

SIGN_IN, START, BACK = "/accounts/login/", "/accounts/company/", "/accounts/company/callback/"
SITI = {"email": "Siti@Example.com", "email_verified": True, "name": "Siti"}


@pytest.fixture
def provider(settings) -> Iterator[IdentityProvider]:
    with identity_provider() as found:
        found.about = dict(SITI)
        settings.OIDC_ISSUER, settings.OIDC_NAME = found.issuer, "Pasar ID"
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
        settings.OIDC_ORIGINS = [found.issuer]
        yield found


@pytest.fixture
def person() -> User:
    return UserFactory(email="siti@example.com")


def come_back(client: Client, provider: IdentityProvider, /, *, going_on: str = "", **changes: str):
    """There and back again; what our site answers then."""
    there = client.post(START, {"next": going_on} if going_on else {}).headers["Location"]
    return client.get(provider.authorize(there, **changes))


def test_the_sign_in_page_offers_it(client, provider):
    page = client.get(f"{SIGN_IN}?next=/standards/")

    assert "Sign in with Pasar ID" in smooth(page)
    assert text(page).count('name="next" value="/standards/"') == 2
    assert f"form-action 'self' {provider.issuer};" in page.headers["Content-Security-Policy"] + ";"


def test_without_a_provider_nothing_is_offered(client):
    page = client.get(SIGN_IN)

    assert "Sign in with" not in text(page)
    assert "form-action 'self';" in page.headers["Content-Security-Policy"] + ";"
    assert client.post(START).status_code == client.get(BACK).status_code == 404


def test_without_a_name_it_is_the_work_account(client, provider, settings):
    settings.OIDC_NAME = ""
    assert "Sign in with your work account" in smooth(client.get(SIGN_IN))


@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
def test_who_has_an_account_is_signed_in(client, provider, person, algorithm):
    if algorithm == "RS256":
        provider.sign_with_rsa()

    assert come_back(client, provider).headers["Location"] == "/my/"
    assert client.get("/my/").status_code == 200
    person.refresh_from_db()
    assert person.check_password("piawai-test-pass")


def test_it_leads_on_to_where_one_was_and_to_no_other_site(provider, person):
    assert come_back(Client(), provider, going_on="/standards/").headers["Location"] == "/standards/"
    assert come_back(Client(), provider, going_on="https://evil.example/").headers["Location"] == "/my/"


def test_the_way_back_is_the_configured_address(client, provider, person):
    OrganisationSettings.objects.create(base_address="https://latihan.example/")
    there = client.post(START, headers={"host": "localhost"}).headers["Location"]

    asked = dict(parse_qsl(urlsplit(there).query))
    assert asked["redirect_uri"] == f"https://latihan.example{BACK}"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}


def test_nobody_is_made_and_nothing_kept(client, provider):
    answer = come_back(client, provider)

    assert answer.status_code == 403
    assert "We don’t find you here" in smooth(answer)
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()


def test_unknown_inactive_and_unverified_get_the_same_answer(provider):
    UserFactory(email="left@example.com", is_active=False)
    UserFactory(email="siti@example.com")
    answers = []
    for about in (
        {"email": "nobody@example.com", "email_verified": True},
        {"email": "left@example.com", "email_verified": True},
        {"email": "siti@example.com", "email_verified": False},
        {"email": "siti@example.com"},
        {},
    ):
        provider.about = about
        answers.append(come_back(Client(), provider))

    assert {answer.status_code for answer in answers} == {403}
    assert len({text(answer) for answer in answers}) == 1


def test_an_employee_number_finds_its_person_before_the_email(client, provider, person, settings):
    settings.OIDC_EMPLOYEE_CLAIM = "staff_no"
    numbered = UserFactory(employee_number="E-17")
    provider.about = {**SITI, "staff_no": "E-17"}

    come_back(client, provider)

    assert int(client.session["_auth_user_id"]) == numbered.pk


@pytest.mark.parametrize("said", ["E-99", "", None])
def test_without_a_known_employee_number_the_email_counts(client, provider, person, settings, said):
    settings.OIDC_EMPLOYEE_CLAIM = "staff_no"
    UserFactory(employee_number="")
    provider.about = {**SITI, "staff_no": said}

    come_back(client, provider)

    assert int(client.session["_auth_user_id"]) == person.pk


def test_a_second_factor_is_asked_for_here_too(client, provider, person):
    with clock.set_to(NOW):
        with_second_factor(person)
        assert (
            come_back(client, provider, going_on="/standards/").headers["Location"] == "/accounts/two-factor/sign-in/"
        )
        assert client.get("/my/").status_code == 302
        assert person.password not in str(dict(client.session))

        answer = client.post("/accounts/two-factor/sign-in/", {"code": code()})
    assert answer.headers["Location"] == "/standards/"


def test_somebody_else_s_session_ends_first(provider, person):
    client = signed_in(UserFactory())
    client.get("/my/")
    come_back(client, provider)

    assert int(client.session["_auth_user_id"]) == person.pk


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"aud": "another-application"},
        {"aud": [CLIENT, "another-application"], "azp": "another-application"},
        {"iss": "https://evil.example"},
        {"sub": None},
        {"exp": None},
        {"iat": 1_700_000_000, "exp": 1_700_000_300},
    ],
    ids=str,
)
def test_a_wrong_id_token_signs_nobody_in(client, provider, person, wrong):
    provider.id_token = wrong
    answer = come_back(client, provider)

    assert answer.status_code == 400
    assert "That didn’t work" in smooth(answer)
    assert client.get("/my/").status_code == 302


@pytest.mark.parametrize(
    "signed",
    [
        {"signing_key": ec.generate_private_key(ec.SECP256R1())},
        {"key_name": "not-published"},
        {"signing_key": SECRET, "signature": "HS256"},
        {"signature": "none"},
    ],
    ids=["by somebody else", "with an unknown key", "with what we know too", "not at all"],
)
def test_a_token_that_the_provider_did_not_sign_signs_nobody_in(client, provider, person, signed):
    for name, value in signed.items():
        setattr(provider, name, value)

    assert come_back(client, provider).status_code == 400


def test_user_info_of_somebody_else_signs_nobody_in(client, provider, person):
    provider.user_info = {"sub": "18"}
    assert come_back(client, provider).status_code == 400


def test_claims_of_the_id_token_are_enough(client, provider, person):
    provider.configuration, provider.about, provider.id_token = {"userinfo_endpoint": None}, {}, SITI
    assert come_back(client, provider).headers["Location"] == "/my/"


@pytest.mark.parametrize("changes", [{"state": "of-another"}, {"code": "of-another"}], ids=str)
def test_a_wrong_state_or_code_signs_nobody_in(client, provider, person, changes):
    assert come_back(client, provider, **changes).status_code == 400


def test_the_way_back_works_once_and_in_one_browser(client, provider, person):
    back = provider.authorize(client.post(START).headers["Location"])

    assert Client().get(back).status_code == 400
    assert client.get(back).status_code == 302
    assert Client().get(back).status_code == 400


@pytest.mark.parametrize("query", ["", "?error=access_denied", "?error=server_error&state=x"])
def test_coming_back_with_nothing_is_no_sign_in(client, provider, person, query):
    assert client.get(BACK + query).status_code == 400


def test_leaving_the_provider_again_is_no_sign_in(client, provider, person):
    state = dict(parse_qsl(urlsplit(client.post(START).headers["Location"]).query))["state"]
    assert client.get(f"{BACK}?error=access_denied&state={state}").status_code == 400


@pytest.mark.parametrize("configuration", [{"issuer": "https://evil.example"}, {"token_endpoint": None}])
def test_a_provider_that_is_another_one_is_not_led_to(client, provider, configuration):
    provider.configuration = configuration
    answer = client.post(START)

    assert answer.status_code == 503
    assert "doesn’t answer just now" in smooth(answer)


def test_a_provider_that_is_away_is_a_page(client, provider, person, settings):
    back = provider.authorize(client.post(START).headers["Location"])
    settings.OIDC_ISSUER = "http://127.0.0.1:9"  # nobody listens there

    assert client.get(back).status_code == 503
    assert client.post(START).status_code == 503


def test_a_provider_that_goes_away_halfway_is_a_page(client, provider, person):
    there = client.post(START).headers["Location"]
    provider.configuration = {"jwks_uri": "http://127.0.0.1:9/keys"}

    assert client.get(provider.authorize(there)).status_code == 503


def test_it_begins_with_a_post(client, provider):
    assert client.get(START).status_code == 405
    assert Client(enforce_csrf_checks=True).post(START).status_code == 403


@pytest.mark.parametrize(("issuer", "found"), [("", 0), ("https://id.example", 0), ("http://id.example", 1)])
def test_a_provider_without_https_is_refused_at_deployment(settings, issuer, found):
    settings.OIDC_ISSUER = issuer
    assert len(company_sign_in_is_encrypted(None)) == found
