"""What we rely on in wagtail-localize: what it asks translators for, what it keeps, when it publishes."""

from __future__ import annotations

import json

import pytest
from wagtail.models import Locale
from wagtail_localize.models import OverridableSegment, StringSegment, TranslationSource

from standards.models import ChapterPage
from tests.factories.languages import fill, malay, submit
from tests.factories.standards import edit_clause, publish, publish_chapter

pytestmark = pytest.mark.django_db

WORDS = {
    "title", "statement", "why", "looks_like", "is_not", "you_decide", "beyond_that",
    "indicator_target", "indicator_measure", "indicator_method",
}  # fmt: skip


def test_what_is_synchronised_is_neither_translated_nor_overridden():
    page = publish_chapter(codes=("REL-1",), change_reason="Said of one change only.", summary="In short.")
    submit(page)

    paths = set(StringSegment.objects.values_list("context__path", flat=True))
    overridable = set(OverridableSegment.objects.values_list("context__path", flat=True))

    key = page.clauses.get().translation_key
    assert paths == {"title", "summary", *(f"clauses.{key}.{name}" for name in WORDS)}
    assert overridable == set()


def test_a_page_above_is_an_alias_and_an_alias_becomes_a_page_when_it_is_translated():
    page = publish_chapter(codes=("REL-1",))
    alias = page.copy_for_translation(malay(), copy_parents=True, alias=True)
    assert alias.get_parent().alias_of_id is not None
    assert (alias.translation_key, alias.alias_of_id) == (page.translation_key, page.pk)

    submit(page)

    alias = ChapterPage.objects.get(pk=alias.pk)
    assert (alias.alias_of_id, alias.locale, [clause.code for clause in alias.clauses.all()]) == (
        None,
        malay(),
        ["REL-1"],
    )


def test_the_source_is_kept_as_it_was_until_it_is_taken_over_again():
    page = publish_chapter(codes=("REL-1",))
    submit(page)
    publish(edit_clause(page, "REL-1", kind="editorial", statement="We do it."))

    def statement() -> str:
        source = TranslationSource.objects.get(object=page.translation_key)
        return json.loads(source.content_json)["clauses"][0]["statement"]

    assert statement() == "We do what REL-1 says."
    TranslationSource.objects.get().update_from_db()
    assert statement() == "We do it."


def test_what_lacks_a_translation_is_published_in_the_source_language():
    """So a text is a translation only where no string is missing: `note_what_is_translated` looks."""
    translation = submit(publish_chapter(codes=("REL-1",)))

    page = translation.get_target_instance()
    assert (page.live, page.locale, page.title) == (True, Locale.objects.get(language_code="ms"), "Reliability")
    assert page.clauses.get().statement == "We do what REL-1 says."


def test_it_publishes_after_the_transaction(django_capture_on_commit_callbacks):
    translation = submit(publish_chapter(codes=("REL-1",)))
    fill(translation)
    live = translation.get_target_instance().live_revision_id

    with django_capture_on_commit_callbacks() as later:
        translation.save_target(publish=True)
    assert translation.get_target_instance().live_revision_id == live

    for callback in later:
        callback()
    assert translation.get_target_instance().live_revision_id != live
