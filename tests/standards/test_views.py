"""The standards as a learner's browser reads and signs them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from wagtail.models import Locale

from core import clock
from core.templatetags.piawai import qr_code
from standards.domain.clauses import ClauseContent
from standards.models import Acknowledgement, Clause, ClauseVersion
from standards.selectors.changes import clause_history
from standards.services import record_text
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import clause_text, edit_clause, make_chapter, publish, publish_chapter, retire, sign
from tests.pages import smooth as text

pytestmark = pytest.mark.django_db

ADDRESS = "/standards/chapters/reliability/"
LATER = NOW + timedelta(days=30)


def shown_versions(client) -> str:
    return re.search(r'name="versions" value="([\d,]*)"', text(client.get(ADDRESS)))[1]


def send(client, versions: str | None = None, **fields: str):
    data = {"agree": "on", "versions": shown_versions(client) if versions is None else versions, **fields}
    return client.post(ADDRESS, {name: value for name, value in data.items() if value})


def test_list_shows_chapters_in_order_with_their_clauses(client, learner):
    publish_chapter(summary="They can count on us."), publish_chapter("Timeliness", ("TIM-1",))
    make_chapter("Draft canary", ("DRA-1",))

    page = text(client.get("/standards/"))

    assert page.index("Reliability") < page.index("Timeliness")
    assert "They can count on us." in page
    assert "Edition 2" in page
    assert page.count("Not signed yet") == 2
    assert ("2 clauses" in page, "1 clause" in page) == (True, True)
    assert "Draft canary" not in page


def test_list_says_that_nothing_is_published_yet(client, learner):
    assert "Nothing is published yet" in text(client.get("/standards/"))


def test_list_shows_what_is_signed_and_what_changed(client, learner):
    page, other = publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    sign(learner, page), sign(learner, other)
    publish(edit_clause(page, "REL-1", kind="substantive", why="New."), now=LATER)

    shown = text(client.get("/standards/"))

    assert "Changed, please sign" in shown
    assert "Signed 24 November 2026" in shown


def test_chapter_shows_its_clauses_and_asks_for_a_signature(client, learner):
    publish_chapter()

    page = text(client.get(ADDRESS))

    assert "We do what REL-1 says." in page
    assert "Chapter 1 · edition 1, 24 November 2026" in page
    assert "I have read “Reliability” and will work by it." in page
    assert "edition 1, the words above, in English" in page
    assert Acknowledgement.objects.count() == 0


def test_chapter_without_clauses_has_nothing_to_sign(client, learner):
    publish_chapter(codes=())

    assert "there is nothing in it to sign" in text(client.get(ADDRESS))
    assert send(client, "1").status_code == 404


@pytest.mark.parametrize("title", ["Draft", "Nope"])
def test_a_draft_and_an_unknown_chapter_are_404(client, learner, title):
    make_chapter("Draft")

    assert client.get(f"/standards/chapters/{title.lower()}/").status_code == 404


def test_signing_records_what_was_on_the_page(client, learner):
    publish_chapter()
    with clock.set_to(NOW):
        response = send(client)

    assert response.headers["Location"] == "/my/"
    acknowledgement = Acknowledgement.objects.get()
    assert (acknowledgement.learner, acknowledgement.acknowledged_at) == (learner, NOW)
    assert acknowledgement.sentence == "I have read “Reliability” and will work by it."
    assert [str(entry.version) for entry in acknowledgement.clauses.order_by("pk")] == ["REL-1 v1", "REL-2 v1"]
    assert "Signed. Thank you for reading it." in text(client.get("/my/"))
    page = text(client.get(ADDRESS))
    assert "You signed this chapter on 24 November 2026" in page
    assert "Sign this chapter" not in page


def test_signing_twice_and_in_two_tabs_is_one_signature_and_one_answer(client, learner):
    publish_chapter()
    versions, other_tab = shown_versions(client), Client()
    other_tab.force_login(learner)

    answers = [send(client, versions), send(client, versions), send(other_tab, versions)]

    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(302, "/my/")}
    assert Acknowledgement.objects.count() == 1


def test_without_the_tick_the_page_says_so_and_keeps_what_was_shown(client, learner):
    publish_chapter()
    versions = shown_versions(client)

    response = send(client, versions, agree="")

    assert response.status_code == 422
    assert "Tick the box to sign." in text(response)
    assert f'name="versions" value="{versions}"' in text(response)
    assert 'aria-invalid="true"' in text(response)
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize("versions", ["forged", "1,,2", "9999999999999999999"])
def test_versions_that_are_no_numbers_are_refused(client, learner, versions):
    publish_chapter()

    response = send(client, versions)

    assert response.status_code == 422
    assert "This page was out of order" in text(response)
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize(
    "forge",
    [lambda own, other: other, lambda own, other: own[:1], lambda own, other: own + other, lambda own, other: [0]],
)
def test_other_versions_than_those_in_force_are_not_signed(client, learner, forge):
    publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    own, other = (
        [clause.current_version_id for clause in Clause.objects.filter(code__startswith=start)]
        for start in ("REL", "TIM")
    )

    response = send(client, ",".join(map(str, forge(own, other))))

    assert response.headers["Location"] == ADDRESS
    assert not Acknowledgement.objects.exists()
    assert "Nothing was signed" in text(client.get(ADDRESS))


def test_a_chapter_that_changed_meanwhile_is_read_once_more(client, learner):
    page = publish_chapter()
    versions = shown_versions(client)
    publish(edit_clause(page, "REL-1", why="New."))

    response = client.post(ADDRESS, {"agree": "on", "versions": versions}, follow=True)

    assert "This chapter changed while you were reading. Nothing was signed." in text(response)
    assert not Acknowledgement.objects.exists()
    assert send(client).headers["Location"] == "/my/"


def test_what_changed_since_one_signed_stands_first(client, learner):
    page = publish_chapter()
    sign(learner, page)
    publish(edit_clause(page, "REL-2", kind="substantive", why="New."), now=LATER)

    shown = text(client.get(ADDRESS))

    assert "1 clause changed since you signed on 24 November" in shown
    assert shown.count("Changed, please sign") == 1
    assert shown.count("Signed 24 November 2026") == 1


def test_a_changed_clause_shows_what_changed_since_the_version_that_one_signed(client, learner):
    page = publish_chapter()
    sign(learner, page)
    page = publish(
        edit_clause(page, "REL-2", reason="First reason.", kind="substantive", statement="We do what REL-2 asks.")
    )
    page = publish(edit_clause(page, "REL-2", reason="A comma.", kind="editorial", why="It helps."), now=LATER)
    page = publish(
        edit_clause(page, "REL-2", reason="Last reason.", kind="substantive", pitfalls=["runaround"]), now=LATER
    )

    shown = text(client.get(ADDRESS))

    assert "We do what REL-2 <del>says</del><ins>asks</ins>." in shown
    assert "<dt>Why</dt><dd><del>Because it</del><ins>It</ins> helps.</dd>" in shown
    assert "<dt>Pitfalls</dt><dd><del>Brush-off</del><ins>Runaround</ins></dd>" in shown
    assert shown.count("Why it changed:") == 2
    assert shown.index("First reason. (Version 2, 24 November 2026)") < shown.index("Last reason. (Version 4,")
    assert "A comma." not in shown
    assert "We do what REL-1 says.</p>" in shown


def test_a_clause_changed_back_says_so(client, learner):
    page = publish_chapter()
    sign(learner, page)
    for words in ("New.", "Because it helps."):
        page = publish(edit_clause(page, "REL-2", kind="substantive", why=words))

    shown = text(client.get(ADDRESS))

    assert "In the end it says the same as before." in shown
    assert shown.count("no reason is on record.") == 2


def test_signing_a_change_is_about_the_changed_clauses_only(client, learner):
    page = publish_chapter()
    sign(learner, page)
    publish(edit_clause(page, "REL-2", kind="substantive", why="New."), now=LATER)

    shown = text(client.get(ADDRESS))
    with clock.set_to(LATER):
        send(client)

    assert "Sign what changed" in shown
    assert 'This is only about: <a href="#REL-2">REL-2</a></p>' in shown
    acknowledgement = Acknowledgement.objects.first()
    assert acknowledgement.sentence == "I have read what changed in “Reliability” and will work by it."
    assert [str(entry.version) for entry in acknowledgement.clauses.all()] == ["REL-2 v2"]
    after = text(client.get(ADDRESS))
    assert "You signed this chapter on 24 December 2026" in after
    assert ("Signed 24 November 2026" in after, "Signed 24 December 2026" in after) == (True, True)


def test_a_clause_that_is_new_since_one_signed_is_called_new(client, learner):
    page = publish_chapter()
    sign(learner, page)
    draft = page.get_latest_revision_as_object()
    draft.clauses = [*draft.clauses.all(), clause_text("REL-3", sort_order=3)]
    draft.save_revision()
    publish(page, now=LATER)

    shown = text(client.get(ADDRESS))

    assert 'Please read: <a href="#REL-3">REL-3</a> (new).' in shown
    assert shown.count("New, please sign") == 1
    assert "Why it changed" not in shown


def test_an_editorial_change_leaves_the_signature(client, learner):
    page = publish_chapter()
    sign(learner, page)
    publish(edit_clause(page, "REL-2", kind="editorial", why="New."), now=LATER)

    shown = text(client.get(ADDRESS))

    assert "You signed this chapter on 24 November 2026" in shown
    assert "changed since" not in shown


def test_an_ended_session_leads_back_to_the_chapter(learner):
    publish_chapter()

    response = Client().post(ADDRESS, {"agree": "on", "versions": "1"})

    assert response.headers["Location"] == f"/accounts/login/?next={ADDRESS}"


def test_extra_fields_are_ignored(client, learner):
    publish_chapter()
    other = UserFactory()

    send(client, learner=str(other.pk), sentence="I sign nothing.", acknowledged_at="2020-01-01")

    acknowledgement = Acknowledgement.objects.get()
    assert (acknowledgement.learner, acknowledgement.sentence[:11]) == (learner, "I have read")


def test_clause_page_shows_everything(client, learner):
    publish_chapter()

    page = text(client.get("/standards/REL-1/"))

    for words in ("Title of REL-1", "Because it helps.", "Doing it.", "Up to RM 50.", "Fetch the shift lead.", "98 %"):
        assert words in page
    assert "Version 1, in force since 24 November 2026" in page
    assert "Brush-off" in page


def test_a_retired_clause_is_still_found(client, learner):
    page = publish_chapter()
    retire(page, "REL-2", now=LATER)

    shown = text(client.get("/standards/REL-2/"))

    assert "Retired 24 December 2026" in shown
    assert "These are its last words" in shown
    assert "REL-2" not in text(client.get(ADDRESS))


def test_history_tells_each_version_the_newest_first(client, learner):
    page = publish_chapter()
    publish(edit_clause(page, "REL-1", reason="Clearer.", kind="editorial", why="It helps."), now=LATER)
    publish(edit_clause(page, "REL-1", reason="Complaints.", kind="substantive", statement="We do it."), now=LATER)

    shown = text(client.get("/standards/REL-1/"))

    third, second, first = (shown.index(f"Version {number} · {kind}") for number, kind in HISTORY)
    assert third < shown.index("24 December 2026 · edition 3") < shown.index("Complaints.") < second
    assert third < shown.index("We do <del>what REL-1 says</del><ins>it</ins>.") < second
    assert second < shown.index("Clearer.") < shown.index("<del>Because it</del><ins>It</ins> helps.") < first
    assert first < shown.index("24 November 2026 · edition 1")


HISTORY = ((3, "changed in substance"), (2, "better worded, same meaning"), (1, "first wording"))


def test_history_of_a_retired_clause_stays(client, learner):
    page = publish_chapter()
    publish(edit_clause(page, "REL-2", kind="substantive", why="New."))
    retire(page, "REL-2", now=LATER)

    shown = text(client.get("/standards/REL-2/"))

    assert shown.index("Retired 24 December 2026", shown.index("History")) < shown.index("Version 2 · changed")
    assert "/standards/REL-2/card/" not in shown
    assert client.get("/standards/REL-2/card/").headers["Location"] == "/standards/REL-2/"


def test_a_difference_is_told_in_a_language_that_both_versions_have(client, learner):
    page = publish_chapter()
    malay = Locale.objects.get_or_create(language_code="ms")[0]
    publish(edit_clause(page, "REL-1", kind="substantive", statement="We do it."))
    for version in ClauseVersion.objects.filter(clause__code="REL-1", number__gte=2):
        record_text(
            version=version, locale=malay, content=ClauseContent(title="Janji", statement="Kami buat."), now=NOW
        )
    publish(edit_clause(page, "REL-1", kind="substantive", statement="We do it now."))
    record_text(
        version=ClauseVersion.objects.get(clause__code="REL-1", number=3),
        locale=malay,
        content=ClauseContent(title="Janji", statement="Kami buat sekarang."),
        now=NOW,
    )

    shown = clause_history(Clause.objects.get(code="REL-1").pk, malay)

    assert [entry.difference and entry.difference.language for entry in shown] == ["ms", "en", None]
    assert shown[0].difference.content.statement == "Kami buat sekarang."


def test_counter_card_holds_the_clause_and_a_code_of_its_address(client, learner, settings):
    publish_chapter()
    settings.BASE_URL = "https://shop.example/"

    shown = text(client.get("/standards/REL-1/card/"))

    for words in ("Title of REL-1", "We do what REL-1 says.", "Up to RM 50.", "Fetch the shift lead.", "version 1"):
        assert words in shown
    assert qr_code("https://shop.example/standards/REL-1/") in shown
    assert "Choose Print" in shown


def test_each_clause_leads_to_its_history_and_its_counter_card(client, learner):
    publish_chapter()

    shown = text(client.get(ADDRESS))

    assert 'href="/standards/REL-2/#history" aria-label="History of REL-2, version 1"' in shown
    assert 'href="/standards/REL-2/card/"' in shown


@pytest.mark.parametrize("code", ["REL-99", "rel-1", "REL1", "DRA-1"])
def test_an_unknown_or_draft_clause_is_404(client, learner, code):
    publish_chapter(), make_chapter("Draft", ("DRA-1",))

    assert client.get(f"/standards/{code}/").status_code == 404
    assert client.get(f"/standards/{code}/card/").status_code == 404


def test_words_of_a_clause_are_escaped(client, learner):
    page = publish_chapter()
    publish(edit_clause(page, "REL-1", why="<script>alert(1)</script>", title="<b>Bold</b>"))

    for address in (ADDRESS, "/standards/REL-1/", "/standards/"):
        assert "<script>alert" not in client.get(address).content.decode()
        assert "<b>Bold" not in client.get(address).content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    "cost", [("/standards/", 12), (ADDRESS, 11), ("/standards/REL-1/", 15), ("/standards/REL-1/card/", 9)]
)
def test_pages_cost_the_same_for_any_number_of_clauses(client, learner, count, cost, django_assert_num_queries):
    address, queries = cost
    chapter = publish_chapter(codes=tuple(f"REL-{number}" for number in range(1, count + 1)))
    for number in range(1, count):
        publish_chapter(f"Chapter {number}", (f"CHA-{number}",))
    sign(learner, chapter)
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize("count", [1, 3])
def test_a_chapter_costs_the_same_for_any_number_of_changes(client, learner, count, django_assert_num_queries):
    page = publish_chapter(codes=("REL-1", "REL-2", "REL-3"))
    sign(learner, page)
    for number in range(1, count + 1):
        for words in ("New.", "Newer."):
            page = publish(edit_clause(page, f"REL-{number}", kind="substantive", why=words))
    client.get(ADDRESS)

    with django_assert_num_queries(12):
        assert text(client.get(ADDRESS)).count("Changed, please sign") == count


@pytest.mark.parametrize("count", [1, 3])
def test_history_costs_the_same_for_any_number_of_versions(client, learner, count, django_assert_num_queries):
    page = publish_chapter()
    for number in range(count):
        page = publish(edit_clause(page, "REL-1", kind="substantive", why=f"Reason {number}."))
    client.get("/standards/REL-1/")

    with django_assert_num_queries(16):
        client.get("/standards/REL-1/")
