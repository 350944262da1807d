"""Questions and suggestions in the admin: found by filters, taken along as a file, without who asked."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from people.models import User
from standards.enums import EnquiryKind, ReplyOutcome
from standards.models import ChapterPage, EnquiryText
from tests.factories.enquiries import ask, owned_by, reply
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import publish_chapter
from tests.pages import signed_in, text

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/questions/"
HEAD = ["Words", "Kind", "Clause", "Version", "Chapter", "Owner", "Asked on", "Status"]


@pytest.fixture
def editor() -> User:
    return UserFactory(role="Editors", name="Farah binti Ismail")


@pytest.fixture
def asked() -> ChapterPage:
    """In the order of time: answered, closed, open, and open in another chapter."""
    publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    asker, hours = UserFactory(name="Nobody’s business"), (NOW + timedelta(hours=hour) for hour in range(4))
    reply(ask(asker, text="Was it answered?", is_named=True, now=next(hours)))
    reply(ask(asker, text="Was it closed?", kind=EnquiryKind.SUGGESTION, now=next(hours)), ReplyOutcome.CLOSED)
    ask(asker, "REL-2", text="Is it open?", now=next(hours))
    ask(asker, "TIM-1", text="Is it mine?", now=next(hours))
    return ChapterPage.objects.get(slug="timeliness")


def words(viewer: User, **query: object) -> list[str]:
    response = signed_in(viewer).get(REPORT, {"export": "csv", **query})
    return [row[0] for row in csv.reader(io.StringIO(b"".join(response).decode()))][1:]


def test_open_ones_come_first_and_of_these_those_at_ones_own_clauses(asked, editor):
    owned_by(editor, "TIM-1")

    assert words(editor) == ["Is it mine?", "Is it open?", "Was it answered?", "Was it closed?"]
    assert words(UserFactory(role="Approvers")) == ["Is it open?", "Is it mine?", "Was it answered?", "Was it closed?"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "open"}, ["Is it mine?", "Is it open?"]),
        ({"state": "answered"}, ["Was it answered?"]),
        ({"state": "closed"}, ["Was it closed?"]),
        ({"kind": "suggestion"}, ["Was it closed?"]),
        ({"owner": "me"}, ["Is it mine?"]),
        ({"owner": "nobody", "state": "open"}, ["Is it open?"]),
    ],
)
def test_it_is_narrowed_by_status_kind_and_owner(asked, editor, query, found):
    owned_by(editor, "TIM-1")

    assert words(editor, **query) == found


def test_it_is_narrowed_by_chapter_and_by_somebody_else_as_owner(asked, editor):
    owned_by(editor, "TIM-1")

    approver = UserFactory(role="Approvers")
    assert words(approver, chapter=asked.pk) == words(approver, owner=editor.pk) == ["Is it mine?"]


def test_the_files_say_everything_but_who_asked(asked, editor):
    owned_by(editor, "TIM-1")
    EnquiryText.objects.filter(text="Is it mine?").update(text="=1+1 Is it mine?")
    client = signed_in(editor)

    as_csv = b"".join(client.get(REPORT, {"export": "csv"})).decode()
    sheet = load_workbook(io.BytesIO(b"".join(client.get(REPORT, {"export": "xlsx"})))).active

    rows = [[cell.value for cell in row] for row in sheet]
    assert rows[0] == next(csv.reader(io.StringIO(as_csv))) == HEAD
    assert rows[1][:6] == ["'=1+1 Is it mine?", "Question", "TIM-1", 1, "Timeliness", "Farah binti Ismail"]
    assert rows[1][6:] == [NOW.date(), "Waiting for an answer"]
    assert "Nobody’s business" not in as_csv


def test_the_page_leads_to_each_and_names_no_asker(asked, editor):
    EnquiryText.objects.filter(text="Is it open?").update(text="")

    page = text(signed_in(editor).get(REPORT))

    assert "The words were erased." in page
    assert page.count('href="/standards/questions/') == 4
    assert "Nobody’s business" not in page


def test_an_administrator_reads_it_and_staff_without_the_admin_do_not(asked):
    assert len(words(UserFactory(role="Administrators"))) == 4
    assert signed_in(owned_by(UserFactory(), "TIM-1")).get(REPORT).status_code == 403


def test_the_admin_leads_there_and_says_how_many_wait(asked, editor):
    def front() -> str:
        return text(signed_in(editor).get(reverse("wagtailadmin_home")))

    assert REPORT in front()
    assert "2 from staff wait for an answer." in front()


def test_without_questions_it_says_so(editor):
    assert "There are no results." in text(signed_in(editor).get(REPORT))
    assert "nothing waits for an answer" in text(signed_in(editor).get(reverse("wagtailadmin_home")))


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number(editor, count, django_assert_num_queries):
    for number in range(count):
        publish_chapter(f"Chapter {number}", (f"REL-{number}",))
        owned_by(UserFactory(), f"REL-{number}")
        reply(ask(code=f"REL-{number}")), ask(code=f"REL-{number}", text="Is it open?")
    client = signed_in(editor)
    client.get(f"{REPORT}results/")

    with django_assert_num_queries(8):
        client.get(f"{REPORT}results/")
