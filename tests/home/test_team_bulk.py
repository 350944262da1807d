"""Something for many people of My team at once: chosen, asked for, shown, done once, and nobody else's people touched."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from core import clock
from home.views import team as team_view
from home.views import team_bulk as bulk_view
from outbox.models import Notice
from people.models import Membership, User
from tests.factories.looking_after import waive
from tests.factories.people import NOW, MembershipFactory, TeamSupervisionFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from tests.pages import signed_in
from tests.pages import smooth as text
from training.models import Extension, Program, ProgramAssignment, ProgramStatus, Waiver

pytestmark = pytest.mark.django_db

BULK = "/team/bulk/"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def program() -> Program:
    """Due on 15 December for who is assigned today."""
    return make_program(publish_chapter())


@pytest.fixture
def crew(team, supervisor, program) -> list[User]:
    """Ann, Ben and Cy have the programme, Ann is late; Di has nothing."""
    people = [MembershipFactory(team=team, user__name=name).user for name in ("Ann", "Ben", "Cy", "Di")]
    assign(program, people[0], now=NOW - 30 * DAY)
    for person in people[1:3]:
        assign(program, person)
    return people


def choose(client, do: str, people: list[User], **query: str):
    return client.get(BULK, {"do": do, "who": "ticked", "person": [each.public_id for each in people], **query})


def answer(client, page, go: str, **typed: object):
    """Send the form of a page that stands."""
    fields = dict(re.findall(r'<input type="hidden" name="(do|people)" value="([^"]+)"', page.content.decode()))
    return client.post(BULK, {**fields, "go": go, **typed}, follow=True)


def named(people) -> list[str]:
    return [person.name for person in people]


def test_whoever_was_ticked_is_reminded_and_who_was_not_is_named_with_the_reason(client, crew, program):
    form = choose(client, "remind", [crew[0], crew[3]])
    assert named(form.context["people"]) == ["Ann", "Di"]

    check = answer(client, form, "check", program=program.pk)
    assert named(check.context["takes"]) == ["Ann"]
    assert check.context["left_out"] == [(crew[3], "doesn’t have this programme")]
    assert "Remind 1 person" in text(check)
    assert not Notice.objects.filter(kind="reminder").exists()

    done = answer(client, check, "do", program=program.pk)
    assert done.redirect_chain == [("/team/", 302)]
    assert "1 person is reminded." in text(done)
    assert "Left out: Di (doesn’t have this programme)." in text(done)
    assert Notice.objects.get(kind="reminder").recipient == crew[0]


def test_without_a_programme_people_are_reminded_of_what_is_late(client, crew):
    check = answer(client, choose(client, "remind", crew), "check", program="")

    assert named(check.context["takes"]) == ["Ann"]
    assert {reason for _person, reason in check.context["left_out"]} == {"has nothing overdue or expired"}


def test_sent_twice_is_done_once(client, crew, program):
    typed = {
        "remind": {"program": program.pk},
        "assign": {"program": program.pk, "reason": ""},
        "extend": {"program": program.pk, "due_on": "2026-12-24", "reason": "Stocktaking"},
        "waive": {"program": program.pk, "starts_on": "2026-11-24", "ends_on": "", "reason": "Temporary"},
    }
    for do, fields in typed.items():
        form = choose(client, do, crew)
        for _click in range(2):
            answer(client, form, "do", **fields)

    assert Notice.objects.filter(kind="reminder").count() == 3
    assert sorted(ProgramAssignment.objects.values_list("learner__name", "cycle")) == [
        (name, 1) for name in ("Ann", "Ben", "Cy", "Di")
    ]
    assert set(Extension.objects.values_list("due_on", "reason")) == {(date(2026, 12, 24), "Stocktaking")}
    assert Extension.objects.count() == 4
    assert set(ProgramStatus.objects.values_list("due_on", flat=True)) == {date(2026, 12, 24)}
    assert Waiver.objects.count() == 4


def test_each_reason_to_leave_somebody_out_is_told(client, supervisor, crew, program):
    ann, ben, cy, di = crew
    sign(ben, program.activities.get().chapter)
    waive(cy, program, by=supervisor)
    undated = make_program(publish_chapter("Other", ("OTH-1",)), title="Undated", days_to_complete=None)
    assign(undated, di)

    def left_out(do: str, **typed: object) -> dict[str, str]:
        found = answer(client, choose(client, do, crew), "check", **typed).context["left_out"]
        return {person.name: reason for person, reason in found}

    def later(of: Program, due_on: str) -> dict[str, str]:
        return left_out("extend", program=of.pk, due_on=due_on, reason="x")

    assert left_out("remind", program=program.pk) == {
        "Ben": "has nothing open",
        "Cy": "waived or on leave",
        "Di": "doesn’t have this programme",
    }
    assert left_out("assign", program=program.pk) == dict.fromkeys(("Ann", "Ben", "Cy"), "has it already")
    assert later(program, "2026-12-15") == {
        "Ben": "has nothing open",
        "Cy": "has until then already, or longer",
        "Di": "doesn’t have this programme",
    }
    assert later(undated, "2026-12-15")["Di"] == "has no due date that could move"
    released = {"program": program.pk, "starts_on": "2026-11-25", "ends_on": "2026-12-01", "reason": "x"}
    assert left_out("waive", **released) == {"Cy": "is waived already", "Di": "doesn’t have this programme"}
    ProgramStatus.objects.filter(learner=ann).update(is_released=True)
    assert left_out("waive", **released)["Ann"] == "doesn’t have this programme"


def test_who_left_the_team_meanwhile_is_left_out_and_named(client, crew, program):
    form = choose(client, "assign", crew[2:])
    Membership.objects.filter(user=crew[3]).update(ends_on=NOW.date() - DAY)

    check = answer(client, form, "check", program=program.pk)
    assert check.context["left_out"] == [(crew[3], "no longer in your team"), (crew[2], "has it already")]
    assert "There is nobody for whom it can be done." in text(check)
    done = answer(client, check, "do", program=program.pk)

    assert "Left out: Di (no longer in your team), Cy (has it already)." in text(done)
    assert not ProgramAssignment.objects.filter(learner=crew[3]).exists()
    for do in ("remind", "extend"):
        only = choose(client, do, crew[:1])
        Membership.objects.filter(user=crew[0]).update(ends_on=NOW.date() - DAY)
        gone = answer(client, only, "do", program=program.pk, due_on="2026-12-24", reason="x")
        assert "Left out: Ann (no longer in your team)." in text(gone)
        Membership.objects.filter(user=crew[0]).update(ends_on=None)
    assert not Extension.objects.exists()


def test_all_that_the_filter_finds_or_all_on_the_page(client, crew, monkeypatch):
    monkeypatch.setattr(team_view, "ROWS_A_PAGE", 3)

    def chosen(**query: str) -> list[str]:
        return named(client.get(BULK, {"do": "remind", **query}).context["people"])

    assert chosen(who="all") == ["Ann", "Ben", "Cy", "Di"]
    assert chosen(who="all", show="not-started", sort="-name") == ["Cy", "Ben"]
    assert chosen(who="page") == ["Ann", "Ben", "Cy"]
    assert chosen(who="page", page="2") == ["Di"]


def test_other_peoples_people_and_nonsense_choose_nobody(client, crew):
    foreign = MembershipFactory().user
    form = choose(client, "remind", [foreign, crew[0]])
    assert named(form.context["people"]) == ["Ann"]

    for query in (
        {},
        {"do": "remind"},
        {"do": "fly", "who": "all"},
        {"do": "remind", "person": ["x", str(foreign.public_id)]},
    ):
        page = client.get(BULK, query, follow=True)
        assert page.redirect_chain == [("/team/", 302)]
        assert "Tick at least one person, and say what to do." in text(page)
    assert client.get(BULK, {"do": "x", "name": "an"})["Location"] == "/team/?name=an"


def test_a_list_chosen_by_another_supervisor_is_nobodys(client, crew, team):
    form = choose(client, "remind", crew)
    other = signed_in(TeamSupervisionFactory(team=team).user)

    assert answer(other, form, "do", program="").redirect_chain == [("/team/", 302)]
    assert not Notice.objects.filter(kind="reminder").exists()


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(client, crew, program):
    form = choose(client, "extend", crew)

    response = answer(client, form, "check", program=program.pk, due_on="2026-11-01", reason="")

    assert response.status_code == 422
    assert "It can’t be before 24 November 2026." in text(response)
    assert "Say why." in text(response)
    assert 'value="2026-11-01"' in text(response)
    again = answer(client, form, "change", program=program.pk, due_on="2026-12-24", reason="Ill")
    assert 'value="2026-12-24"' in text(again)
    assert again.context["found"] is None
    assert "This is before the first day." in text(
        answer(client, choose(client, "waive", crew), "check", starts_on="2026-12-02", ends_on="2026-12-01", reason="x")
    )


def test_no_more_than_a_thousand_at_once(client, crew, monkeypatch):
    monkeypatch.setattr(bulk_view, "MOST_AT_ONCE", 3)

    page = client.get(BULK, {"do": "remind", "who": "all"}, follow=True)

    assert "These are more than 3 people: narrow the list first." in text(page)


def test_many_left_out_are_counted(client, crew, program, monkeypatch):
    monkeypatch.setattr(bulk_view, "NAMED", 1)

    done = answer(client, choose(client, "assign", crew[:3]), "do", program=program.pk)

    assert "Left out: Ann (has it already), and 2 more." in text(done)


@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize("asked", [("remind", 16), ("assign", 35), ("extend", 22), ("waive", 15)])
@pytest.mark.usefixtures("supervisor")
def test_it_costs_the_same_for_any_number_of_people(client, team, asked, count, django_assert_num_queries):
    (do, cost), program = asked, make_program(publish_chapter())
    people = [MembershipFactory(team=team).user for _ in range(count)]
    other = make_program(publish_chapter("Other", ("OTH-1",)), title="Other")
    for person in people:
        assign(program, person)
    form = choose(client, do, people)
    fields = dict(re.findall(r'<input type="hidden" name="(do|people)" value="([^"]+)"', form.content.decode()))
    typed = {"due_on": "2026-12-24", "starts_on": "2026-11-24", "ends_on": "", "reason": "So"}
    chosen = other if do == "assign" else program

    with django_assert_num_queries(cost):
        assert client.post(BULK, {**fields, "go": "do", "program": chosen.pk, **typed}).status_code == 302
