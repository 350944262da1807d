"""From a draft to a version: what publishing a lesson writes, and what it refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import ProtectedError
from wagtail.models import Locale

from standards.models import Clause
from standards.selectors.citations import outdated_uses_unscoped
from tests.factories.lessons import CODES, content, go_through, lessons_page, publish_lesson, republish
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import edit_clause, home_page, publish, publish_chapter, retire
from training.models import LessonCitation, LessonIndexPage, LessonPage, LessonVersion
from training.selectors.lessons import lesson_clause_uses, lesson_key
from training.services.lessons import BrokenLesson, create_lesson, create_lesson_index, publish_lesson_version

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)


def numbers() -> list[int]:
    return list(LessonVersion.objects.order_by("number").values_list("number", flat=True))


def test_create_lesson_publishes_it_with_its_first_version_and_what_it_cites():
    author = UserFactory(role="Editors")

    page = publish_lesson(by=author)

    version = LessonVersion.objects.get()
    assert (page.live, page.owner) == (True, author)
    assert (version.lesson_key, version.number) == (page.translation_key, 1)
    assert (version.published_at, version.published_by) == (NOW, author)
    assert version.content == page.content
    assert version.content["body"][1]["value"] == "<p>Whoever is heard &amp; understood waits more gladly.</p>"
    assert [row.clause.code for row in version.citations.all()] == ["REL-1", "REL-2"]
    assert str(LessonCitation.objects.first()).endswith("v1: REL-1")


def test_create_twice_gives_what_is_there():
    page = publish_lesson()

    again = publish_lesson(title="Another title", now=LATER)

    assert (again, again.title) == (page, "Listening first")
    index = create_lesson_index(parent=home_page(), title="Again", by=None, now=LATER)
    assert (index, index.live, LessonIndexPage.objects.count()) == (lessons_page(), True, 1)
    assert numbers() == [1]


def test_publishing_counts_what_was_changed_for_readers_only():
    page = publish_lesson()

    republish(page, minutes=9, seo_title="Listen")
    assert numbers() == [1]

    republish(page, introduction="Hear them out.")
    assert numbers() == [1, 2]


def test_publishing_counts_no_version_of_a_draft_an_alias_or_a_translation():
    page = publish_lesson()
    page.title, page.live = "Changed", False
    assert publish_lesson_version(page=page, by=None, now=LATER) is None
    page.live, page.alias_of = True, LessonPage.objects.get()
    assert publish_lesson_version(page=page, by=None, now=LATER) is None
    page.alias_of, page.locale = None, Locale.objects.create(language_code="ms")
    assert publish_lesson_version(page=page, by=None, now=LATER) is None
    assert numbers() == [1]


def test_a_lesson_about_a_clause_that_is_not_in_force_is_refused_and_nothing_is_left():
    with pytest.raises(BrokenLesson, match="NOT-1") as refused:
        create_lesson(
            parent=lessons_page(), content=content(body=[{"clause": "NOT-1"}, {"clause": "NOT-1"}]), by=None, now=NOW
        )

    assert refused.value.codes == ["NOT-1"]
    assert (LessonPage.objects.count(), numbers()) == (0, [])


def test_a_retired_clause_is_refused_for_a_new_version_and_kept_by_the_old():
    chapter = publish_chapter("Reliability", CODES)
    page = publish_lesson()
    retire(chapter, "REL-1", now=LATER)

    with pytest.raises(BrokenLesson):
        republish(page, title="Changed")

    assert (LessonPage.objects.get().title, numbers()) == ("Listening first", [1])


def test_clause_uses_name_live_lessons_by_their_newest_version(django_assert_num_queries):
    page = publish_lesson()
    publish_lesson(slug="taken-down").unpublish()
    publish_lesson(slug="another", title="Another")
    wanted = Clause.objects.get(code="REL-1")

    with django_assert_num_queries(2):  # pages, citations
        uses = lesson_clause_uses([wanted.pk])

    assert [(use.label, use.edit_url, use.practice) for use in uses] == [
        ("Listening first", f"/admin/pages/{page.pk}/edit/", None),
        ("Another", uses[1].edit_url, None),
    ]
    republish(page, body=[(block.block_type, block.value) for block in page.body if block.block_type != "clause"])
    assert [use.label for use in lesson_clause_uses([wanted.pk])] == ["Another"]


def test_a_lesson_is_to_be_looked_through_when_a_clause_that_it_shows_changes():
    chapter = publish_chapter("Reliability", CODES)
    page = publish_lesson()
    edit_clause(chapter, "REL-2", reason="Eleven complaints.", kind="substantive", statement="We never guess.")
    publish(chapter, now=LATER)

    use = outdated_uses_unscoped()[lesson_key(page)]

    assert (use.label, str(use.kind), use.codes) == ("Listening first", "Lesson", "REL-2")
    assert use.check_url == f"/admin/lessons/{page.pk}/check/"


def test_a_lesson_that_somebody_went_through_can_be_unpublished_and_not_deleted():
    editor, page = UserFactory(is_superuser=True), publish_lesson()
    index = LessonIndexPage.objects.get()
    assert page.permissions_for_user(editor).can_delete()
    assert index.permissions_for_user(editor).can_delete()

    go_through(UserFactory(), page)

    assert not page.permissions_for_user(editor).can_delete()
    assert not index.permissions_for_user(editor).can_delete()
    assert page.permissions_for_user(editor).can_unpublish()
    with pytest.raises(ProtectedError):
        page.delete()
