"""A page of ours at its own address: who is let in, and where learners are led."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.signals import page_unpublished

from core.models import BasePage
from home.models import HomePage
from standards.models import ChapterPage
from tests.factories.people import UserFactory
from tests.factories.standards import home_page, make_chapter, publish_chapter

pytestmark = pytest.mark.django_db


def test_a_visitor_is_sent_to_sign_in_and_comes_back(client):
    page = publish_chapter()

    assert client.get(page.url).url == f"/accounts/login/?next={page.url}"


def test_a_learner_is_led_to_the_view(client):
    page = publish_chapter()
    client.force_login(UserFactory())

    assert client.get(page.url).url == reverse("chapter", args=["reliability"])


def test_a_page_for_somebody_else_is_not_there(client, monkeypatch):
    page = publish_chapter()
    monkeypatch.setattr(ChapterPage, "is_for", lambda self, user: False)
    client.force_login(UserFactory())

    assert client.get(page.url).status_code == 404
    assert client.get(reverse("chapter", args=["reliability"])).status_code == 404


def test_a_page_that_shows_itself_is_shown(client, monkeypatch):
    page = publish_chapter()
    monkeypatch.setattr(ChapterPage, "get_learner_url", BasePage.get_learner_url)
    monkeypatch.setattr(ChapterPage, "get_template", lambda self, request, **kwargs: "standards/chapter_preview.html")
    client.force_login(UserFactory())

    assert "We do what REL-1 says." in client.get(page.url).content.decode()


def test_a_draft_is_not_there_for_anybody(client):
    page = make_chapter()
    client.force_login(UserFactory(role="Administrators"))

    assert client.get(page.url).status_code == 404


def test_the_front_page_is_public_and_leads_who_is_signed_in_to_their_training(client):
    home_page()
    assert client.get("/").status_code == 200

    client.force_login(UserFactory())
    assert client.get("/").url == reverse("my_training")


def test_unpublishing_is_atomic():
    def fail(**kwargs):
        raise ZeroDivisionError

    page = home_page()
    page_unpublished.connect(fail, sender=HomePage)
    try:
        with pytest.raises(ZeroDivisionError):
            page.unpublish()
    finally:
        page_unpublished.disconnect(fail, sender=HomePage)

    assert HomePage.objects.get().live
