"""Reads of the standards: order, languages, signatures."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from wagtail.models import Locale

from core.selectors import reader_locale
from standards import services
from standards.models import Clause, ClauseText
from standards.selectors.chapters import clauses_in_force_unscoped, current_edition
from standards.selectors.clauses import (
    clause_choices_unscoped,
    clause_contents,
    clause_ids_in_force,
    clauses_by_id,
    clauses_in_force,
    version_ids_in_force,
)
from standards.selectors.reading import chapter_for_learner, clause_for_viewer
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import edit_clause, publish, publish_chapter, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def malay() -> Locale:
    return Locale.objects.create(language_code="ms")


def translate(code: str, locale: Locale, statement: str) -> None:
    version = Clause.objects.get(code=code).current_version
    content = dataclasses.replace(version.texts.order_by("pk").first().content, statement=statement)
    services.record_text(version=version, locale=locale, content=content, now=NOW)


def statements(locale: Locale) -> list[str]:
    return [clause.content.statement for clause in clauses_in_force(None, locale)]


def test_the_reader_gets_the_newest_words_of_their_language_else_the_sources(malay):
    publish_chapter()
    translate("REL-1", malay, "Kami buat.")
    translate("REL-1", malay, "Kami tunaikan.")

    assert statements(malay) == ["Kami tunaikan.", "We do what REL-2 says."]
    assert statements(Locale.get_default()) == ["We do what REL-1 says.", "We do what REL-2 says."]


def test_newer_words_of_the_source_do_not_hide_the_translation(malay):
    publish_chapter()
    translate("REL-1", malay, "Kami buat.")
    translate("REL-1", Locale.get_default(), "We do just what REL-1 says.")

    assert statements(malay)[0] == "Kami buat."
    assert statements(Locale.get_default())[0] == "We do just what REL-1 says."


def test_a_new_version_without_translation_shows_the_source(malay):
    page = publish_chapter()
    translate("REL-1", malay, "Kami buat.")
    publish(edit_clause(page, "REL-1", statement="We do more."))

    assert statements(malay)[0] == "We do more."


def test_clauses_stand_in_the_order_of_the_live_document():
    page = publish_chapter(codes=("REL-1", "REL-2", "REL-3"))
    publish_chapter("Timeliness", ("AAA-1",))
    ClauseText.objects.filter(page=page, code="REL-3").update(sort_order=-1)

    in_order = [clause.code for clause in clauses_in_force(None, Locale.get_default())]

    assert in_order == ["REL-3", "REL-1", "REL-2", "AAA-1"]
    assert [(entry.chapter_number, entry.position) for entry in clauses_in_force_unscoped()] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (2, 1),
    ]


def test_a_chapter_that_is_not_live_is_in_no_edition_to_come():
    page = publish_chapter()
    type(page).objects.filter(pk=page.pk).update(live=False)

    assert clauses_in_force_unscoped() == []


def test_lookups_by_id_and_code():
    publish_chapter()
    ids = clause_ids_in_force()
    versions = version_ids_in_force(ids.values())

    assert list(ids) == ["REL-1", "REL-2"]
    assert {clause.code for clause in clauses_by_id(ids.values(), reader_locale()).values()} == {"REL-1", "REL-2"}
    assert [content.title for content in clause_contents(versions.values(), reader_locale()).values()] == [
        "Title of REL-1",
        "Title of REL-2",
    ]
    assert clause_choices_unscoped() == [(ids["REL-1"], "REL-1 Title of REL-1"), (ids["REL-2"], "REL-2 Title of REL-2")]


def test_the_reading_knows_what_was_signed_and_what_changed():
    learner, page = UserFactory(), publish_chapter()
    sign(learner, page)
    sign(UserFactory(), page)
    publish(edit_clause(page, "REL-2", kind="substantive", why="New."), now=NOW + timedelta(days=1))

    reading = chapter_for_learner(learner, "reliability", reader_locale())

    assert [clause.code for clause in reading.to_sign.values()] == ["REL-2"]
    assert list(reading.changes) == list(reading.to_sign)
    assert {entry.number for entry in reading.signed.values()} == {1}
    assert (reading.number, reading.edition, reading.signed_at) == (1, current_edition(), NOW)


def test_a_clause_without_a_live_chapter_is_still_found():
    page = publish_chapter()
    type(page).objects.filter(pk=page.pk).update(live=False)

    found = clause_for_viewer(UserFactory(), "REL-1", reader_locale())

    assert (found.record.code, found.clause.number, found.page, found.words) == ("REL-1", 1, None, None)
    assert clause_for_viewer(UserFactory(), "REL-9", reader_locale()) is None


def test_there_is_no_edition_before_the_first():
    assert current_edition() is None


def test_facts_say_what_they_are():
    page = publish_chapter()
    acknowledgement = sign(UserFactory(name="Ann"), page)
    entry = acknowledgement.clauses.first()

    assert [str(thing) for thing in (acknowledgement, entry, entry.text, current_edition(), entry.version.clause)] == [
        "Ann 2026-11-24",
        "REL-1 v1",
        "REL-1 v1 (en)",
        "Edition 1",
        "REL-1",
    ]
    assert str(current_edition().clauses.first()) == "Edition 1: REL-1 v1"
    assert str(page.clauses.first()) == "REL-1 Title of REL-1"
    assert entry.version.clause.get_absolute_url() == "/standards/REL-1/"
