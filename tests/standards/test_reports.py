"""The report on signatures in the admin: counts, and no names."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from people.models import User
from standards.models import ChapterPage
from tests.factories.people import UserFactory
from tests.factories.standards import edit_clause, publish, publish_chapter, sign
from tests.pages import signed_in

pytestmark = pytest.mark.django_db

HEAD = ["Chapter", "People", "Signed", "Changed since", "Not signed", "Share"]


@pytest.fixture
def people() -> list[User]:
    return UserFactory.create_batch(11, name="Somebody binti Contoh")


def lines(role: str, **query: str) -> list[list[str]]:
    response = signed_in(UserFactory(role=role)).get(reverse("signatures_report"), {"export": "csv", **query})
    return list(csv.reader(io.StringIO(b"".join(response).decode())))


def signed_by(people: list[User], page: ChapterPage) -> ChapterPage:
    for person in people:
        sign(person, page)
    return page


@pytest.mark.parametrize("role", ["Editors", "Approvers", "Administrators"])
def test_it_counts_chapter_by_chapter_and_names_nobody(role, people):
    page = signed_by(people[:6], publish_chapter())
    publish(edit_clause(page, "REL-1", reason="It is new since today.", kind="substantive", why="Fairer."))

    client = signed_in(UserFactory(role=role))
    report = client.get(reverse("signatures_report")).content.decode()

    assert "Somebody" not in report
    assert "1 Reliability" in report
    assert lines(role)[0] == HEAD
    assert lines(role)[1] == ["1 Reliability", "14", "0", "6", "8", "0 %"]


def test_a_small_group_is_hidden_from_editors(people):
    signed_by(people[:3], publish_chapter())

    assert lines("Editors")[1:] == [["1 Reliability", "12", "fewer than 5", "0", "more than 7", ""]]


def test_the_share_does_not_give_a_small_group_away(people):
    signed_by(people, publish_chapter())

    assert lines("Editors")[1:] == [["1 Reliability", "12", "more than 7", "0", "fewer than 5", "more than 58 %"]]


def test_an_administrator_sees_exact_numbers(people):
    signed_by(people[:3], publish_chapter())

    assert lines("Administrators")[1:] == [["1 Reliability", "12", "3", "0", "9", "25 %"]]


def test_a_company_of_four_is_a_small_group():
    page = publish_chapter()
    signed_by(UserFactory.create_batch(3), page)

    assert lines("Editors")[1:] == [["1 Reliability", "fewer than 5", "fewer than 5", "0", "fewer than 5", ""]]


def test_who_has_left_is_not_counted(people):
    signed_by(people, publish_chapter())
    User.objects.filter(pk__in=[person.pk for person in people[:5]]).update(is_active=False)

    assert lines("Administrators")[1][1:3] == ["7", "6"]


def test_it_comes_as_a_spreadsheet_too_without_formulas(people):
    publish_chapter()
    client = signed_in(UserFactory(role="Editors"))

    response = client.get(reverse("signatures_report"), {"export": "xlsx"})

    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(b"".join(response))).active]
    assert rows == [HEAD, ["1 Reliability", 12, 0, 0, 12, "0 %"]]


def test_an_empty_report_says_so():
    page = signed_in(UserFactory(role="Editors")).get(reverse("signatures_report")).content.decode()

    assert "There are no results." in page


def test_it_stands_in_the_menu_of_reports():
    page = signed_in(UserFactory(role="Editors")).get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("signatures_report") in page


def test_it_is_for_those_in_the_admin():
    assert signed_in(UserFactory()).get(reverse("signatures_report")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number_of_people_and_chapters(count, people, django_assert_num_queries):
    pages = [publish_chapter(f"Chapter {number}", (f"REL-{number}",)) for number in range(count)]
    signed_by(people[:count], pages[0])
    client = signed_in(UserFactory(role="Editors"))
    client.get(reverse("signatures_report_results"))

    with django_assert_num_queries(13):
        client.get(reverse("signatures_report_results"))
