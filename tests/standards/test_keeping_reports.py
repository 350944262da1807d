"""The reports on reviews and on coverage in the admin."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from people.models import User
from standards.models import ChapterPage, Clause
from standards.services.reviews import record_review
from tests.factories.enquiries import ask, reply
from tests.factories.people import NOW, UserFactory
from tests.factories.quizzes import publish_quiz
from tests.factories.standards import edit_clause, publish, publish_chapter, sign
from tests.pages import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def owner() -> User:
    return UserFactory(name="=Aishah binti Contoh")


def kept(page: ChapterPage, code: str, **fields) -> ChapterPage:
    """The chapter, with this kept beside the words of the clause."""
    return publish(edit_clause(page, code, **fields))


def tagged(page: ChapterPage, code: str, tag: str) -> ChapterPage:
    draft = page.get_latest_revision_as_object()
    clauses = list(draft.clauses.all())
    next(clause for clause in clauses if clause.code == code).tags.add(tag)
    draft.clauses = clauses
    draft.save_revision()
    return publish(page)


def lines(report: str, role: str = "Editors", **query: str) -> list[list[str]]:
    response = signed_in(UserFactory(role=role)).get(reverse(report), {"export": "csv", **query})
    return list(csv.reader(io.StringIO(b"".join(response).decode())))


def codes(report: str, **query: str) -> list[str]:
    return [line[0] for line in lines(report, **query)[1:]]


class TestReviews:
    REPORT = "reviews_report"

    @pytest.fixture(autouse=True)
    def _document(self, owner):
        """LAT-1 was due yesterday, SOO-1 is in ten days, FAR-1 in a year; nobody looks after NON-1, and it has no date."""
        page = publish_chapter("Reliability", ("FAR-1", "NON-1", "LAT-1", "SOO-1"))
        for code, day in {
            "FAR-1": date(2027, 11, 24),
            "LAT-1": date(2026, 11, 23),
            "SOO-1": date(2026, 12, 4),
        }.items():
            page = kept(page, code, owner=owner, review_on=day)

    def test_it_says_what_is_due_first_and_has_no_formulas(self):
        assert lines(self.REPORT)[:2] == [
            ["Code", "Clause", "Chapter", "Owner", "Last review", "Due", "Status"],
            ["LAT-1", "Title of LAT-1", "1 Reliability", "'=Aishah binti Contoh", "", "2026-11-23", "Review overdue"],
        ]
        assert [line[-1] for line in lines(self.REPORT)[2:]] == [
            "Review due soon",
            "Review not due yet",
            "No review date",
        ]

    @pytest.mark.parametrize(
        ("due", "expected"),
        [
            ("overdue", ["LAT-1"]),
            ("30", ["LAT-1", "SOO-1"]),
            ("365", ["LAT-1", "SOO-1", "FAR-1"]),
            ("undated", ["NON-1"]),
            ("nonsense", ["LAT-1", "SOO-1", "FAR-1", "NON-1"]),
        ],
    )
    def test_it_is_narrowed_by_what_is_due(self, due, expected):
        assert codes(self.REPORT, due=due) == expected

    def test_it_is_narrowed_by_owner_and_chapter(self, owner):
        publish_chapter("Timeliness", ("TIM-1",))

        assert codes(self.REPORT, owner=str(owner.pk)) == ["LAT-1", "SOO-1", "FAR-1"]
        assert codes(self.REPORT, owner="nobody") == ["NON-1", "TIM-1"]
        assert codes(self.REPORT, owner="left") == []
        assert codes(self.REPORT, owner="nobody", chapter="timeliness") == ["TIM-1"]

    def test_an_owner_who_has_left_is_shown_as_such(self, owner):
        User.objects.filter(pk=owner.pk).update(is_active=False)

        assert codes(self.REPORT, owner="left") == ["LAT-1", "SOO-1", "FAR-1"]
        assert lines(self.REPORT)[1][3] == "'=Aishah binti Contoh (has left)"

    def test_a_review_moves_it(self, owner):
        late = Clause.objects.get(code="LAT-1")
        record_review(clause=late, version=late.current_version_id, next_review_on=date(2027, 1, 4), by=owner, now=NOW)

        assert {line[0]: line[4:6] for line in lines(self.REPORT)}["LAT-1"] == ["2026-11-24", "2027-01-04"]

    def test_it_comes_as_a_spreadsheet_with_dates(self):
        response = signed_in(UserFactory(role="Approvers")).get(reverse(self.REPORT), {"export": "xlsx"})

        rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(b"".join(response))).active]
        assert rows[1][3] == "'=Aishah binti Contoh"
        assert rows[1][5] == date(2026, 11, 23)

    def test_a_page_shows_it_with_its_filters(self):
        page = text(signed_in(UserFactory(role="Administrators")).get(reverse(self.REPORT), {"due": "overdue"}))

        assert "Title of LAT-1" in page
        assert "Title of SOO-1" not in page
        assert "Overdue or within 30 days" in page


class TestCoverage:
    REPORT = "coverage_report"

    def test_mandatory_clauses_with_a_gap_stand_on_top(self):
        page = publish_chapter("Reliability", ("REL-1", "REL-2", "REL-3"))
        page = kept(page, "REL-2", is_mandatory=True)

        assert lines(self.REPORT)[0][:4] == ["Code", "Clause", "Mandatory", "Lacks"]
        assert [line[:4] for line in lines(self.REPORT)[1:3]] == [
            ["REL-2", "Title of REL-2", "Mandatory", "question, scenario"],
            ["REL-1", "Title of REL-1", "", "question, scenario"],
        ]
        assert "Mandatory, with a gap" in text(signed_in(UserFactory(role="Editors")).get(reverse(self.REPORT)))

    def test_it_counts_questions_and_who_has_nothing_more_to_sign(self):
        publish_quiz()
        page = ChapterPage.objects.get()
        people = UserFactory.create_batch(7)
        for person in people:
            sign(person, page)
        code = lines(self.REPORT)[1][0]
        User.objects.filter(pk=people[0].pk).update(is_active=False)
        before = {line[0]: line[4:7] for line in lines(self.REPORT, "Administrators")[1:]}

        publish(edit_clause(page, code, reason="It is new since today.", kind="substantive", why="Fairer."))
        after = {line[0]: line[4:7] for line in lines(self.REPORT, "Administrators")[1:]}

        assert int(before[code][0]) > 0
        assert before[code][1:] == ["0", "6"]
        assert after[code][2] == "0"

    def test_it_counts_what_waits_for_an_answer(self):
        publish_chapter("Reliability", ("REL-1",))
        reply(ask(code="REL-1"))
        ask(code="REL-1", text="And what if nobody is there?")

        heading, line = lines(self.REPORT)

        assert dict(zip(heading, line, strict=True))["Open questions and suggestions"] == "1"

    def test_a_small_group_is_hidden_from_editors(self):
        page = publish_chapter()
        for person in UserFactory.create_batch(3):
            sign(person, page)
        UserFactory.create_batch(9)

        assert lines(self.REPORT)[1][6] == "fewer than 5"
        assert lines(self.REPORT, "Administrators")[1][6] == "3"

    def test_it_is_narrowed(self, owner):
        page = publish_chapter("Reliability", ("REL-1", "REL-2"))
        page = kept(page, "REL-1", is_mandatory=True, owner=owner)
        tagged(page, "REL-2", "refund")

        assert codes(self.REPORT, mandatory="yes") == ["REL-1"]
        assert codes(self.REPORT, mandatory="no") == ["REL-2"]
        assert codes(self.REPORT, tag="refund") == ["REL-2"]
        assert codes(self.REPORT, owner=str(owner.pk)) == ["REL-1"]
        assert codes(self.REPORT, lacks="either") == codes(self.REPORT, lacks="choice") == ["REL-1", "REL-2"]

    def test_it_is_narrowed_to_what_lacks_a_question(self):
        publish_quiz()
        publish_chapter("Timeliness", ("TIM-1",))

        assert codes(self.REPORT, lacks="question") == ["TIM-1"]

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_for_any_number_of_clauses(self, count, owner, django_assert_num_queries):
        page = publish_chapter("Reliability", tuple(f"REL-{number}" for number in range(1, count + 1)))
        for number in range(1, count + 1):
            page = tagged(kept(page, f"REL-{number}", owner=owner), f"REL-{number}", f"tag {number}")
            sign(UserFactory(), page)
        client = signed_in(UserFactory(role="Editors"))
        client.get(reverse("coverage_report_results"))

        with django_assert_num_queries(21):
            client.get(reverse("coverage_report_results"))


@pytest.mark.parametrize("report", ["reviews_report", "coverage_report"])
def test_a_report_of_nothing_says_so_and_stands_in_the_menu(report):
    client = signed_in(UserFactory(role="Editors"))

    assert "There are no results." in text(client.get(reverse(report)))
    assert reverse(report) in text(client.get(reverse("wagtailadmin_home")))
