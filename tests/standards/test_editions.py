"""Editions as people read and compare them."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta

import pytest
from wagtail.models import Locale

from core.selectors import reader_locale
from people.models import User
from standards import services
from standards.models import ChapterPage, Clause
from standards.selectors.comparing import edition_comparison_for_viewer
from standards.services import publish_chapters
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import clause_text, edit_clause, make_chapter, publish, publish_chapter
from tests.pages import signed_in
from tests.pages import smooth as text

pytestmark = pytest.mark.django_db

LATER, STILL_LATER = NOW + timedelta(days=30), NOW + timedelta(days=60)
LIST, COMPARE = "/standards/editions/", "/standards/editions/compare/"


def words(response) -> str:
    """What is to be read, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(response)))


def save_clauses(page: ChapterPage, *codes: str, **fields: object) -> ChapterPage:
    """A draft with these clauses in this order; those that aren't there are written."""
    draft = page.get_latest_revision_as_object()
    there = {clause.code: clause for clause in draft.clauses.all()}
    draft.clauses = [there.get(code) or clause_text(code) for code in codes]
    for clause in draft.clauses.all():
        clause.sort_order = codes.index(clause.code)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()
    return ChapterPage.objects.get(pk=page.pk)


def three_editions() -> ChapterPage:
    """Edition 2 changes REL-1; edition 3 takes REL-2 out, brings REL-4 in and puts REL-3 first."""
    page = publish_chapter(codes=("REL-1", "REL-2", "REL-3"))
    change = edit_clause(
        page,
        "REL-1",
        kind="substantive",
        reason="Eleven complaints since June.",
        statement="We always do what REL-1 says.",
        pitfalls=["coldness"],
    )
    publish(change, now=LATER)
    publish(save_clauses(page, "REL-3", "REL-1", "REL-4", title="Promises"), now=STILL_LATER)
    return page


# The list


def test_list_says_what_came_changed_and_went_with_each_edition(client, learner):
    three_editions()

    newest, second, first = re.split(r"<li class=\"card\">", text(client.get(LIST)))[1:]

    assert ("Edition 3" in newest, "In force" in newest, "23 January 2027" in newest) == (True, True, True)
    assert re.search(r"Retired</h3>.*REL-2.*1 clause added.*REL-4", newest)
    assert "What changed since edition 2" in newest
    assert re.search(r"Changed</h3>.*REL-1.*Substantive.*Version 2, 24 December 2026.*Eleven complaints", second)
    assert "In force" not in second
    assert "3 clauses added" in first
    assert "What changed since" not in first


def test_list_says_that_an_edition_only_made_the_wording_better(client, learner):
    publish(edit_clause(publish_chapter(), "REL-1", kind="editorial", why="It helps people."), now=LATER)

    assert "Editorial: the meaning is the same" in text(client.get(LIST))


def test_list_says_that_nothing_is_published_yet(client, learner):
    assert "Nothing is published yet" in text(client.get(LIST))


def test_list_comes_in_pages(client, learner):
    page = publish_chapter(codes=("REL-1",))
    for number in range(11):
        publish(edit_clause(page, "REL-1", why=f"Reason {number}."), now=LATER)

    first, second = words(client.get(LIST)), words(client.get(LIST + "?page=2"))

    assert ("1 to 10 of 12" in first, "11 to 12 of 12" in second) == (True, True)
    assert ("Edition 3 " in first, "Edition 2 " in first, "Edition 2 " in second) == (True, False, True)
    assert words(client.get(LIST + "?page=nope")) == first


@pytest.mark.parametrize("role", [None, "Editors", "Approvers", "Administrators"])
def test_who_published_is_told_to_those_who_run_the_standards(role):
    publish_chapter(by=UserFactory(name="Aminah binti Contoh", role="Editors"))
    publish(edit_clause(ChapterPage.objects.get(), "REL-1", why="New."), now=LATER)
    reader = signed_in(UserFactory(role=role))

    shown = [address for address in (LIST, LIST + "1/", COMPARE) if "Aminah" in text(reader.get(address))]

    assert shown == ([LIST, LIST + "1/"] if role else [])


def test_standards_and_chapters_lead_to_the_editions(client, learner):
    assert LIST not in text(client.get("/standards/"))
    publish_chapter()

    assert f'href="{LIST}"' in text(client.get("/standards/"))
    assert f'href="{LIST}"' in text(client.get("/standards/chapters/reliability/"))


# One edition


def test_an_edition_reads_as_it_did(client, learner):
    three_editions()

    first, third = words(client.get(LIST + "1/")), words(client.get(LIST + "3/"))

    assert re.search("1 · Reliability.*We do what REL-1 says.*REL-2.*REL-3", first)
    assert "REL-4" not in first
    assert re.search("1 · Promises.*REL-3.*We always do what REL-1 says.*REL-4", third)
    assert "REL-2" not in third


