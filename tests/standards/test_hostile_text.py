"""What a hostile editor writes into a text field is text on every page: no element, no attribute, no template."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from standards.models import ChapterPage
from tests.factories.people import UserFactory
from tests.factories.standards import edit_clause, publish, publish_chapter, sign
from tests.pages import signed_in

pytestmark = pytest.mark.django_db

SCRIPT = "<script>hostile()</script>"
BREAKOUT = "\"'></textarea></style><img src=x onerror=hostile()>"
TEMPLATE = "{{ 7|add:7 }}{% now 'Y' %}"
HOSTILE = f"{SCRIPT} {BREAKOUT} {TEMPLATE}"
FIELDS = ("statement", "why", "looks_like", "is_not", "you_decide", "beyond_that", "indicator_method")


@pytest.fixture
def chapter() -> ChapterPage:
    page = publish_chapter(f"Reliability {SCRIPT}", ("REL-1",), slug="reliability", summary=HOSTILE[:250])
    hostile: dict[str, Any] = dict.fromkeys(FIELDS, HOSTILE)
    edited = edit_clause(page, "REL-1", reason=HOSTILE, kind="substantive", title=SCRIPT + BREAKOUT, **hostile)
    return publish(edited)


def assert_inert(body: str, address: str) -> None:
    for live in ("<script>hostile", "<img src=x", "</textarea></style>"):
        assert live not in body, f"{address}: {live}"
    assert "14202" not in body, address


def test_pages_of_readers(chapter):
    reader = UserFactory()
    client = signed_in(reader)
    addresses = [
        "/standards/",
        "/standards/chapters/reliability/",
        "/standards/REL-1/",
        "/standards/REL-1/card/",
        "/standards/search/?q=hostile",
        f"/standards/search/?q={SCRIPT}",
        "/standards/editions/",
        "/standards/editions/2/",
        "/standards/editions/compare/?from=1&to=2&view=inline",
        "/standards/editions/compare/?from=1&to=2&view=side",
    ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "hostile()" in response.content.decode(), address
        assert_inert(response.content.decode(), address)


def test_what_changed_since_a_signature(chapter):
    reader = UserFactory()
    sign(reader, chapter)
    again = edit_clause(chapter, "REL-1", reason=HOSTILE, kind="substantive", why=f"Other words. {HOSTILE}")
    publish(again)

    body = signed_in(reader).get("/standards/chapters/reliability/").content.decode()

    assert "hostile()" in body
    assert_inert(body, "chapter")


def test_pages_of_the_admin(chapter):
    edit_clause(chapter, "REL-1", reason=HOSTILE, kind="substantive", why=f"Draft. {HOSTILE}")
    client = signed_in(UserFactory(role="Editors"))
    addresses = [
        reverse("wagtailadmin_pages:edit", args=[chapter.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[chapter.pk]),
        reverse("chapter_impact", args=[chapter.pk]),
        reverse("signatures_report"),
        reverse("wagtailadmin_explore", args=[chapter.get_parent().pk]),
    ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert_inert(response.content.decode(), address)
