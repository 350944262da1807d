"""My team: who is late, filters kept in the address, and the same as a file."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from home.views import team as team_view
from people.models import Team, User
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.looking_after import waive
from tests.factories.people import NOW, LeaveFactory, MembershipFactory, TeamFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from tests.pages import smooth as text

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
