"""What publishing a translation of a chapter writes, and how editors come to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail_localize.models import Translation

from standards.models import ChapterPage, ClauseText, ClauseVersion, ClauseVersionText, Edition
from standards.services import publish_chapters
from tests.factories.editing import clause_row, save_chapter
from tests.factories.languages import fill, in_malay, malay, publish_translation, submit, translate, update_source
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import clause_text, edit_clause, make_chapter, publish, publish_chapter, sign
from tests.pages import signed_in, smooth, text

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)
ADDRESS = "/standards/chapters/reliability/"


def texts(code: str) -> list[tuple[int, str, str]]:
    """(version, language, statement) of each row, oldest first."""
    rows = ClauseVersionText.objects.filter(version__clause__code=code).order_by("pk")
    return [(row.version.number, row.locale.language_code, row.text["statement"]) for row in rows]


ENGLISH = "We do what REL-1 says."
FIRST, FIRST_IN_MALAY = (1, "en", ENGLISH), (1, "ms", in_malay(ENGLISH))


def test_a_translation_adds_a_text_to_each_version_and_nothing_else():
    page = publish_chapter()

    translation = translate(page, now=LATER)

    assert texts("REL-1") == [FIRST, FIRST_IN_MALAY]
    assert ClauseVersionText.objects.filter(locale=malay()).values_list("created_at", flat=True)[0] == LATER
    assert (ClauseVersion.objects.count(), Edition.objects.count()) == (2, 1)
    assert [clause.code for clause in translation.clauses.all()] == ["REL-1", "REL-2"]
    assert (translation.slug, translation.is_translated) == (page.slug, True)


def test_a_clause_that_is_not_wholly_translated_has_no_text():
    page = publish_chapter()
    translation = submit(page)
    assert texts("REL-1") == [FIRST]

    first = page.clauses.get(code="REL-1")
    fill(translation, but=f"{first.translation_key}.why")
    publish_translation(translation)

    assert texts("REL-1") == [FIRST]
    assert [row[1] for row in texts("REL-2")] == ["en", "ms"]


def test_a_correction_adds_a_text_and_asks_nobody():
    page, learner = publish_chapter(), UserFactory()
    translation = submit(page)
    fill(translation)
    publish_translation(translation)
    sign(learner, page)

    for statement in ("Lebih baik.", in_malay(ENGLISH)):
        fill(translation, {ENGLISH: statement})
        publish_translation(translation)

    # Back to what it said at first is a text again: the newest is the one that is read.
    assert texts("REL-1") == [FIRST, FIRST_IN_MALAY, (1, "ms", "Lebih baik."), FIRST_IN_MALAY]
    assert "You signed this chapter" in text(signed_in(learner).get(ADDRESS))
    assert Edition.objects.count() == 1


def test_publishing_the_same_words_again_writes_nothing():
    page = publish_chapter()
    translate(page)
    translate(page, now=LATER)

    assert texts("REL-1") == [FIRST, FIRST_IN_MALAY]


def test_words_translated_from_an_older_version_stay_with_it():
    page = publish_chapter()
    translation = submit(page)
    fill(translation)
    page = publish(edit_clause(page, "REL-1", kind="substantive", statement="We do more."), now=LATER)

    publish_translation(translation, now=LATER)
    assert texts("REL-1") == [FIRST, (2, "en", "We do more."), FIRST_IN_MALAY]

    translation = update_source(page)
    publish_translation(translation, now=LATER)
    assert len(texts("REL-1")) == 3

    fill(translation)
    publish_translation(translation, now=LATER)
    assert texts("REL-1")[-1] == (2, "ms", in_malay("We do more."))


def test_a_draft_of_a_translation_keeps_the_version_that_it_was_made_from():
    page = publish_chapter()
    translation = submit(page)
    fill(translation)
    translation.save_target(publish=False)
    draft = translation.get_target_instance()
    page = publish(edit_clause(page, "REL-1", kind="substantive", statement="We do more."), now=LATER)
    update_source(page)

    publish(draft, now=LATER)

    assert texts("REL-1") == [FIRST, (2, "en", "We do more."), FIRST_IN_MALAY]


def test_what_was_translated_before_its_source_was_published_counts_from_then():
    page = make_chapter()
    translation = submit(page)
    fill(translation)
    publish_translation(translation)
    assert not ClauseVersionText.objects.exists()

    publish_chapters(pages=[page], by=None, now=NOW)

    assert texts("REL-1") == [FIRST, FIRST_IN_MALAY]


def test_going_back_to_older_words_brings_their_translation_back():
    page = publish_chapter()
    translate(page)
    page = publish(edit_clause(page, "REL-1", kind="substantive", statement="We do more."))
    publish(edit_clause(page, "REL-1", kind="substantive", statement=ENGLISH), now=LATER)

    assert texts("REL-1")[-2:] == [(3, "en", ENGLISH), (3, "ms", in_malay(ENGLISH))]


def test_clauses_that_come_and_go_follow_in_the_translation():
    page = publish_chapter()
    translate(page)
    draft = page.get_latest_revision_as_object()
    draft.clauses = [*(one for one in draft.clauses.all() if one.code != "REL-2"), clause_text("REL-3")]
    draft.save_revision()
    page = publish(page, now=LATER)

    translation = update_source(page)
    fill(translation)
    translated = publish_translation(translation, now=LATER)

    assert {clause.code for clause in translated.clauses.all()} == {"REL-1", "REL-3"}
    assert [row[:2] for row in texts("REL-3")] == [(1, "en"), (1, "ms")]
    assert Edition.objects.count() == 2


def test_an_alias_in_another_language_adds_nothing():
    page = publish_chapter()
    alias = page.copy_for_translation(malay(), copy_parents=True, alias=True)

    publish(edit_clause(page, "REL-1", kind="editorial", statement="We do it."))

    assert not alias.is_source()
    assert not ClauseVersionText.objects.filter(locale=malay()).exists()
    assert [clause.code for clause in ChapterPage.objects.get(pk=alias.pk).clauses.all()] == ["REL-1", "REL-2"]


def test_what_was_said_of_a_change_is_not_taken_over():
    page = edit_clause(
        publish_chapter(), "REL-1", reason="So that it is clear.", kind="editorial", statement="We do it."
    )
    # As it stands in the tables while the publication is under way.
    ChapterPage.objects.filter(pk=page.pk).update(change_reason="So that it is clear.")
    ClauseText.objects.filter(page=page).update(change_kind="editorial")

    translated = translate(ChapterPage.objects.get(pk=page.pk))

    assert translated.change_reason == ""
    assert {clause.change_kind for clause in translated.clauses.all()} == {""}


def test_editors_submit_translate_and_publish(django_capture_on_commit_callbacks):
    page, editor = publish_chapter(), signed_in(UserFactory(role="Editors"))
    malay()
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [malay().pk]})
    translated = page.get_translation(malay())
    fill(Translation.objects.get())
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("wagtailadmin_pages:edit", args=[translated.pk]), {"action": "publish"})

    assert texts("REL-1") == [FIRST, FIRST_IN_MALAY]


def test_impact_is_offered_for_the_source_only(admin_client):
    page = publish_chapter()
    translated = translate(page)

    def edit(of: ChapterPage) -> str:
        return text(admin_client.get(reverse("wagtailadmin_pages:edit", args=[of.pk])))

    assert reverse("chapter_impact", args=[page.pk]) in edit(page)
    assert reverse("chapter_impact", args=[translated.pk]) not in edit(translated)


def test_a_translation_edited_by_hand_needs_no_reason(admin_client):
    page = publish_chapter()
    translated = translate(page)
    Translation.objects.update(enabled=False)
    first, second = translated.clauses.all()

    response = save_chapter(
        admin_client, translated, [clause_row(first, statement="Kami bantu."), clause_row(second)], publish=True
    )

    assert response.status_code == 302
    assert texts("REL-1")[-1] == (1, "ms", "Kami bantu.")


def test_an_editor_previews_the_translation():
    editor = signed_in(UserFactory(role="Editors"))
    translation = submit(publish_chapter())
    fill(translation)

    edit = editor.get(reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk]))
    preview = editor.get(reverse("wagtail_localize:preview_translation", args=[translation.pk]))

    assert edit.status_code == 200
    assert f'<p class="words" lang="ms">{in_malay(ENGLISH)}</p>' in smooth(preview)


@pytest.mark.parametrize("role", ["", "Administrators"])
def test_who_writes_no_content_translates_none(role):
    translation = submit(publish_chapter())
    segment = translation.source.stringsegment_set.first()
    client = signed_in(UserFactory(role=role))
    page = translation.get_target_instance()

    answers = [
        client.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [malay().pk]}),
        client.put(
            reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]), "value=Kami"
        ),
        client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk])),
        client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}),
    ]

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert texts("REL-1") == [FIRST]
    assert not translation.source.stringsegment_set.get_translations(malay()).exists()


steps = st.one_of(
    st.sampled_from(["fill", "take over", "save a draft", "publish the draft", "fill and publish"]),
    st.sampled_from(["We do it.", "We do more.", ENGLISH]),
)


@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=st.lists(steps, min_size=6, max_size=10))
def test_whatever_happens_a_text_translates_the_version_that_it_belongs_to(history):
    """A sentence among the steps: the source says that from now on."""
    with transaction.atomic():
        page = publish_chapter(codes=("REL-1",))
        translation = submit(page)
        for step in history:
            if step == "fill":
                fill(translation)
            elif step == "take over":
                translation = update_source(page)
            elif step == "save a draft":
                translation.save_target(publish=False)
            elif step == "publish the draft":
                publish(translation.get_target_instance())
            elif step == "fill and publish":
                fill(translation)
                publish_translation(translation)
            else:
                page = publish(edit_clause(page, "REL-1", kind="substantive", statement=step))

        english = {number: statement for number, language, statement in texts("REL-1") if language == "en"}
        for number, language, statement in texts("REL-1"):
            assert language == "en" or statement == in_malay(english[number])
        transaction.set_rollback(True)
