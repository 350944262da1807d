"""Who has signed the standards: the page of supervisors and administrators, and the same as a file."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from core import clock
from home.views import signatures as view
from people.models import Team, User
from standards.models import ChapterPage
from standards.selectors import signatures as selectors
from tests.factories.people import NOW, MembershipFactory, TeamFactory, UserFactory
from tests.factories.standards import edit_clause, publish, publish_chapter, sign
from tests.pages import signed_in
from tests.pages import smooth as text

pytestmark = pytest.mark.django_db

PAGE, CSV, XLSX = "/team/standards/", "/team/standards/export.csv", "/team/standards/export.xlsx"
DAY = timedelta(days=1)
HEAD = ["Name", "Team", "Branch", "Job role", "Chapter", "Status", "Last signed", "Edition", "Clauses to sign"]


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def crew(team) -> dict[str, User]:
    """Ann has signed, Ben has signed what has changed since, Di, in a team below, nothing."""
    night = TeamFactory(name="Night", parent=team, branch=team.branch)
    people = {
        name: MembershipFactory(team=place, user__name=name, job_role__name=f"Role of {name}").user
        for name, place in {"Ann": team, "Ben": team, "Di": night}.items()
    }
    page = publish_chapter()
    sign(people["Ben"], page, now=NOW - DAY)
    page = publish(edit_clause(page, "REL-2", reason="Refunds are new.", kind="substantive", why="Fairer."))
    sign(people["Ann"], page)
    return people


def shown(client, **query: str) -> list[str]:
    return [row.person.name for row in client.get(PAGE, query).context["rows"]]


def lines(client, **query: str) -> list[list[str]]:
    body = b"".join(client.get(CSV, query)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body)))


def test_it_stands_on_my_team(client, supervisor):
    assert f'href="{PAGE}"' in text(client.get("/team/"))


def test_before_the_first_chapter_it_says_so(client, supervisor):
    assert "Nothing to sign yet" in text(client.get(PAGE))


def test_an_empty_team_says_what_will_come(client, supervisor):
    publish_chapter()
    page = text(client.get(PAGE))

    assert "Nobody is in your team yet" in page
    assert "export" not in page


def test_it_shows_who_needs_what_first(client, supervisor, crew):
    assert shown(client) == ["Ben", "Di", "Ann"]
    page = text(client.get(PAGE))
    assert "3 people · Tuesday 24 November" in page
    assert page.index("1 not signed") < page.index("1 changed since") < page.index("1 of 3 signed")
    assert "REL-2" in page
    assert "23 Nov 2026, edition 1" in page
    assert "24 Nov 2026, edition 2" in page


def test_chapters_where_most_have_to_sign_again_stand_on_top(client, supervisor, crew):
    publish_chapter("Convenience", ("CON-1",))
    sign(crew["Di"], publish_chapter("Timeliness", ("TIM-1",)))

    chapters = [counts.chapter.page.title for counts, _ in client.get(PAGE).context["open_chapters"]]

    assert chapters == ["Reliability", "Timeliness", "Convenience"]


def test_what_everybody_has_signed_is_not_asked_for(client, supervisor, crew):
    for name in ("Ben", "Di"):
        sign(crew[name], ChapterPage.objects.get(slug="reliability"))

    assert "Still to be signed" not in text(client.get(PAGE))


def test_filters_narrow_and_stay_in_the_address(client, supervisor, crew):
    publish_chapter("Timeliness", ("TIM-1",))
    night = Team.objects.get(name="Night")

    assert shown(client, show="changed") == ["Ben"]
    assert shown(client, show="signed") == ["Ann"]
    assert shown(client, show="not-signed", chapter="reliability") == ["Di"]
    assert shown(client, name="n") == ["Ann", "Ben"]
    assert shown(client, team=str(night.pk)) == ["Di"]
    page = text(client.get(PAGE, {"team": night.pk, "chapter": "reliability", "name": "d", "show": "not-signed"}))
    for file in (CSV, XLSX):
        assert f'href="{file}?team={night.pk}&chapter=reliability&name=d&show=not-signed"' in page
    assert 'value="reliability" selected' in page
    assert '<input type="hidden" name="show" value="not-signed">' in page


def test_a_phone_hides_what_is_signed_unless_asked_for(client, supervisor, crew):
    publish_chapter("Timeliness", ("TIM-1",))

    assert 'class="is-fine"' in text(client.get(PAGE))
    assert 'class="is-fine"' not in text(client.get(PAGE, {"show": "signed"}))
    assert 'class="is-fine"' not in text(client.get(PAGE, {"chapter": "reliability"}))


@pytest.mark.parametrize(
    "query",
    [
        {"team": "x"},
        {"team": "-1"},
        {"chapter": "no-such-chapter"},
        {"chapter": "../"},
        {"show": "nonsense"},
        {"page": "x"},
        {"page": "999"},
        {"name": "\x00"},
        {"unknown": "1"},
    ],
)
def test_nonsense_in_the_address_is_as_if_it_were_not_there(client, supervisor, crew, query):
    assert shown(client, **query) == ["Ben", "Di", "Ann"]
    assert len(lines(client, **query)) == 4


def test_a_filter_that_fits_nobody_says_so(client, supervisor, crew):
    page = text(client.get(PAGE, {"name": "zzz"}))

    assert "Nobody fits" in page
    assert "Show everybody" in page


def test_long_lists_come_in_pages(client, supervisor, crew, monkeypatch):
    monkeypatch.setattr(view, "ROWS_A_PAGE", 2)

    assert (shown(client), shown(client, page="2")) == (["Ben", "Di"], ["Ann"])
    assert "1 to 2 of 3" in text(client.get(PAGE))


def test_the_file_says_what_the_page_shows(client, supervisor, crew):
    head, *rows = lines(client)

    assert head == HEAD
    assert rows == [
        ["Ben", "Counter", "Ipoh", "Role of Ben", "Reliability", "Changed since", "2026-11-23", "1", "REL-2"],
        ["Di", "Night", "Ipoh", "Role of Di", "Reliability", "Not signed", "", "", ""],
        ["Ann", "Counter", "Ipoh", "Role of Ann", "Reliability", "Signed", "2026-11-24", "2", ""],
    ]


def test_the_spreadsheet_says_the_same(client, supervisor, crew):
    sheet = load_workbook(io.BytesIO(b"".join(client.get(XLSX)))).active
    rows = [[cell.value for cell in row] for row in sheet]

    assert rows[0] == HEAD
    assert [row[0] for row in rows[1:]] == ["Ben", "Di", "Ann"]
    assert (rows[1][6].date(), rows[1][7]) == (date(2026, 11, 23), 1)


def test_the_file_holds_what_is_filtered_however_many_parts_it_is_read_in(client, supervisor, crew, monkeypatch):
    publish_chapter("Timeliness", ("TIM-1",))
    monkeypatch.setattr(selectors, "PART", 1)

    assert len(lines(client)) == 7
    assert [row[0] for row in lines(client, chapter="timeliness")[1:]] == ["Ann", "Ben", "Di"]
    assert [(row[0], row[4]) for row in lines(client, show="not-signed")[1:]] == [
        ("Ann", "Timeliness"),
        ("Ben", "Timeliness"),
        ("Di", "Reliability"),
        ("Di", "Timeliness"),
    ]


@pytest.mark.parametrize("file", [CSV, XLSX])
def test_a_file_is_named_by_its_day_and_kept_by_nobody(client, supervisor, crew, file):
    response = client.get(file)

    kind = file.rpartition(".")[2]
    assert response.headers["Content-Disposition"] == f'attachment; filename="signatures-2026-11-24.{kind}"'
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["=1+1", "+6012", "-1", "@SUM(A1)"])
def test_no_name_is_a_formula_in_a_file(client, supervisor, team, name):
    MembershipFactory(team=team, user__name=name, job_role__name=name)
    publish_chapter(f"{name} chapter", slug="c")

    (row,) = lines(client)[1:]
    sheet = load_workbook(io.BytesIO(b"".join(client.get(XLSX)))).active

    assert (row[0], row[3], row[4]) == (f"'{name}", f"'{name}", f"'{name} chapter")
    assert sheet["A2"].value == f"'{name}"


def test_names_are_escaped_on_the_page(client, supervisor, team):
    MembershipFactory(team=team, user__name="<b>Ann</b>")
    publish_chapter("<i>Title</i>", slug="c")

    page = client.get(PAGE).content.decode()

    assert "<b>Ann" not in page
    assert "<i>Title" not in page


def test_an_administrator_sees_everybody_and_has_no_team_to_go_back_to(crew):
    client = signed_in(UserFactory(name="Zoe", role="Administrators"))

    assert shown(client) == ["Ben", "Di", "Zoe", "Ann"]
    page = text(client.get(PAGE))
    assert "In no team today" in page
    assert 'href="/team/"' not in page
    assert lines(client)[3][:4] == ["Zoe", "", "", ""]


@pytest.mark.parametrize("role", [None, "Editors", "Approvers"])
def test_nobody_else_may_open_it(role, crew):
    client = signed_in(UserFactory(role=role))

    assert [client.get(address).status_code for address in (PAGE, CSV, XLSX)] == [403] * 3


def test_it_is_gone_when_the_supervision_ends(client, supervisor, crew):
    supervisor.supervisions.update(ends_on=(NOW - DAY).date())

    assert [client.get(address).status_code for address in (PAGE, CSV, XLSX)] == [403] * 3


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("cost", [(PAGE, 19), (CSV, 19), (XLSX, 19)])
@pytest.mark.usefixtures("supervisor")
def test_it_costs_the_same_for_any_number_of_people_and_chapters(client, team, count, cost, django_assert_num_queries):
    address, queries = cost
    pages = [publish_chapter(f"Chapter {number}", (f"REL-{number}",)) for number in range(count)]
    for _ in range(count):
        sign(MembershipFactory(team=TeamFactory(parent=team)).user, pages[0])
    client.get(address)

    with django_assert_num_queries(queries):
        b"".join(client.get(address))
