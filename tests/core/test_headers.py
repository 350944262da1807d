"""What every answer says to the browser: QUALITY, “Headers”."""

from __future__ import annotations

import importlib

import pytest
from django.test import Client

from tests.factories.people import UserFactory
from tests.factories.standards import home_page, publish_chapter

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/accounts/login/", "/accounts/password/reset/", "/verify/", "/nope/", "/healthz"]
LEARNERS = [
    "/my/",
    "/standards/",
    "/standards/chapters/reliability/",
    "/standards/REL-1/",
    "/practice/",
    "/certificates/",
]
REFUSED = ["/team/", "/admin/", "/nope/"]


def directives(response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts}


@pytest.fixture
def learner(client) -> Client:
    home_page(), publish_chapter()
    client.force_login(UserFactory())
    return client


def assert_strict(response) -> None:
    policy = directives(response)
    assert "unsafe" not in str(policy)
    assert policy["default-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert_common(response)


def assert_common(response) -> None:
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_are_strict(client, address):
    home_page()

    assert_strict(client.get(address))


@pytest.mark.parametrize("address", [*LEARNERS, *REFUSED])
def test_pages_of_learners_are_strict_and_not_stored(learner, address):
    response = learner.get(address)

    assert "no-store" in response.headers["Cache-Control"]
    if address == "/admin/":
        assert_common(response)
    else:
        assert_strict(response)


@pytest.mark.parametrize("address", LEARNERS)
def test_pages_of_learners_hold_no_inline_script_or_style(learner, address):
    page = learner.get(address).content.decode()

    assert " style=" not in page
    assert "<style" not in page
    assert [tag for tag in page.split("<script")[1:] if " src=" not in tag.split(">")[0]] == []
    assert " onclick=" not in page


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/account/"])
def test_pages_of_the_admin_are_relaxed_and_not_stored(client, address):
    client.force_login(UserFactory(role="Editors"))
    response = client.get(address)

    assert directives(response)["script-src"] == "'self' 'unsafe-inline'"
    assert "no-store" in response.headers["Cache-Control"]
    assert_common(response)


def test_nothing_comes_from_elsewhere(learner):
    for address in [*LEARNERS, "/"]:
        page = learner.get(address, follow=True).content.decode()
        assert 'src="http' not in page
        assert 'href="http' not in page


@pytest.fixture
def production(monkeypatch, settings):
    """The security settings of production, in this process."""
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    monkeypatch.setenv("ALLOWED_HOSTS", "latihan.example")
    module = importlib.reload(importlib.import_module("config.settings.production"))
    for name in dir(module):
        if name.startswith(("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_")):
            setattr(settings, name, getattr(module, name))
    settings.ALLOWED_HOSTS = module.ALLOWED_HOSTS
    return Client(headers={"host": "latihan.example"})


def test_production_sends_hsts_and_secure_cookies(production):
    response = production.get("/accounts/login/", secure=True)

    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert response.cookies["csrftoken"]["secure"]


def test_production_leads_to_https_but_for_health(production):
    home_page()

    assert production.get("/verify/").url == "https://latihan.example/verify/"
    assert production.get("/healthz").status_code == 200
