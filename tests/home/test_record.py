"""A person's record of learning: what is in it, what never is, and how it looks on paper."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pypdf
import pytest
from django.urls import reverse

from core import clock
from home.enums import RecordKind
from home.selectors.record import record_for_learner
from home.services.record import print_record
from home.views import record as record_views
from people.models import User
from tests.factories import certificates as certificate_factory
from tests.factories.deltas import LATER, begin, change
from tests.factories.people import NOW, MembershipFactory, TeamSupervisionFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.records import learn_all, waive_often
from tests.factories.standards import publish_chapter, sign
from tests.pages import signed_in, smooth

pytestmark = pytest.mark.django_db

ADDRESS, FILE = "/my/record/", "/my/record.pdf"


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def ann(team) -> User:
    return MembershipFactory(team=team, user__name="Ann Melati").user


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def words(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_it_holds_everything_learnt_in_words_to_show_to_anybody(ann, supervisor):
    learn_all(ann, by=supervisor)

    page = smooth(signed_in(ann).get(ADDRESS))

    for said in (
        "Completed the programme Programme 1",
        "valid until 24 November 2027 · standards of edition 1",
        "Certificate 2026-000001: Programme 1",
        "Signed the chapter Chapter 1",
        "edition 1 · CHA-11 to CHA-12 in version 1",
        "Went through the lesson Lesson 1",
        "Passed the role-play Play 1",
        "Passed the quiz Quiz on quiz-1",
        "First aid 1, Red Crescent",
        "Waived: Programme 1",
        "ended on 24 November 2026",
    ):
        assert said in page
    for private in ("Between us", "Failed", "Coaching", supervisor.name):
        assert private not in page


def test_one_kind_alone(ann, supervisor):
    learn_all(ann, by=supervisor)
    client = signed_in(ann)

    for kind in RecordKind:
        response = client.get(ADDRESS, {"kind": kind.value})
        assert len(response.context["page"]) == 1
        assert f'href="?kind={kind.value}" aria-current="true"' in smooth(response)


def test_it_is_paged_the_newest_first_and_keeps_its_kind(ann):
    waive_often(ann, 31)

    first, second = (signed_in(ann).get(ADDRESS, {"kind": "waivers", "page": page}) for page in (1, 2))

    assert "from 31 January 2026 on" in first.context["page"][0].meta
    assert [event.meta for event in second.context["page"]] == [("from 1 January 2026 on",)]
    assert "?kind=waivers&page=2" in smooth(first)


def test_who_has_learnt_nothing_is_told_where_to_begin(ann):
    assert "Nothing learnt here yet" in smooth(signed_in(ann).get(ADDRESS))
    assert "Nothing of this kind yet." in smooth(signed_in(ann).get(ADDRESS, {"kind": "quizzes"}))
    assert "Nothing learnt here yet" in smooth(signed_in(ann).get(ADDRESS, {"kind": "unheard-of"}))


def test_it_is_one_s_own(ann, supervisor):
    waive_often(UserFactory(name="Bea"), 1)

    assert len(record_for_learner(ann)) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_queries_are_a_fixed_number(ann, supervisor, count, django_assert_num_queries):
    for number in range(1, count + 1):
        learn_all(ann, by=supervisor, number=number)
    client = signed_in(ann)
    client.get(ADDRESS)

    # Session, person, bar, settings; the count, the page; each of eight kinds, and the clauses of the signatures.
    with django_assert_num_queries(15):
        client.get(ADDRESS)


def test_on_paper_it_is_tagged_titled_and_complete(ann, supervisor):
    learn_all(ann, by=supervisor)
    certificate_factory.issue(ann, title="Old one", now=NOW - timedelta(days=500), expires_on=date(2026, 7, 1))

    reader = read(print_record(learner=ann, now=NOW))

    assert reader.metadata.title == "Record of learning: Ann Melati"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()
    page = words(reader)
    for said in (
        "As it stands on 24 November 2026",
        "Programme 1 24 November 2026 24 November 2027 edition 1",
        "1 July 2026 expired",
        "2026-000001",
        "testserver/verify/",
        "CHA-11 to CHA-12 in version 1",
        "First aid 1, Red Crescent",
        "1 of 1",
    ):
        assert said in page
    assert "Between us" not in page


def test_what_changed_is_learnt_apart_and_cites_the_edition_that_changed_it(ann):
    chapter = publish_chapter()
    assign(make_program(chapter), ann)
    sign(ann, chapter)
    begin(change(chapter))
    sign(ann, chapter, now=LATER)

    page = smooth(signed_in(ann).get(ADDRESS))
    paper = words(read(print_record(learner=ann, now=LATER)))

    assert "Learnt: What changed: REL-1" in page
    assert "4 March 2027 · standards of edition 2" in page
    assert "What changed: REL-1 4 March 2027 edition 2" in paper


def test_paper_of_who_has_learnt_nothing_says_so(ann):
    assert "Nothing is on record yet." in words(read(print_record(learner=ann, now=NOW)))


def test_heads_of_a_long_table_are_repeated_on_each_page(ann):
    waive_often(ann, 90)

    reader = read(print_record(learner=ann, now=NOW))

    assert len(reader.pages) > 1
    for number, page in enumerate(reader.pages, start=1):
        said = " ".join(page.extract_text().split())
        assert "On What Details" in said
        assert f"{number} of {len(reader.pages)}" in said


def test_it_is_in_the_persons_language_by_their_own_days(ann, settings):
    settings.INTERFACE_LANGUAGES = ["en", "ms"]
    ann.language = "ms"
    late = NOW.replace(hour=23)  # the next day already in Kuala Lumpur

    reader = read(print_record(learner=ann, now=late))

    assert reader.trailer["/Root"]["/Lang"] == "ms"
    assert "25 " in words(reader)


def test_the_file_is_downloaded(ann):
    response = signed_in(ann).get(FILE)

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="record-of-learning-2026-11-24.pdf"'
    assert "no-store" in response["Cache-Control"]


def test_who_looks_after_somebody_has_it_too(client, supervisor, ann):
    address = reverse("team_person_record", args=[ann.public_id])

    assert "Ann Melati" in words(read(client.get(address).content))
    assert address in smooth(client.get(reverse("team_person", args=[ann.public_id])))
    assert signed_in(TeamSupervisionFactory().user).get(address).status_code == 404


def test_where_it_cant_be_set_the_page_says_so(ann, monkeypatch, caplog):
    monkeypatch.setattr(record_views, "print_record", lambda **arguments: 1 / 0)

    page = smooth(signed_in(ann).get(FILE, follow=True))

    assert "The PDF can’t be made just now." in page
    assert "ZeroDivisionError" in caplog.text
