"""When Wagtail says that a page was published, what it hands over, and what is left when a receiver fails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from core.models import BasePage, publishing_user
from standards.models import ChapterPage, Edition
from tests.factories.editing import chapter_form
from tests.factories.people import UserFactory
from tests.factories.standards import edit_clause, make_chapter, publish, publish_chapter

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    """What `page_published` brought for chapters, in order."""
    found: list[dict[str, Any]] = []

    def note(sender: Any, instance: Any, revision: Any, **kwargs: Any) -> None:
        found.append({"instance": instance, "revision": revision, "by": publishing_user(None)})

    page_published.connect(note, sender=ChapterPage)
    yield found
    page_published.disconnect(note, sender=ChapterPage)


@pytest.fixture
def failing():
    def fail(**kwargs: Any) -> None:
        raise ZeroDivisionError

    page_published.connect(fail, sender=ChapterPage)
    yield
    page_published.disconnect(fail, sender=ChapterPage)


def draft_for(page: ChapterPage, **fields: Any) -> Revision:
    draft = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def test_scheduling_a_page_that_was_never_live_sends_the_signal_while_it_is_not_live(sent):
    page = make_chapter()

    draft_for(page, go_live_at=timezone.now() + timedelta(days=1)).publish()

    assert [entry["instance"].live for entry in sent] == [False]
    assert not Edition.objects.exists()


def test_scheduling_a_change_of_a_live_page_sends_nothing_before_its_time(sent):
    page = publish_chapter()
    sent.clear()

    revision = draft_for(page, go_live_at=timezone.now() + timedelta(days=1), title="Tomorrow")
    revision.publish()
    assert sent == []

    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1),
        content={**revision.content, "go_live_at": (timezone.now() - timedelta(minutes=1)).isoformat()},
    )
    call_command("publish_scheduled")
    assert [entry["instance"].live for entry in sent] == [True]


def test_the_signal_comes_for_the_page_and_again_for_each_alias(sent):
    page = publish_chapter()
    page.create_alias(update_slug="alias")
    sent.clear()

    publish(edit_clause(page, "REL-1", why="New."))

    assert [(entry["instance"].alias_of_id, entry["instance"].is_source()) for entry in sent] == [
        (None, True),
        (page.pk, False),
    ]


def test_the_receiver_gets_another_instance_than_the_one_that_publishes(sent, monkeypatch):
    """So who publishes can't be left on the page: the receiver reads it from Wagtail's log context."""
    page, author = make_chapter(), UserFactory(role="Editors")
    publishing: list[Any] = []
    original = BasePage.publish

    def note(self: Any, *args: Any, **kwargs: Any) -> None:
        publishing.append(self)
        original(self, *args, **kwargs)

    monkeypatch.setattr(BasePage, "publish", note)
    publish(page, by=author)

    assert sent[0]["instance"] is not publishing[0]
    assert sent[0]["by"] == author
    assert publishing_user(None) is None


def test_the_receiver_reads_the_texts_that_go_live(sent):
    page = publish_chapter()
    publish(edit_clause(page, "REL-1", why="Read at once."))

    assert sent[-1]["instance"].clauses.get(code="REL-1").why == "Read at once."


@pytest.mark.usefixtures("failing")
def test_wagtails_own_publishing_is_not_atomic():
    page = make_chapter()

    with pytest.raises(ZeroDivisionError):
        Page.publish(page, page.get_latest_revision())

    assert ChapterPage.objects.get(pk=page.pk).live


@pytest.mark.usefixtures("failing")
def test_ours_is_atomic():
    page = make_chapter()

    with pytest.raises(ZeroDivisionError):
        page.publish(page.get_latest_revision())

    assert not ChapterPage.objects.get(pk=page.pk).live
    assert not Edition.objects.exists()


def test_a_draft_may_rewrite_a_revision_in_place():
    """So evidence never points to a revision: autosave changes what is in it, even when it is the live one."""
    author = UserFactory(role="Editors")
    page = make_chapter()
    revision = page.save_revision(user=author)
    revision.publish(user=author)
    page = ChapterPage.objects.get(pk=page.pk)

    page.title = "Written over"
    again = page.save_revision(user=author, overwrite_revision=page.live_revision)

    assert again.pk == revision.pk
    assert Revision.objects.get(pk=revision.pk).content["title"] == "Written over"
    assert ChapterPage.objects.get(pk=page.pk).title == "Reliability"


def test_autosave_of_the_edit_view_rewrites_the_revision_that_it_names(admin_client):
    page = make_chapter()
    address, headers = reverse("wagtailadmin_pages:edit", args=[page.pk]), {"Accept": "application/json"}
    first = admin_client.post(address, chapter_form(page, title="First"), headers=headers).json()["revision_id"]

    form = chapter_form(page, title="Second", overwrite_revision_id=str(first))
    second = admin_client.post(address, form, headers=headers).json()["revision_id"]

    assert first == second
    assert Revision.objects.get(pk=first).content["title"] == "Second"
