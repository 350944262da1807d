"""My team: who is late, filters kept in the address, and the same as a file."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core import clock
from core.enums import Status
from home.views import team as team_view
from people.models import Membership, Team, User
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.looking_after import waive
from tests.factories.people import NOW, BranchFactory, JobRoleFactory, LeaveFactory, MembershipFactory, TeamFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from tests.pages import smooth as text
from training.models import Program, ProgramAssignment, ProgramStatus

pytestmark = pytest.mark.django_db

PAGE, FILE = "/team/", "/team/export.csv"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def crew(team) -> dict[str, User]:
    """Ann is late, Ben is done, Cy has nothing, Di works in a team below."""
    names = {"Ann": team, "Ben": team, "Cy": team, "Di": TeamFactory(name="Night", parent=team, branch=team.branch)}
    people = {
        name: MembershipFactory(team=place, user__name=name, job_role__name=f"Role of {name}").user
        for name, place in names.items()
    }
    chapter = publish_chapter()
    program = make_program(chapter, publish_chapter("Timeliness", ("TIM-1",)), days_to_complete=5)
    short = make_program(chapter, title="Short")
    assign(program, people["Ann"], now=NOW - 9 * DAY)
    assign(short, people["Ben"])
    sign(people["Ben"], chapter)
    assign(program, people["Di"])
    return people


def shown(client, **query: str) -> list[str]:
    return [row.person.name for row in client.get(PAGE, query).context["rows"]]


def lines(client, **query: str) -> list[list[str]]:
    body = client.get(FILE, query).getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body)))


def test_an_empty_team_says_what_will_come(client, supervisor):
    page = text(client.get(PAGE))

    assert "Nobody is in your team yet" in page
    assert "export.csv" not in page


def test_everybody_of_the_team_and_those_below_by_name(client, supervisor, crew):
    MembershipFactory(user__name="Somebody else")

    assert shown(client) == ["Ann", "Ben", "Cy", "Di"]
    page = text(client.get(PAGE))
    assert "4 people · Tuesday 24 November" in page
    assert "1 to look after" in page
    assert "1 to 4 of 4" in page


def test_filters_narrow_and_stay_in_the_address(client, supervisor, crew, team):
    assert shown(client, name="an") == ["Ann"]
    assert shown(client, show="overdue") == ["Ann"]
    assert shown(client, show="certified") == ["Ben"]
    below = Team.objects.get(name="Night")
    assert shown(client, team=str(below.pk)) == ["Di"]

    page = text(client.get(PAGE, {"name": "n", "show": "overdue", "team": str(team.pk)}))
    assert f'href="{FILE}?team={team.pk}&name=n&show=overdue"' in page
    assert 'value="n"' in page


@pytest.mark.parametrize(
    "query",
    [
        {"team": "x"},
        {"team": "-1"},
        {"team": "99999999999999999999"},
        {"show": "nonsense"},
        {"page": "x"},
        {"page": "999"},
        {"page": "-1"},
        {"name": "x" * 101},
        {"name": "\x00"},
        {"unknown": "1"},
    ],
)
def test_nonsense_in_the_address_is_as_if_it_were_not_there(client, supervisor, crew, query):
    assert shown(client, **query) == ["Ann", "Ben", "Cy", "Di"]
    assert len(lines(client, **query)) == 9


def test_a_filter_that_fits_nobody_says_so(client, supervisor, crew):
    page = text(client.get(PAGE, {"name": "zzz"}))

    assert "Nobody fits" in page
    assert "Show everybody" in page


def test_a_foreign_team_shows_nobody(client, supervisor, crew):
    foreign = MembershipFactory(user__name="Somebody else").team

    assert shown(client, team=str(foreign.pk)) == []


def test_the_file_says_what_the_page_shows(client, supervisor, crew):
    head, *rows = lines(client)

    assert head == ["Name", "Team", "Branch", "Job role", "Programme", "Status", "Due or expires", "Done", "Of"]
    assert rows == [
        ["Ann", "Counter", "Ipoh", "Role of Ann", "Short", "Not assigned", "", "0", "0"],
        ["Ann", "Counter", "Ipoh", "Role of Ann", "Welcome to the shop", "Overdue", "2026-11-20", "0", "2"],
        ["Ben", "Counter", "Ipoh", "Role of Ben", "Short", "Certified", "2027-11-24", "1", "1"],
        ["Ben", "Counter", "Ipoh", "Role of Ben", "Welcome to the shop", "Not assigned", "", "0", "0"],
        ["Cy", "Counter", "Ipoh", "Role of Cy", "Short", "Not assigned", "", "0", "0"],
        ["Cy", "Counter", "Ipoh", "Role of Cy", "Welcome to the shop", "Not assigned", "", "0", "0"],
        ["Di", "Night", "Ipoh", "Role of Di", "Short", "Not assigned", "", "0", "0"],
        ["Di", "Night", "Ipoh", "Role of Di", "Welcome to the shop", "Not started", "2026-11-29", "0", "2"],
    ]


@pytest.mark.parametrize("query", [{}, {"name": "an"}, {"show": "certified"}, {"show": "not-started"}])
def test_the_file_holds_the_same_people_as_the_page(client, supervisor, crew, query):
    assert list(dict.fromkeys(row[0] for row in lines(client, **query)[1:])) == shown(client, **query)


def test_the_file_is_named_by_its_day_and_read_by_spreadsheets(client, supervisor, crew):
    response = client.get(FILE)

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-team-2026-11-24.csv"'
    assert response.getvalue().startswith(b"\xef\xbb\xbf")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["=1+1", "+6012", "-1", "@SUM(A1)", "\t=1"])
def test_no_name_is_a_formula_in_the_file(client, supervisor, team, name):
    member = MembershipFactory(team=team, user__name=name, job_role__name=name)
    assign(make_program(publish_chapter(), title=f"{name} programme", slug="p"), member.user)

    (row,) = lines(client)[1:]

    assert (row[0], row[3], row[4]) == (f"'{name}", f"'{name}", f"'{name} programme")


def test_names_are_escaped_on_the_page(client, supervisor, team):
    member = MembershipFactory(team=team, user__name="<b>Ann</b>")
    assign(make_program(publish_chapter(), title="<i>Title</i>", slug="p"), member.user)

    page = client.get(PAGE).content.decode()

    assert "<b>Ann" not in page
    assert "<i>Title" not in page


def test_long_lists_come_in_pages(client, supervisor, crew, monkeypatch):
    monkeypatch.setattr(team_view, "ROWS_A_PAGE", 3)

    assert (shown(client), shown(client, page="2")) == (["Ann", "Ben", "Cy"], ["Di"])
    assert "1 to 3 of 4" in text(client.get(PAGE))
    assert len(lines(client)) == 9
    monkeypatch.setattr(team_view, "ROWS_A_PAGE", 1)
    assert "?name=n&page=2" in text(client.get(PAGE, {"name": "n"}))


def test_it_is_gone_when_the_supervision_ends(client, supervisor, crew):
    supervisor.supervisions.update(ends_on=(NOW - DAY).date())

    assert [client.get(address).status_code for address in (PAGE, FILE)] == [403, 403]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("cost", [(PAGE, 8), (FILE, 8)])
@pytest.mark.usefixtures("supervisor")
def test_it_costs_the_same_for_any_number_of_people_and_programmes(
    client, team, count, cost, django_assert_num_queries
):
    address, queries = cost
    chapter = publish_chapter()
    programs = [make_program(chapter, title=f"Programme {number}") for number in range(count)]
    for _ in range(count):
        member = MembershipFactory(team=TeamFactory(parent=team))
        for program in programs:
            assign(program, member.user)
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


def needs(client, **query: str) -> list[tuple[str, str, int]]:
    found = client.get(PAGE, query).context["needs"]
    return [(need.person.name, need.marked.name, len(need.failures)) for need in found.first]


def test_what_needs_the_supervisor_today(client, supervisor, crew):
    scenario, quiz = scenario_factory.publish_scenario(), quiz_factory.publish_quiz()
    hard = make_program(scenario, quiz, title="Hard")
    ben, cy = crew["Ben"], crew["Cy"]
    assign(hard, cy, now=NOW - 2 * DAY)
    quiz_factory.take(cy, quiz, right=0, now=NOW - 3 * DAY)
    assert needs(client) == [("Ann", "OVERDUE", 0)]

    for hour in (1, 2):
        quiz_factory.take(cy, quiz, right=0, now=NOW - hour * HOUR)
    assert needs(client) == [("Ann", "OVERDUE", 0), ("Cy", "FAILED", 1)]
    page = text(client.get(PAGE))
    assert "Failed “Quiz on reliability” 2 times" in page
    assert reverse("team_person", args=[cy.public_id]) in page

    with clock.set_to(NOW + 340 * DAY):
        assert ("Ben", "CERTIFIED", 0) in needs(client)
        assert f"/team/people/{ben.public_id}/remind/" not in text(client.get(PAGE))
    waive(cy, hard, by=supervisor)
    assert needs(client) == [("Ann", "OVERDUE", 0)]


def test_what_was_passed_in_the_end_needs_nobody(client, supervisor, crew):
    quiz = quiz_factory.publish_quiz()
    assign(make_program(quiz, publish_chapter("Other", ("OTH-1",)), title="Hard"), crew["Cy"], now=NOW - DAY)
    for hour, right in ((3, 0), (2, 0), (1, 3)):
        quiz_factory.take(crew["Cy"], quiz, right=right, now=NOW - hour * HOUR)

    assert needs(client) == [("Ann", "OVERDUE", 0)]


def test_who_is_away_or_waived_is_found(client, supervisor, crew):
    LeaveFactory(user=crew["Di"])
    waive(crew["Ann"], crew["Ann"].assignments.get().program, by=supervisor)

    assert shown(client, show="on-leave") == ["Di"]
    assert shown(client, show="waived") == ["Ann"]
    assert shown(client, show="refresher-open") == []


def workbook(client, **query: str) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(client.get("/team/export.xlsx", query).getvalue())).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("query", [{}, {"show": "overdue"}, {"name": "n", "sort": "-name"}])
def test_the_workbook_holds_the_figures_of_the_page(client, supervisor, crew, query):
    head, *rows = workbook(client, **query)
    response = client.get(PAGE, query)
    titles = [column.title for column in response.context["matrix"].programs]

    assert head[:6] == ["Name", "Team", "Branch", "Job role", "Programme", "Status"]
    assert [(row[0], row[4], row[5], row[6] and row[6].date(), *row[7:]) for row in rows] == [
        (row.person.name, title, str(cell.status.label), cell.on, cell.done, cell.total)
        for row in response.context["rows"]
        for title, cell in zip(titles, row.cells, strict=True)
    ]


def test_no_name_is_a_formula_in_the_workbook(client, supervisor, team):
    member = MembershipFactory(team=team, user__name="=1+1")
    assign(make_program(publish_chapter(), title="@SUM(A1)"), member.user)

    (row,) = workbook(client)[1:]

    assert (row[0], row[4]) == ("'=1+1", "'@SUM(A1)")


def test_people_are_sorted_as_the_address_says_and_the_head_shows_it(client, supervisor, crew):
    welcome = "welcome-to-the-shop"
    sorts = {
        "-name": ["Di", "Cy", "Ben", "Ann"],
        "team": ["Ann", "Ben", "Cy", "Di"],
        "-team": ["Di", "Cy", "Ben", "Ann"],
        "status": ["Ann", "Di", "Ben", "Cy"],
        "-status": ["Ben", "Di", "Ann", "Cy"],
        "date": ["Ann", "Di", "Ben", "Cy"],
        f"status:{welcome}": ["Ann", "Di", "Ben", "Cy"],
        f"-date:{welcome}": ["Di", "Ann", "Ben", "Cy"],
        "status:nowhere": ["Ann", "Ben", "Cy", "Di"],
        "nonsense": ["Ann", "Ben", "Cy", "Di"],
    }
    assert {sort: shown(client, sort=sort) for sort in sorts} == sorts

    page = text(client.get(PAGE, {"sort": f"status:{welcome}", "name": "n"}))
    assert 'aria-sort="ascending"><a href="?name=n&sort=-status%3Awelcome-to-the-shop">Welcome to the shop' in page
    assert 'value="status:welcome-to-the-shop" selected' in page
    assert 'aria-sort="descending"' in text(client.get(PAGE, {"sort": "-name"}))
    assert f'href="{FILE}?sort=-name"' in text(client.get(PAGE, {"sort": "-name"}))


def test_branches_narrow_the_list_where_there_are_several(client, supervisor, crew, team):
    assert "All branches" not in text(client.get(PAGE))
    far = TeamFactory(name="Harbour", parent=team)
    MembershipFactory(team=far, user__name="Eve")

    assert "All branches" in text(client.get(PAGE))
    assert shown(client, branch=str(far.branch_id)) == ["Eve"]
    assert shown(client, branch=str(team.branch_id)) == ["Ann", "Ben", "Cy", "Di"]
    assert shown(client, branch="x") == ["Ann", "Ben", "Cy", "Di", "Eve"]


def test_who_is_in_two_teams_stands_there_once_where_they_came_last(client, supervisor, crew, team):
    MembershipFactory(team=Team.objects.get(name="Night"), user=crew["Ann"], starts_on="2026-06-01")

    matrix_rows = client.get(PAGE).context["rows"]

    assert (matrix_rows[0].person.name, matrix_rows[0].team.name) == ("Ann", "Night")
    assert len(matrix_rows) == 4
    assert shown(client, team=str(team.pk)) == ["Ann", "Ben", "Cy"]


@pytest.mark.usefixtures("supervisor")
def test_everybody_is_judged_by_the_day_of_their_branch(client, team):
    """At 17.00 in UTC on the 23rd it is the 24th in Kuala Lumpur, and the 23rd still in London."""
    program = make_program(publish_chapter())
    branches = {"Asia": "Asia/Kuala_Lumpur", "Europe": "Europe/London", "Far": "Pacific/Kiritimati"}
    for name, zone in branches.items():
        there = TeamFactory(parent=team, branch=BranchFactory(time_zone=zone))
        assign(program, MembershipFactory(team=there, user__name=name).user, due_on=date(2026, 11, 23))

    with clock.set_to(datetime(2026, 11, 23, 17, tzinfo=UTC)):
        assert shown(client, show="overdue") == ["Asia", "Far"]
        assert shown(client, show="not-started") == ["Europe"]
        assert [name for name, *_ in needs(client)] == ["Asia", "Far"]
        statuses = {row.person.name: row.cells[0].status.name for row in client.get(PAGE).context["rows"]}
        chips = {chip["label"]: chip["count"] for chip in client.get(PAGE).context["chips"]}
    assert statuses == {"Asia": "OVERDUE", "Europe": "ASSIGNED", "Far": "OVERDUE"}
    assert (chips["Overdue"], chips["Not started"]) == (2, 1)


@pytest.mark.parametrize("people", [1, 60, 5000])
def test_a_page_of_any_team_costs_eight_queries(client, supervisor, team, people, django_assert_num_queries):
    program = make_program(quiz_factory.publish_quiz(), title="Hard")
    crowd(team, program, people)
    first = User.objects.get(name="0000")
    for hour in (1, 2):
        quiz_factory.take(first, program.activities.get().quiz, right=0, now=NOW - hour * HOUR)
    client.get(PAGE)

    for query in ({}, {"sort": "date"}, {"page": "2", "sort": "status:hard"}):
        with django_assert_num_queries(8):
            page = client.get(PAGE, query)
    assert (page.context["matrix"].people, page.context["matrix"].counts[Status.OVERDUE]) == (people, people)
    assert (page.context["needs"].count, len(page.context["needs"].first)) == (people, min(people, 8))


def crowd(team: Team, program: Program, size: int) -> None:
    """So many people of the team who are late with the programme, named 0000, 0001 …"""
    names = [f"{number:04}" for number in range(size)]
    people = User.objects.bulk_create(User(name=name, email=f"{name}@crowd.example") for name in names)
    role, begun = JobRoleFactory(), (NOW - 90 * DAY).date()
    Membership.objects.bulk_create(
        Membership(team=team, user=person, job_role=role, starts_on=begun) for person in people
    )
    assignments = ProgramAssignment.objects.bulk_create(
        ProgramAssignment(learner=person, program=program, assigned_at=NOW - 30 * DAY, due_on=begun)
        for person in people
    )
    ProgramStatus.objects.bulk_create(
        ProgramStatus(learner=each.learner, program=program, assignment=each, due_on=each.due_on, is_open=True)
        for each in assignments
    )