def test_a_past_edition_says_so_and_leads_to_the_one_in_force(client, learner):
    three_editions()

    past, current = text(client.get(LIST + "2/")), text(client.get(LIST + "3/"))

    assert "This is a past edition" in past
    assert f'href="{LIST}3/">Read edition 3, which is in force' in past
    assert "This is a past edition" not in current
    assert "In force" in current


def test_an_edition_without_clauses_says_so(client, learner):
    publish(save_clauses(publish_chapter()), now=LATER)

    assert "No clause was in force" in text(client.get(LIST + "2/"))
    assert "REL-2" in text(client.get(LIST + "1/"))


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999", "one", "-1"])
def test_an_edition_that_is_not_there_is_a_404(client, learner, number):
    publish_chapter()

    assert client.get(f"{LIST}{number}/").status_code == 404


# Two editions


def test_comparison_tells_everything_that_happened(client, learner):
    three_editions()

    page = words(client.get(COMPARE + "?from=1&to=3"))

    assert "From edition 1 to edition 3" in page
    assert "1 changed 1 added 1 retired 1 moved 0 unchanged" in page
    assert re.search("1 · Promises.*Before: 1 · Reliability", page)
    assert re.search("REL-3 Moved Moved. It was clause 3 of chapter 1, Reliability", page)
    assert re.search("REL-1 Changed.*Substantive.*Eleven complaints since June", page)
    assert re.search("REL-2 Retired", page)
    assert re.search("REL-4 Added", page)


def test_comparison_in_one_text_marks_the_words(client, learner):
    three_editions()

    page = text(client.get(COMPARE + "?from=1&to=2&view=inline"))

    assert 'class="words">We<ins> always</ins> do what REL-1 says.</dd>' in page
    assert "<del>Brush-off</del><ins>Coldness</ins>" in page
    assert "2 clauses unchanged" in page


def test_comparison_side_by_side_shows_either_text_whole(client, learner):
    three_editions()

    page = text(client.get(COMPARE + "?from=1&to=3&view=side"))

    assert re.search("Edition 1</span>.*We do what REL-1 says.", page)
    assert re.search("Edition 3</span>.*We<ins> always</ins> do what REL-1 says.", page)
    assert ("<del>Brush-off</del></p>" in page, "<ins>Coldness</ins></p>" in page) == (True, True)
    assert 'name="view" value="side"' in page
    assert page.count("pair-newer") == 1


def test_an_indicator_is_told_in_words(client, learner):
    publish(edit_clause(publish_chapter(), "REL-1", indicator_kind="timing", why=""), now=LATER)

    page = text(client.get(COMPARE))

    assert "<del>Quantity</del><ins>Timing</ins>" in page
    assert "<del>Because it helps.</del>" in page


def test_without_a_choice_the_last_edition_stands_beside_the_one_before(client, learner):
    three_editions()

    page = text(client.get(COMPARE + "?view=side"))

    assert "From edition 2 to edition 3" in page
    assert '<option value="2" selected>' in page
    assert '<option value="3" selected>' in page


def test_a_comparison_backwards_is_turned_round(client, learner):
    three_editions()

    assert "From edition 1 to edition 3" in text(client.get(COMPARE + "?from=3&to=1"))


def test_an_edition_beside_itself_says_that_nothing_differs(client, learner):
    three_editions()

    page = text(client.get(COMPARE + "?from=2&to=2"))

    assert "Nothing differs" in page
    assert "3 unchanged" in page


def test_what_was_changed_back_does_not_differ(client, learner):
    page = publish_chapter()
    publish(edit_clause(page, "REL-1", why="New."), now=LATER)
    publish(edit_clause(page, "REL-1", why="Because it helps."), now=STILL_LATER)

    assert "Every clause says the same" in text(client.get(COMPARE + "?from=1&to=3"))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("from=1", "Choose an edition."),
        ("from=&to=", "Choose an edition."),
        ("from=1&to=99", "There is no edition 99."),
        ("from=one&to=1", "There is no edition one."),
        ("from=1&to=99999999999999999999", "There is no edition 99999999999999999999."),
        ("from=1&to=%3Cb%3E%00", "There is no edition"),
    ],
)
def test_numbers_that_make_no_sense_are_told_at_the_field(client, learner, query, message):
    three_editions()

    response = client.get(f"{COMPARE}?{query}")

    assert response.status_code == 422
    assert message in text(response)
    assert "<b>" not in response.content.decode()
    assert 'aria-invalid="true"' in text(response)


