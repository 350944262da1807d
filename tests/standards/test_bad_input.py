"""What editors do by mistake, or in an odd order: no clause loses its identity, no chapter goes live without its edition."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from people.models import User
from standards.models import ChapterKept, ChapterPage, Clause, ClauseVersion, Edition
from standards.services import publishing
from tests.factories.editing import chapter_form, clause_row
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import edit_clause, home_page, make_chapter, publish, publish_chapter, standards_page

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)
INSTEAD = "To end a chapter, take its clauses out and publish it"


@pytest.fixture
def superuser(client) -> User:
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def fresh(page: ChapterPage) -> ChapterPage:
    return ChapterPage.objects.get(pk=page.pk)


def recorded() -> tuple[int, int, int]:
    return Clause.objects.count(), ClauseVersion.objects.count(), Edition.objects.count()


def schedule(page: ChapterPage, **changes: str) -> Revision:
    """Approve the latest draft for a moment that has passed by now."""
    draft = edit_clause(page, "REL-1", **changes).get_latest_revision_as_object() if changes else page
    draft.go_live_at = timezone.now() + timedelta(days=1)
    revision = draft.save_revision()
    revision.publish()
    past = timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": past.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    return revision


def test_autosaves_of_a_published_chapter_keep_every_clause_what_it_is(client, superuser):
    page = publish_chapter()
    for why in ("H", "Half", "Half a word"):
        rows = [clause_row(text) for text in fresh(page).get_latest_revision_as_object().clauses.all()]
        response = client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            chapter_form(fresh(page), [{**rows[0], "why": why}, rows[1]]),
            headers={"Accept": "application/json"},
        )
        assert response.json()["success"]

    assert recorded() == (2, 2, 1)
    publish(page, now=LATER)
    assert [str(entry.version) for entry in Edition.objects.latest().clauses.all()] == ["REL-1 v2", "REL-2 v1"]


def test_an_older_draft_published_after_a_newer_one_is_the_next_version():
    page = publish_chapter()
    older = edit_clause(page, "REL-1", why="Older.").get_latest_revision()
    publish(edit_clause(fresh(page), "REL-1", why="Newer."), now=LATER)

    older.publish()

    version = Clause.objects.get(code="REL-1").current_version
    assert (version.number, version.texts.get().content.why, recorded()) == (3, "Older.", (2, 4, 3))


def test_a_chapter_moved_in_the_tree_keeps_its_clauses_and_editions(client, superuser):
    publish_chapter("Timeliness", ("TIM-1",))
    page = publish_chapter()

    client.post(reverse("wagtailadmin_pages:set_page_position", args=[page.pk]) + "?position=0")

    assert [chapter.title for chapter in ChapterPage.objects.order_by("path")] == ["Reliability", "Timeliness"]
    assert recorded() == (3, 3, 2)
    assert not fresh(page).can_move_to(home_page())


def test_a_chapter_copied_in_the_admin_is_a_draft_without_codes(client, superuser):
    page = publish_chapter()
    fields = {
        "new_title": "Copy", "new_slug": "copy", "new_parent_page": standards_page().pk,
        "copy_subpages": "", "publish_copies": "on", "alias": "",
    }  # fmt: skip

    assert client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), fields).status_code == 302

    copy = ChapterPage.objects.get(slug="copy")
    assert (copy.live, [text.code for text in copy.clauses.all()], recorded()) == (False, ["", ""], (2, 2, 1))


def test_an_alias_made_in_the_admin_makes_no_edition_and_can_be_deleted(client, superuser):
    page = publish_chapter()
    fields = {"new_title": "Alias", "new_slug": "alias", "new_parent_page": standards_page().pk, "alias": "on"}

    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), fields)
    publish(edit_clause(page, "REL-1", why="New."), now=LATER)

    assert recorded() == (2, 3, 2)
    alias = ChapterPage.objects.get(slug="alias")
    client.post(reverse("wagtailadmin_pages:delete", args=[alias.pk]))
    assert not ChapterPage.objects.filter(pk=alias.pk).exists()


def test_a_scheduled_publication_writes_versions_and_an_edition():
    page = publish_chapter()
    schedule(page, kind="substantive", reason="Eleven complaints.", statement="We do more.")
    assert recorded() == (2, 2, 1)

    call_command("publish_scheduled")

    assert recorded() == (2, 3, 2)
    assert Clause.objects.get(code="REL-1").current_version.reason == "Eleven complaints."


def test_a_scheduled_publication_that_fails_leaves_everything_as_it_was(monkeypatch, caplog):
    page = publish_chapter()
    schedule(page, why="Scheduled.")
    monkeypatch.setattr(publishing, "_write_edition", lambda by, now: 1 / 0)

    call_command("publish_scheduled")

    assert "ZeroDivisionError" in caplog.text
    assert (fresh(page).clauses.get(code="REL-1").why, recorded()) == ("Because it helps.", (2, 2, 1))
    monkeypatch.undo()
    call_command("publish_scheduled")
    assert recorded() == (2, 3, 2)


def test_a_schedule_with_a_code_of_another_chapter_does_not_go_live(caplog):
    page, other = publish_chapter(), make_chapter("Timeliness", ("TIM-1",))
    revision = schedule(other)
    content = Revision.objects.get(pk=revision.pk).content
    taken = page.get_latest_revision().content["clauses"][:1]
    Revision.objects.filter(pk=revision.pk).update(content={**content, "clauses": taken})

    call_command("publish_scheduled")

    assert "CodeTaken" in caplog.text
    assert (fresh(other).live, recorded()) == (False, (2, 2, 1))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_deleting_or_unpublishing_a_chapter_is_refused_with_what_to_do_instead(client, superuser, action, method):
    page = publish_chapter()

    response = getattr(client, method)(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))

    assert response.url == reverse("wagtailadmin_explore", args=[standards_page().pk])
    (message,) = get_messages(response.wsgi_request)
    assert str(message).startswith("“Reliability” can’t be ")
    assert INSTEAD in str(message)
    assert fresh(page).live


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_so_it_is_in_bulk(client, superuser, action):
    draft, page = make_chapter("Draft", ("DRA-1",)), publish_chapter()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    response = client.post(f"{address}?id={draft.pk}&id={page.pk}&next=/admin/")

    assert INSTEAD in str(next(iter(get_messages(response.wsgi_request))))
    assert fresh(page).live
    assert ChapterPage.objects.filter(pk=draft.pk).exists()


def test_all_of_a_listing_in_bulk_leaves_chapters_with_editions(client, superuser):
    draft, page = make_chapter("Draft", ("DRA-1",)), publish_chapter()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    client.post(f"{address}?id=all&childOf={standards_page().pk}&next=/admin/")

    assert fresh(page).live
    assert not ChapterPage.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("above", [standards_page, home_page])
def test_neither_the_document_nor_the_site_is_deleted_from_above_it(client, superuser, above):
    page = publish_chapter()

    response = client.post(reverse("wagtailadmin_pages:delete", args=[above().pk]))

    assert INSTEAD in str(next(iter(get_messages(response.wsgi_request))))
    with pytest.raises(ChapterKept), transaction.atomic():
        Page.objects.get(pk=above().pk).delete()
    assert fresh(page).live


def test_a_program_does_not_unpublish_one_either():
    with pytest.raises(ChapterKept):
        publish_chapter().unpublish()


def test_a_draft_is_deleted_by_who_may(client, superuser):
    draft = make_chapter()

    client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))

    assert not ChapterPage.objects.exists()
