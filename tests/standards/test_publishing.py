"""From draft to edition: what publishing a chapter writes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wagtail.models import Revision

from standards import services
from standards.models import ChapterPage, Clause, ClauseText, ClauseVersion, ClauseVersionText, Edition
from standards.services import CodeTaken, publish_chapters, publishing
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import clause_text, edit_clause, make_chapter, publish, publish_chapter

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)


def versions(code: str) -> list[int]:
    return list(ClauseVersion.objects.filter(clause__code=code).order_by("number").values_list("number", flat=True))


def editions() -> list[list[str]]:
    return [[str(entry.version) for entry in edition.clauses.all()] for edition in Edition.objects.order_by("number")]


def test_publishing_first_time_makes_versions_and_an_edition():
    author = UserFactory(role="Editors")
    page = make_chapter()
    edit_clause(page, "REL-1", by=author, why="So that people can count on us.")

    publish(page, by=author)

    version = Clause.objects.get(code="REL-1").current_version
    assert (version.number, version.substantive_number, version.change_kind) == (1, 1, "substantive")
    assert (version.published_at, version.published_by) == (NOW, author)
    assert [entry.user for entry in version.authors.all()] == [author]
    assert editions() == [["REL-1 v1", "REL-2 v1"]]


def test_publishing_a_changed_clause_makes_its_next_version_only():
    page = publish_chapter()
    edit_clause(
        page, "REL-2", reason="Eleven complaints since June.", kind="substantive", statement="We name every cost first."
    )

    publish(page, now=LATER)

    assert (versions("REL-1"), versions("REL-2")) == ([1], [1, 2])
    version = Clause.objects.get(code="REL-2").current_version
    assert (version.reason, version.change_kind, version.published_at) == (
        "Eleven complaints since June.",
        "substantive",
        LATER,
    )
    assert editions() == [["REL-1 v1", "REL-2 v1"], ["REL-1 v1", "REL-2 v2"]]


def test_an_editorial_change_keeps_the_substantive_number():
    page = publish_chapter()
    publish(edit_clause(page, "REL-1", reason="A clearer word.", kind="editorial", why="It helps people."))

    version = Clause.objects.get(code="REL-1").current_version
    assert (version.number, version.substantive_number) == (2, 1)


def test_a_change_that_nobody_called_anything_is_substantive():
    page = publish_chapter()
    publish(edit_clause(page, "REL-1", why="It helps people."))

    assert Clause.objects.get(code="REL-1").current_version.substantive_number == 2


def test_publishing_without_a_change_makes_no_edition():
    page = publish_chapter()
    draft = page.get_latest_revision_as_object()
    draft.summary = "Another line for the list."
    draft.save_revision()

    publish(page, now=LATER)

    assert Edition.objects.count() == 1


def test_owner_and_review_date_are_not_a_change():
    page = publish_chapter()
    publish(edit_clause(page, "REL-1", owner=UserFactory(), review_on=NOW.date()))

    assert versions("REL-1") == [1]


def test_a_clause_taken_out_is_retired_and_leaves_the_edition():
    page = publish_chapter()
    draft = page.get_latest_revision_as_object()
    draft.clauses = [text for text in draft.clauses.all() if text.code != "REL-2"]
    draft.save_revision()

    publish(page, now=LATER)

    assert Clause.objects.get(code="REL-2").retired_at == LATER
    assert editions()[-1] == ["REL-1 v1"]


def test_a_retired_code_is_never_used_again():
    page = publish_chapter()
    draft = page.get_latest_revision_as_object()
    draft.clauses = [text for text in draft.clauses.all() if text.code != "REL-2"]
    draft.save_revision()
    page = publish(page)
    draft = page.get_latest_revision_as_object()
    draft.clauses = [*draft.clauses.all(), clause_text("REL-2")]
    revision = draft.save_revision()

    assert {text["code"] for text in revision.content["clauses"]} == {"REL-1", ""}


def test_a_code_of_another_chapter_stops_the_publication():
    first = publish_chapter()
    second = make_chapter("Timeliness", ("TIM-1",))
    Revision.objects.filter(pk=second.get_latest_revision().pk).update(
        content={**second.get_latest_revision().content, "clauses": first.get_latest_revision().content["clauses"][:1]}
    )

    with pytest.raises(CodeTaken, match="REL-1"):
        publish(second)

    assert not ChapterPage.objects.get(pk=second.pk).live
    assert Edition.objects.count() == 1


def test_a_failing_receiver_leaves_the_page_as_it_was(monkeypatch):
    page = publish_chapter()
    edit_clause(page, "REL-1", why="Something new.")
    monkeypatch.setattr(publishing, "_write_edition", lambda by, now: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        publish(page, now=LATER)

    assert ClauseText.objects.get(code="REL-1", page=page).why == "Because it helps."
    assert (versions("REL-1"), Edition.objects.count()) == ([1], 1)


def test_reason_and_kind_do_not_outlive_their_change():
    page = publish_chapter()
    page = publish(edit_clause(page, "REL-1", reason="A clearer word.", kind="editorial", why="Clear."))

    draft = page.get_latest_revision_as_object()
    assert page.change_reason == draft.change_reason == ""
    assert [text.change_kind for text in draft.clauses.all()] == ["", ""]


def test_several_chapters_are_published_as_one_edition():
    first, second = publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    edit_clause(first, "REL-1", why="New."), edit_clause(second, "TIM-1", why="New.")

    edition = publish_chapters(pages=[first, second], by=None, now=LATER)

    assert edition.number == Edition.objects.count() == 3
    assert editions()[-1] == ["REL-1 v2", "REL-2 v1", "TIM-1 v2"]


def test_publishing_several_unchanged_chapters_makes_no_edition():
    page = publish_chapter()

    assert publish_chapters(pages=[page], by=None, now=LATER) is None


def test_a_copy_of_a_chapter_starts_with_blank_codes_and_not_live():
    page = publish_chapter()

    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"})

    copy = ChapterPage.objects.get(pk=copy.pk)
    assert [text.code for text in copy.clauses.all()] == ["", ""]
    assert [text.code for text in copy.get_latest_revision_as_object().clauses.all()] == ["", ""]
    assert not copy.live
    assert Edition.objects.count() == 1


def test_an_alias_of_a_chapter_writes_nothing():
    page = publish_chapter()
    page.create_alias(update_slug="alias")

    publish(edit_clause(page, "REL-1", why="New."))

    assert versions("REL-1") == [1, 2]
    assert Edition.objects.count() == 2


def test_a_scheduled_chapter_writes_nothing_before_its_time():
    page = make_chapter()
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = NOW + timedelta(days=3650)
    draft.save_revision()

    publish(page)

    assert not Clause.objects.exists()


def test_the_same_words_twice_are_one_text():
    page = publish_chapter()
    version = Clause.objects.get(code="REL-1").current_version
    text = version.texts.get()

    again = services.record_text(version=version, locale=page.locale, content=text.content, now=LATER)

    assert again == text
    assert ClauseVersionText.objects.filter(version=version).count() == 1


def test_an_edition_keeps_where_each_clause_stood():
    publish_chapter()
    publish_chapter("Timeliness", ("TIM-1",))

    entries = Edition.objects.latest().clauses.values_list("chapter_title", "chapter_number", "position")
    assert list(entries) == [("Reliability", 1, 1), ("Reliability", 1, 2), ("Timeliness", 2, 1)]


def test_chapter_with_editions_cannot_be_deleted_or_unpublished():
    superuser = UserFactory(is_superuser=True)
    draft, published = make_chapter("Draft", ("DRA-1",)), publish_chapter()

    assert draft.permissions_for_user(superuser).can_delete()
    assert not published.permissions_for_user(superuser).can_delete()
    assert not published.permissions_for_user(superuser).can_unpublish()


def test_a_live_chapter_without_a_revision_is_recorded_too():
    page = make_chapter()
    ChapterPage.objects.filter(pk=page.pk).update(live=True, live_revision=None)

    edition = services.record_publication(pages=[ChapterPage.objects.get(pk=page.pk)], by=None, now=NOW)

    assert edition.number == 1
    assert versions("REL-1") == [1]


def test_the_document_itself_leads_to_the_list_of_chapters():
    assert make_chapter().get_parent().specific.get_learner_url() == "/standards/"


def test_a_copy_leaves_the_codes_of_a_draft_to_the_original():
    page = publish_chapter(codes=("REL-1",))
    draft = page.get_latest_revision_as_object()
    draft.clauses = [*draft.clauses.all(), clause_text("REL-9")]
    draft.save_revision()

    copy = ChapterPage.objects.get(pk=page.pk).copy(keep_live=False, update_attrs={"slug": "copy"})
    publish(page)

    assert [text.code for text in copy.get_latest_revision_as_object().clauses.all()] == ["", ""]
    assert Clause.objects.get(code="REL-9").chapter_key == page.translation_key
