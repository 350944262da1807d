"""Why nothing points to an editor's row: its keys don't last. `Clause`, matched by code, does."""

from __future__ import annotations

import pytest
from wagtail.models import Revision

from standards.models import ChapterPage, Clause, ClauseTag, ClauseText
from tests.factories.editing import clause_row, save_chapter
from tests.factories.scenarios import publish_scenario
from tests.factories.standards import clause_text, edit_clause, make_chapter, publish, publish_chapter

pytestmark = pytest.mark.django_db


def draft_keys(page: ChapterPage) -> dict[str, str]:
    """Code → translation_key, as the latest draft holds them."""
    return {clause["code"]: clause["translation_key"] for clause in page.get_latest_revision().content["clauses"]}


def live_rows(page: ChapterPage) -> dict[str, tuple[int, str]]:
    """Code → (pk, translation_key), as the live page holds them."""
    return {text.code: (text.pk, str(text.translation_key)) for text in ClauseText.objects.filter(page=page)}


def add_clause(page: ChapterPage, code: str) -> ChapterPage:
    draft = page.get_latest_revision_as_object()
    draft.clauses = [*draft.clauses.all(), clause_text(code, sort_order=9)]
    draft.save_revision()
    return ChapterPage.objects.get(pk=page.pk)


def save_form(client, page: ChapterPage, statement: str) -> None:
    texts = page.get_latest_revision_as_object().clauses.all()
    rows = [clause_row(text, **({"statement": statement} if text.code == "REL-3" else {})) for text in texts]
    assert save_chapter(client, page, rows).status_code == 302


def test_a_new_inline_child_has_another_key_after_each_save_of_the_draft(admin_client):
    page = add_clause(publish_chapter(), "REL-3")
    keys = [draft_keys(page)]
    for statement in ("Once.", "Twice."):
        save_form(admin_client, page, statement)
        page = ChapterPage.objects.get(pk=page.pk)
        keys.append(draft_keys(page))

    assert len({key["REL-3"] for key in keys}) == 3
    assert len({key["REL-1"] for key in keys}) == 1


def test_an_older_draft_that_is_published_first_loses_identity(admin_client):
    page = add_clause(publish_chapter(), "REL-3")
    older = page.get_latest_revision()
    save_form(admin_client, page, "Newer.")
    Revision.objects.get(pk=older.pk).publish()
    before = live_rows(page)["REL-3"]

    publish(page)

    assert live_rows(page)["REL-3"] != before
    assert list(Clause.objects.filter(code="REL-3").values_list("versions__number", flat=True)) == [1, 2]


def test_publishing_a_revision_again_changes_the_primary_key():
    page = add_clause(publish_chapter(), "REL-3")
    page = publish(page)
    before, clause = live_rows(page)["REL-3"][0], Clause.objects.get(code="REL-3").pk

    publish(page)

    assert live_rows(page)["REL-3"][0] != before
    assert Clause.objects.get(code="REL-3").pk == clause


def test_a_clause_that_was_live_keeps_its_row_when_edited():
    page = publish_chapter()
    before = live_rows(page)

    publish(edit_clause(page, "REL-1", why="New."))

    assert live_rows(page) == before


def test_copying_a_page_duplicates_the_ids_of_stream_blocks():
    page = publish_scenario()

    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"})

    assert [block.id for block in copy.nodes] == [block.id for block in page.nodes]


def test_copying_a_page_keeps_codes_unless_they_are_blanked(monkeypatch):
    page = make_chapter(codes=("REL-1",))
    publish(page)
    monkeypatch.setattr(ChapterPage, "_blank_foreign_codes", lambda self: False)

    copy = ChapterPage.objects.get(pk=page.pk).copy(update_attrs={"slug": "copy", "title": "Copy", "live": False})

    assert [text.code for text in ClauseText.objects.filter(page=copy)] == ["REL-1"]


def test_copying_a_page_takes_rows_within_rows_away_where_a_draft_holds_their_keys(monkeypatch):
    monkeypatch.delattr(ClauseTag, "serializable_data")
    page = make_chapter(codes=("REL-1",))
    draft = page.get_latest_revision_as_object()
    clauses = list(draft.clauses.all())
    clauses[0].tags.add("refund")
    draft.clauses = clauses
    draft.save_revision()
    page = publish(page)
    page.save_revision()

    copy = ChapterPage.objects.get(pk=page.pk).copy(update_attrs={"slug": "copy", "title": "Copy"})
    copy.get_latest_revision().publish()

    assert not ClauseText.objects.get(page=page).tags.exists()


def test_copying_a_page_leaves_out_the_fields_it_names():
    page = make_chapter(change_reason="Said of one change only.")

    assert page.copy(update_attrs={"slug": "copy", "title": "Copy"}).change_reason == ""