def test_with_one_edition_there_is_nothing_to_compare(client, learner):
    publish_chapter()

    response = client.get(COMPARE + "?from=1&to=7")

    assert response.status_code == 200
    assert "There is nothing to compare yet" in text(response)


def test_a_clause_that_changed_several_times_gives_every_reason(client, learner):
    page = publish_chapter()
    publish(edit_clause(page, "REL-1", kind="substantive", reason="First reason.", why="New."), now=LATER)
    publish(edit_clause(page, "REL-1", kind="editorial", reason="Second reason.", why="Newer."), now=STILL_LATER)

    assert re.search("Substantive.*First reason.*Editorial.*Second reason", text(client.get(COMPARE + "?from=1&to=3")))


def test_chapters_that_are_published_together_stand_in_their_order(client, learner):
    first, second = publish_chapter(), make_chapter("Timeliness", ("TIM-1",))
    edit_clause(first, "REL-1", why="New.")
    publish_chapters(pages=[first, second], by=None, now=LATER)

    assert re.search("1 · Reliability.*REL-1 Changed.*2 · Timeliness.*TIM-1 Added", words(client.get(COMPARE)))


def test_chapters_in_which_nothing_happened_are_folded_together(client, learner):
    publish_chapter("Timeliness", ("TIM-1",)), publish_chapter("Comfort", ("COM-1",))
    publish(edit_clause(publish_chapter(), "REL-1", why="New."), now=LATER)

    assert re.search("REL-1 Changed.*2 chapters unchanged.*1 · Timeliness.*TIM-1", words(client.get(COMPARE)))


def test_words_are_escaped(client, learner):
    hostile = "<script>alert(1)</script>"
    page = publish_chapter()
    publish(edit_clause(page, "REL-1", why=hostile, title=hostile, reason=hostile, pitfalls=[]), now=LATER)

    for address in (LIST, LIST + "2/", COMPARE, COMPARE + "?view=side"):
        assert "<script>alert" not in client.get(address).content.decode()


# Languages


def translate(code: str, number: int, locale: Locale, statement: str) -> None:
    version = Clause.objects.get(code=code).versions.get(number=number)
    content = dataclasses.replace(version.texts.order_by("pk").first().content, statement=statement)
    services.record_text(version=version, locale=locale, content=content, now=NOW)


def compared(reader: User, locale: Locale) -> list[str]:
    comparison = edition_comparison_for_viewer(reader, 1, 2, locale)
    assert comparison is not None
    return ["".join(piece.text for piece in part.pieces) for part in comparison.chapters[0].clauses[0].parts]


def test_two_languages_are_never_compared_with_each_other(learner):
    malay = Locale.objects.create(language_code="ms")
    publish(edit_clause(publish_chapter(), "REL-1", statement="We do it all."), now=LATER)

    translate("REL-1", 1, malay, "Kami buat.")
    assert compared(learner, malay) == ["We do what REL-1 saysit all."]

    translate("REL-1", 2, malay, "Kami buat semuanya.")
    assert compared(learner, malay) == ["Kami buat semuanya."]
    assert compared(learner, reader_locale()) == ["We do what REL-1 saysit all."]


def test_a_change_that_a_translation_does_not_show_is_shown_in_the_source(learner):
    malay = Locale.objects.create(language_code="ms")
    publish(edit_clause(publish_chapter(), "REL-1", statement="We do it all."), now=LATER)
    for number in (1, 2):
        translate("REL-1", number, malay, "Kami buat.")

    assert compared(learner, malay) == ["We do what REL-1 saysit all."]


def test_an_edition_that_is_not_there_cannot_be_compared(learner):
    publish_chapter()

    assert edition_comparison_for_viewer(learner, 1, 2, reader_locale()) is None


# Cost


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("cost", [(LIST, 12), (LIST + "1/", 10), (COMPARE + "?from=1&to=2", 12)])
def test_pages_cost_the_same_for_any_number_of_clauses(client, learner, count, cost, django_assert_num_queries):
    address, queries = cost
    page = publish_chapter(codes=tuple(f"REL-{number}" for number in range(1, count + 1)))
    for number in range(1, count + 1):
        edit_clause(page, f"REL-{number}", why="New.")
    publish(page, now=LATER)
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize(("count", "queries"), [(1, 11), (3, 12), (5, 12)])
def test_list_costs_the_same_for_any_number_of_editions(client, learner, count, queries, django_assert_num_queries):
    """A first edition changes nothing: nobody asks for its reasons."""
    page = publish_chapter(codes=("REL-1",))
    for number in range(1, count):
        publish(edit_clause(page, "REL-1", why=f"Reason {number}."), now=LATER)
    client.get(LIST)

    with django_assert_num_queries(queries):
        client.get(LIST)
