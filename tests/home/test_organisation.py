"""The organisation, for administrators: figures, who is behind them, as of a day, and the same as files."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from core import clock
from core.models import LongJob
from home.views import organisation as view
from people.models import Team
from tests.factories.organisation import Company, as_if_large, make_company
from tests.factories.people import NOW, MembershipFactory, TeamFactory, TeamSupervisionFactory, UserFactory
from tests.factories.programs import assign
from tests.pages import signed_in
from tests.pages import smooth as text
from training.models import OrganisationCount
from training.selectors import people_behind

pytestmark = pytest.mark.django_db

PAGE, PEOPLE, COUNT = "/team/organisation/", "/team/organisation/people/", "/team/organisation/count/"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def admin(client):
    user = UserFactory(role="Administrators")
    client.force_login(user)
    return user


@pytest.fixture
def team() -> Team:
    return TeamFactory(name="Counter", branch__name="Kuching")


@pytest.fixture
def company() -> Company:
    return make_company()


def shown(client, **query: str) -> list[tuple[str, int]]:
    return [(line.group.name, line.group.tally.total) for line in client.get(PAGE, query).context["lines"]]


def people(client, **query: str) -> list[tuple[str, str, str]]:
    lines = client.get(PEOPLE, query).context["lines"]
    return [(line.person.name, line.program.title, line.status.name) for line in lines]


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


def test_only_administrators_open_it(client):
    client.force_login(TeamSupervisionFactory().user)
    assert client.get(PAGE).status_code == 403
    assert client.get(PEOPLE).status_code == 403
    assert client.post(COUNT).status_code == 403


def test_it_stands_on_the_first_page_of_the_admin_and_among_its_reports(client, admin):
    page = text(client.get("/admin/"))

    assert page.count(f'href="{PAGE}"') >= 1
    assert "How many people are certified" in page


def test_before_the_first_programme_it_says_what_will_come(client, admin):
    page = text(client.get(PAGE))

    assert "Nobody has a programme" in page
    assert "export" not in page


@pytest.mark.parametrize(
    ("by", "lines"),
    [
        ("branch", [("In no team", 1), ("Ipoh", 3), ("Penang", 1)]),
        ("team", [("Floor", 1), ("In no team", 1), ("Till", 3)]),
        ("role", [("Cashier", 2), ("Guide", 2), ("In no team", 1)]),
        ("programme", [("Short", 3), ("Welcome", 2)]),
        ("nonsense", [("In no team", 1), ("Ipoh", 3), ("Penang", 1)]),
    ],
)
def test_it_tells_by_what_is_asked(client, admin, company, by, lines):
    assert shown(client, by=by) == lines


def test_filters_narrow_and_stay_in_the_address(client, admin, company):
    team = str(company.till.pk)
    assert shown(client, by="programme", team=team) == [("Short", 1), ("Welcome", 2)]
    assert shown(client, by="programme", branch="-1") == [("Short", 1)]

    page = text(client.get(PAGE, {"by": "programme", "team": team, "sort": "share", "on": "2026-11-22"}))

    assert f"{PAGE}export.csv?by=programme&team={team}&sort=share&on=2026-11-22" in page
    assert 'value="2026-11-22"' in page
    assert f"{PEOPLE}?by=programme&team={team}&on=2026-11-22&programme={company.program.pk}&show=overdue" in page


def test_lines_are_sorted_by_name_share_or_count(client, admin, company):
    assert [name for name, _ in shown(client, by="programme", sort="-name")] == ["Welcome", "Short"]
    assert [name for name, _ in shown(client, by="programme", sort="-share")] == ["Welcome", "Short"]
    assert [name for name, _ in shown(client, by="programme", sort="share")] == ["Short", "Welcome"]
    assert [name for name, _ in shown(client, by="programme", sort="-overdue")] == ["Welcome", "Short"]
    assert [name for name, _ in shown(client, by="programme", sort="__class__")] == ["Short", "Welcome"]


def test_as_of_a_day_that_is_over(client, admin, company):
    assert shown(client, by="programme", on="2026-11-16") == [("Welcome", 2)]
    assert people(client, on="2026-11-16") == [("Ann", "Welcome", "ASSIGNED"), ("Ben", "Welcome", "ASSIGNED")]
    page = text(client.get(PAGE, {"on": "2026-11-16"}))
    assert "As of Monday 16 November 2026" in page


@pytest.mark.parametrize(
    ("on", "why"), [("2026-11-25", "still to come"), ("0999-01-01", "Nothing is on record"), ("x", "")]
)
def test_a_day_that_makes_no_sense_is_told_at_its_field(client, admin, company, on, why):
    for address in (PAGE, PEOPLE):
        response = client.get(address, {"on": on})
        assert response.status_code == 422
        assert why in text(response)
        assert 'aria-describedby="id_on_error"' in text(response)


def test_who_is_behind_a_figure(client, admin, company):
    assert people(client, show="certified") == [("Ann", "Welcome", "CERTIFIED"), ("Ann", "Short", "CERTIFIED")]
    assert people(client, show="overdue") == [("Ben", "Welcome", "OVERDUE")]
    assert [name for name, *_ in people(client, show="overdue", on="2026-11-20")] == ["Ann", "Ben"]
    assert people(client, show="not-started", branch="-1") == [("Di", "Short", "ASSIGNED")]
    assert people(client, show="not-started", branch="-1", on="2026-11-23") == [("Di", "Short", "ASSIGNED")]
    assert people(client, programme=str(company.short.pk), team=str(company.floor.pk)) == [("Cy", "Short", "ASSIGNED")]
    assert people(client, show="waived") == []
    for show in ("expired", "refresher-open", "in-progress", "waived", "on-leave"):
        assert people(client, show=show, on="2026-11-23") == []
    page = text(client.get(PEOPLE, {"show": "overdue"}))
    assert f"/team/people/{company.people['Ben'].public_id}/" in page
    assert "19 November 2026" in page


@pytest.mark.parametrize("on", ["", "2026-11-23"])
def test_lists_go_on_from_page_to_page(monkeypatch, client, admin, company, on):
    everybody, query = people(client, on=on), {"on": on}
    monkeypatch.setattr(view, "ROWS_A_PAGE", 2)
    monkeypatch.setattr(people_behind, "CHUNK", 1)

    seen = []
    for _page in range(3):
        response = client.get(PEOPLE, query)
        seen += [(line.person.name, line.program.title, line.status.name) for line in response.context["lines"]]
        if not response.context["next"]:
            break
        query = dict(part.split("=") for part in response.context["next"].split("&"))

    assert seen == everybody
    assert len(seen) == 5


def test_a_page_of_a_past_day_looks_through_so_many_people_only(monkeypatch, client, admin, company):
    monkeypatch.setattr(people_behind, "CHUNK", 1)
    monkeypatch.setattr(people_behind, "MOST_CHUNKS", 1)

    response = client.get(PEOPLE, {"on": "2026-11-23", "programme": str(company.short.pk), "show": "not-started"})
    assert [line.person.name for line in response.context["lines"]] == ["Cy"]
    response = client.get(f"{PEOPLE}?{response.context['next']}")
    assert [line.person.name for line in response.context["lines"]] == ["Di"]
    response = client.get(f"{PEOPLE}?{response.context['next']}")
    assert (response.context["lines"], response.context["next"]) == ([], "")
    assert "Nobody fits" in text(response)


@pytest.mark.parametrize("after", ["x", "x.1", "00000000-0000-0000-0000-000000000000.1", ".", "\x00"])
def test_nonsense_for_where_a_page_begins_is_the_beginning(client, admin, company, after):
    assert len(people(client, after=after)) == 5


def test_the_figures_as_files(client, admin, company):
    head = ["Team", "Branch", "Everybody", "Certified", "Refresher open", "In progress", "Not started"]
    head += ["Overdue", "Expired", "Waived", "On leave", "Certified in per cent"]
    rows = rows_of(client.get(f"{PAGE}export.csv", {"by": "team"}))
    assert rows[0] == head
    assert rows[-1] == ["Till", "Ipoh", "3", "2", "0", "0", "0", "1", "0", "0", "0", "66"]

    response = client.get(f"{PAGE}export.xlsx", {"by": "branch", "on": "2026-11-16"})
    assert response["Content-Disposition"] == 'attachment; filename="organisation-2026-11-16.xlsx"'
    sheet = load_workbook(io.BytesIO(b"".join(response))).active
    assert [cell.value for cell in sheet[2]] == ["Ipoh", 2, 0, 0, 0, 2, 0, 0, 0, 0, 0]


def test_the_people_as_files_safe_from_formulas(client, admin, company):
    ann = company.people["Ann"]
    ann.name = "=Ann()"
    ann.save()

    rows = rows_of(client.get(f"{PEOPLE}export.csv", {"show": "certified"}))
    assert rows[0] == ["Name", "Team", "Branch", "Job role", "Programme", "Status", "Due or expires"]
    assert rows[1] == ["'=Ann()", "Till", "Ipoh", "Cashier", "Welcome", "Certified", "2027-11-21"]
    sheet = load_workbook(io.BytesIO(b"".join(client.get(f"{PEOPLE}export.xlsx", {"on": "2026-11-16"})))).active
    assert [cell.value for cell in sheet[2]][:5] == ["'=Ann()", "Till", "Ipoh", "Cashier", "Welcome"]


def test_files_go_on_over_pages_up_to_a_bound(monkeypatch, client, admin, company):
    monkeypatch.setattr(people_behind, "PAGE_OF_FILE", 2)
    assert len(rows_of(client.get(f"{PEOPLE}export.csv"))) == 1 + 5
    assert len(rows_of(client.get(f"{PEOPLE}export.csv", {"on": "2026-11-23"}))) == 1 + 5
    monkeypatch.setattr(people_behind, "MOST_LINES", 3)
    assert len(rows_of(client.get(f"{PEOPLE}export.csv"))) == 1 + 3


def test_a_large_company_is_counted_in_the_background(monkeypatch, client, admin, company):
    as_if_large(monkeypatch)
    page = text(client.get(PAGE, {"by": "team", "on": "2026-11-20"}))
    assert "Nobody has counted this day yet" in page
    assert '<input type="hidden" name="on" value="2026-11-20">' in page

    response = client.post(COUNT, {"by": "team", "on": "2026-11-20"})

    job = LongJob.objects.get()
    assert response["Location"] == f"/admin/operations/jobs/{job.public_id}/"
    assert (job.kind, job.by, job.url) == ("counting", admin, f"{PAGE}?by=team&on=2026-11-20")
    assert client.post(COUNT, {"on": "2026-11-20"})["Location"] == response["Location"]


def test_the_past_months_are_counted_on_request(client, admin, company):
    with clock.set_to(NOW + 10 * DAY):
        client.force_login(admin)
        assert "Count the past months" in text(client.get(PAGE))
        response = client.post(COUNT, {"months": ""}, follow=True)
        assert "The past months are being counted" in text(response)
        assert OrganisationCount.objects.filter(is_whole=True).count() == 1
        assert "40 %" in text(response)
        assert "are being counted" not in text(client.post(COUNT, {"months": ""}, follow=True))


def test_counting_a_small_company_leads_back_to_its_figures(client, admin, company):
    assert client.post(COUNT, {"on": "2026-11-20", "by": "team"})["Location"] == f"{PAGE}?by=team&on=2026-11-20"
    assert client.post(COUNT)["Location"] == PAGE
    assert "still to come" in text(client.post(COUNT, {"on": "2027-01-01"}, follow=True))
    assert "can’t be counted" in text(client.post(COUNT, {"branch": "x"}, follow=True))


@pytest.mark.parametrize("more", [1, 3])
def test_pages_take_a_fixed_number_of_queries(client, admin, company, more, django_assert_num_queries):
    for _number in range(more):
        assign(company.program, MembershipFactory().user)
    client.get("/my/")

    with django_assert_num_queries(18):
        client.get(PAGE, {"by": "team"})
    with django_assert_num_queries(15):
        client.get(PEOPLE)
    with django_assert_num_queries(23):
        client.get(PEOPLE, {"on": "2026-11-23"})


def test_a_supervisor_sees_how_far_the_teams_are(client, supervisor, team, company):
    page = text(client.get("/team/progress/"))
    assert "Nobody in your teams has a programme" in page
    assert 'href="/team/progress/"' in text(client.get("/team/"))
    for name in ("Ann", "Ben"):
        company.people[name].memberships.update(team=team)

    response = client.get("/team/progress/")
    assert (response.context["total"].total, response.context["total"].percent) == (3, 66)
    assert "From assigned to certified" in text(response)
    response = client.get("/team/progress/", {"programme": str(company.program.pk), "team": str(team.pk)})
    assert (response.context["total"].total, response.context["total"].percent) == (2, 50)
    for nonsense in ({"programme": "99"}, {"team": str(company.floor.pk)}, {"team": "x", "on": "2099-01-01"}):
        assert client.get("/team/progress/", nonsense).context["total"].total == 3


def test_a_supervisor_of_a_large_company_waits_for_the_count(monkeypatch, client, supervisor, company):
    as_if_large(monkeypatch)
    assert "Nobody has counted yet" in text(client.get("/team/progress/"))


@pytest.mark.usefixtures("supervisor")
@pytest.mark.parametrize("more", [1, 3])
def test_progress_takes_a_fixed_number_of_queries(client, team, company, more, django_assert_num_queries):
    for _number in range(more):
        assign(company.program, MembershipFactory(team=team).user)
    client.get("/my/")

    with django_assert_num_queries(13):
        client.get("/team/progress/")


def test_nobody_else_opens_the_progress_of_teams(client):
    assert signed_in(UserFactory()).get("/team/progress/").status_code == 403
