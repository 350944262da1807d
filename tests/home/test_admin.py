"""The admin's first page: where the work of each role starts."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.admin.icons import get_icons

from home.panels import places_for
from tests.factories.people import UserFactory
from tests.factories.standards import publish_chapter
from tests.pages import signed_in

pytestmark = pytest.mark.django_db

STANDARDS, QUESTIONS, PEOPLE = "standards:index", "wagtailsnippets_quizzes_question:list", "wagtailusers_users:index"

SIGNATURES = "team_standards"


def start(role: str) -> str:
    page = signed_in(UserFactory(role=role)).get(reverse("wagtailadmin_home")).content.decode()
    return page[page.index("Where to start") :].partition("</ul>")[0]


@pytest.mark.parametrize("role", ["Editors", "Approvers"])
def test_who_writes_starts_with_the_standards(role: str):
    panel = start(role)

    assert all(reverse(view) in panel for view in (STANDARDS, QUESTIONS))
    assert reverse(SIGNATURES) not in panel


def test_who_administers_starts_with_people():
    panel = start("Administrators")

    assert reverse(PEOPLE) in panel
    assert reverse(SIGNATURES) in panel
    assert not any(reverse(view) in panel for view in (STANDARDS, QUESTIONS))


def test_every_place_has_an_icon_that_there_is():
    there = get_icons()

    assert all(f'id="icon-{place["icon"]}"' in there for place in places_for(UserFactory(is_superuser=True)))


def test_it_says_what_is_in_force():
    assert "Nothing is in force yet." in start("Editors")

    publish_chapter()

    assert "in force as edition 1, published on 24 November 2026" in start("Editors")


def test_the_admin_carries_our_style():
    page = signed_in(UserFactory(role="Editors")).get(reverse("wagtailadmin_home")).content.decode()

    assert 'href="/static/css/admin.css"' in page
