"""Tags of a clause go the way of its text, through drafts, publications and copies, and make no version."""

from __future__ import annotations

import pytest
from django.urls import reverse

from standards.models import ChapterPage, ClauseTag, ClauseText, Edition
from tests.factories.editing import chapter_form, clause_row, save_chapter
from tests.factories.people import UserFactory
from tests.factories.standards import clause_text, edit_clause, make_chapter, publish, publish_chapter
from tests.pages import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return signed_in(UserFactory(role="Editors"))


def rows_of(page: ChapterPage, **tags: str):
    """The clauses as the draft has them, REL_1="refund, phone" tagging REL-1."""
    drafts = page.get_latest_revision_as_object().clauses.all()
    changes = {name.replace("_", "-"): {"tags": written} for name, written in tags.items()}
    return [clause_row(draft, **changes.get(draft.code, {})) for draft in drafts]


def tags_of(clauses) -> dict[str, list[str]]:
    return {clause.code: sorted(tag.name for tag in clause.tags.all()) for clause in clauses}


def drafted(page: ChapterPage) -> dict[str, list[str]]:
    return tags_of(ChapterPage.objects.get(pk=page.pk).get_latest_revision_as_object().clauses.all())


def live(page: ChapterPage) -> dict[str, list[str]]:
    return tags_of(ClauseText.objects.filter(page=page))


def tagged(*tags: str) -> ChapterPage:
    """A published chapter whose first clause has these tags."""
    page = make_chapter()
    draft = page.get_latest_revision_as_object()
    clauses = list(draft.clauses.all())
    clauses[0].tags.set(tags)
    draft.clauses = clauses
    draft.save_revision()
    return publish(page)


def test_tags_of_the_form_wait_in_the_draft_until_it_is_published(editor):
    page = publish_chapter()

    assert save_chapter(editor, page, rows_of(page, REL_1="refund, phone")).status_code == 302
    assert (drafted(page)["REL-1"], live(page)["REL-1"]) == (["phone", "refund"], [])

    page.refresh_from_db()
    assert save_chapter(editor, page, rows_of(page), publish=True).status_code == 302
    assert live(page) == {"REL-1": ["phone", "refund"], "REL-2": []}


def test_a_tag_makes_no_version_and_no_edition(editor):
    page = publish_chapter()

    save_chapter(editor, page, rows_of(page, REL_1="refund"), publish=True)

    assert live(page)["REL-1"] == ["refund"]
    assert Edition.objects.count() == 1


def test_tags_are_taken_off_by_the_form(editor):
    page = tagged("refund", "phone")

    save_chapter(editor, page, rows_of(page, REL_1="phone"), publish=True)

    assert live(page)["REL-1"] == ["phone"]


def test_a_new_clause_brings_its_tags(editor):
    page = publish_chapter()
    new = {**clause_row(clause_text("REL-3")), "tags": "refund"}

    assert save_chapter(editor, page, [*rows_of(page), new], publish=True).status_code == 302

    assert live(page)["REL-3"] == ["refund"]


def test_a_draft_that_is_saved_by_itself_keeps_the_tags_of_old_and_new_clauses(editor):
    page = publish_chapter()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    rows = [*rows_of(page, REL_1="phone"), {**clause_row(clause_text("REL-3")), "tags": "refund"}]

    saved = editor.post(address, chapter_form(page, rows), headers={"accept": "application/json"}).json()
    editor.post(
        address,
        {**chapter_form(page, rows), "overwrite_revision_id": saved["revision_id"]},
        headers={"accept": "application/json"},
    )

    assert saved["success"]
    assert drafted(page) == {"REL-1": ["phone"], "REL-2": [], "REL-3": ["refund"]}


def test_one_tag_is_one_however_it_is_written(editor):
    page = publish_chapter()

    save_chapter(editor, page, rows_of(page, REL_1="Refund", REL_2="refund"), publish=True)

    assert live(page) == {"REL-1": ["Refund"], "REL-2": ["Refund"]}


def test_tags_stay_when_something_else_is_edited_published_again_or_reverted():
    page = tagged("refund")
    before = page.latest_revision

    page = publish(edit_clause(page, "REL-2", why="New."))
    assert live(page)["REL-1"] == ["refund"]

    before.publish()
    publish(page)
    assert live(page)["REL-1"] == ["refund"]
    assert ClauseTag.objects.count() == 1


def test_a_copy_has_the_tags_and_leaves_them_to_the_original():
    page = tagged("refund")
    page.save_revision()

    copy = ChapterPage.objects.get(pk=page.pk).copy(update_attrs={"slug": "copy", "title": "Copy"})
    copy.get_latest_revision().publish()

    assert [list(clause.tags.names()) for clause in ClauseText.objects.filter(page=copy)] == [["refund"], []]
    assert live(page)["REL-1"] == ["refund"]


def test_the_editor_offers_the_tags_that_there_are(editor):
    tagged("refund")

    form = editor.get(reverse("wagtailadmin_pages:edit", args=[ChapterPage.objects.get().pk])).content.decode()
    offered = editor.get(reverse("wagtailadmin_tag_autocomplete"), {"term": "ref"}).json()

    assert 'name="clauses-0-tags"' in form
    assert offered == ["refund"]


def test_a_clause_leads_to_what_else_is_about_the_same(editor):
    tagged("cash & card")

    shown = text(editor.get("/standards/REL-1/"))

    assert '<a class="chip" href="/standards/search/?q=cash%20%26%20card">cash &amp; card</a>' in shown


def test_a_clause_is_looked_up_by_its_tags(editor):
    tagged("refund")

    found = text(editor.get("/standards/search/", {"q": "refund"}))

    assert "We do what REL-1 says." in found
    assert "Tags: <mark>refund</mark>" in found


def test_a_tag_of_a_draft_finds_nothing(editor):
    page = publish_chapter()
    save_chapter(editor, page, rows_of(page, REL_1="refund"))

    assert "No clause says “refund”" in text(editor.get("/standards/search/", {"q": "refund"}))
