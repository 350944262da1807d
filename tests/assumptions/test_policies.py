"""Content-Security-Policy: strict everywhere, relaxed where Wagtail's editor needs it, previews framed by the site itself."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.editing import chapter_form
from tests.factories.standards import home_page, make_chapter

pytestmark = pytest.mark.django_db


def policy(response) -> dict[str, str]:
    directives = response.headers["Content-Security-Policy"].split(";")
    return {name: sources for name, _, sources in (directive.strip().partition(" ") for directive in directives)}


def test_the_admin_may_run_its_inline_scripts(admin_client):
    found = policy(admin_client.get("/admin/"))

    assert found["script-src"] == found["style-src"] == "'self' 'unsafe-inline'"


def test_a_public_page_may_not(client):
    home_page()

    found = policy(client.get("/"))

    assert (found["default-src"], found["frame-ancestors"]) == ("'self'", "'none'")
    assert "unsafe" not in str(found)


def test_a_preview_may_be_framed_by_the_site(admin_client):
    page = make_chapter()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert admin_client.post(address, chapter_form(page)).json()["is_valid"]

    response = admin_client.get(address)

    assert response.status_code == 200
    assert policy(response)["frame-ancestors"] == "'self'"
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
