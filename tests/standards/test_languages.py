"""The standards in their reader's language: what is shown, and what a signature keeps."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Locale

from people.models import User
from standards.models import AcknowledgedClause, Acknowledgement
from tests.factories.languages import fill, in_malay, malay, publish_translation, submit, translate, update_source
from tests.factories.people import UserFactory
from tests.factories.standards import edit_clause, publish, publish_chapter, sign
from tests.pages import signed_in, smooth, text

pytestmark = pytest.mark.django_db

ADDRESS = "/standards/chapters/reliability/"
ENGLISH = "We do what REL-1 says."


def reading_malay(user: User | None = None) -> Client:
    client = signed_in(user or UserFactory())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ms-MY,ms;q=0.9,en;q=0.5"
    return client


def sign_as_shown(client: Client) -> None:
    context = client.get(ADDRESS).context
    client.post(ADDRESS, {"agree": "on", "versions": context["versions"], "texts": context["texts"]})


def test_the_chapter_is_read_in_ones_own_language():
    page = publish_chapter(summary="What we promise.", body=[("paragraph", "<p>Read this first.</p>")])
    translate(page)

    shown, listed = smooth(reading_malay().get(ADDRESS)), smooth(reading_malay().get("/standards/"))

    assert '<h1 lang="ms">Reliability (Melayu)</h1>' in shown
    assert '<div class="stack" lang="ms"><div class="prose">' in shown
    assert "Read this first. (Melayu)" in shown
    assert f'<p class="words" lang="ms">{in_malay(ENGLISH)}</p>' in shown
    assert '<html lang="en">' in shown
    assert "in Malay, and the time" in shown
    assert "Not yet" not in shown
    assert f'<p class="soft" lang="ms">{in_malay("What we promise.")}</p>' in listed
    assert "(Melayu)" not in text(signed_in(UserFactory()).get(ADDRESS))


@pytest.mark.parametrize("address", [ADDRESS, "/standards/REL-1/"])
def test_a_clause_without_a_translation_says_so(address):
    page = publish_chapter()
    translate(page)
    publish(edit_clause(page, "REL-1", kind="substantive", statement="We do more."))

    shown = smooth(reading_malay().get(address))

    assert "Not yet in Malay: this is the English text." in shown
    assert '<p class="words">We do more.</p>' in shown


def test_a_chapter_without_any_translation_is_in_the_source_language():
    submit(publish_chapter())

    shown = smooth(reading_malay().get(ADDRESS))

    assert shown.count("Not yet in Malay") == 1
    assert "<h1>Reliability</h1>" in shown
    assert 'lang="ms"' not in shown
    assert "in English, and the time" in shown


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/standards/REL-1/", '<dd lang="ms">Because it helps. (Melayu)</dd>'),
        ("/standards/REL-1/card/", '<h1 class="clause-title" lang="ms">Title of REL-1 (Melayu)</h1>'),
        ("/standards/search/?q=membantu", '<p class="words words-small" lang="ms">Kami <mark>membantu</mark>.</p>'),
        ("/standards/editions/", '<span lang="ms">Title of REL-1 (Melayu)</span>'),
        ("/standards/editions/1/", '<h2 class="clause-title" lang="ms">Title of REL-1 (Melayu)</h2>'),
        ("/standards/editions/compare/?from=1&to=2", '<span lang="ms">Title of REL-1 (Melayu)</span>'),
    ],
)
def test_every_page_names_the_language_of_its_words(address, expected):
    translate(publish_chapter(), {ENGLISH: "Kami membantu."})
    publish_chapter("Timeliness", ("TIM-1",))

    assert expected in smooth(reading_malay().get(address))


@pytest.mark.parametrize(("is_malay", "queries"), [(False, 11), (True, 12)])
@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_one_query_more(count, is_malay, queries, django_assert_num_queries):
    page, learner = publish_chapter(codes=tuple(f"REL-{n}" for n in range(1, count + 1))), UserFactory()
    translate(page)
    sign(learner, page)
    client = reading_malay(learner) if is_malay else signed_in(learner)
    client.get(ADDRESS)

    with django_assert_num_queries(queries):
        client.get(ADDRESS)


def test_it_keeps_the_words_that_were_read():
    page, learner = publish_chapter(), UserFactory()
    translate(page)

    sign_as_shown(reading_malay(learner))

    assert Acknowledgement.objects.get().locale == malay()
    assert set(AcknowledgedClause.objects.values_list("text__locale__language_code", flat=True)) == {"ms"}
    assert Acknowledgement.objects.get().sentence == "I have read “Reliability (Melayu)” and will work by it."


def test_of_a_clause_without_a_translation_it_keeps_the_source():
    page, learner = publish_chapter(), UserFactory()
    translate(page)
    publish(edit_clause(page, "REL-1", kind="substantive", statement="We do more."))
    client = reading_malay(learner)
    assert "in English and Malay, and the time" in smooth(client.get(ADDRESS))

    sign_as_shown(client)

    kept = AcknowledgedClause.objects.values_list("version__clause__code", "text__locale__language_code")
    assert dict(kept) == {"REL-1": "en", "REL-2": "ms"}


def test_without_any_translation_it_is_in_the_source_language():
    learner = UserFactory()
    submit(publish_chapter())

    sign_as_shown(reading_malay(learner))

    assert Acknowledgement.objects.get().locale == Locale.get_default()


def test_words_that_were_corrected_meanwhile_are_to_be_read_again():
    page, client = publish_chapter(), reading_malay()
    translation = submit(page)
    fill(translation)
    publish_translation(translation)
    context = client.get(ADDRESS).context
    fill(translation, {ENGLISH: "Lebih baik."})
    publish_translation(translation)

    client.post(ADDRESS, {"agree": "on", "versions": context["versions"], "texts": context["texts"]})

    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize("is_malay", [True, False])
def test_a_change_is_shown_in_one_language(is_malay):
    """Signed in one language, read in the other: the second version is in English only."""
    page, learner = publish_chapter(), UserFactory()
    translate(page)
    first, second = reading_malay(learner), signed_in(learner)
    sign_as_shown(first if is_malay else second)
    publish(edit_clause(page, "REL-1", kind="substantive", statement="We do more."))

    shown = smooth((second if is_malay else first).get(ADDRESS))

    assert "We do <del>what REL-1 says</del><ins>more</ins>." in shown
    assert "Melayu" not in shown.split('id="REL-1"')[1].split("</article>")[0]


def change_for_a_signer(signed: str, changed: str) -> str:
    """What a reader of Malay is shown who signed REL-1 when its translation said `signed`, now that it has changed."""
    page, learner = publish_chapter(), UserFactory()
    translate(page, {ENGLISH: signed})
    sign(learner, page)
    page = publish(edit_clause(page, "REL-1", kind="substantive", statement="We do more."))
    translation = update_source(page)
    fill(translation, {"We do more.": changed})
    publish_translation(translation)
    return smooth(reading_malay(learner).get(ADDRESS))


def test_a_change_is_shown_in_ones_own_language_where_both_are_there():
    shown = change_for_a_signer("Kami tolong.", "Kami bantu.")

    assert '<span lang="ms">Kami <del>tolong</del><ins>bantu</ins>.</span>' in shown


def test_a_change_that_the_translation_does_not_show_is_shown_in_the_source():
    shown = change_for_a_signer("Kami bantu.", "Kami bantu.")

    assert "We do <del>what REL-1 says</del><ins>more</ins>." in shown
    assert '<p class="words" lang="ms">Kami bantu.</p>' in shown
