"""A file of employees comes in whole or not at all, and changes nothing the second time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from wagtail.models import ModelLogEntry

from people.domain.importing.notes import Code
from people.domain.importing.planning import Outcome
from people.domain.importing.rows import Parsed
from people.models import Invitation, JobRole, Membership, Team, TeamSupervision, User
from people.readers import read_people
from people.selectors.importing import people_not_in_file_unscoped, plan_people_import_unscoped
from people.services import Imported, end_due_employments, import_people, request_invitations
from people.signals import placement_changed
from tests.factories.people import (
    NOW,
    BranchFactory,
    JobRoleFactory,
    MembershipFactory,
    TeamFactory,
    TeamSupervisionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
HEADINGS = "Employee number,E-mail,Name,Called,Language,Branch,Team,Job role,First day,Last day,Supervisor of"


@pytest.fixture(autouse=True)
def shop() -> None:
    ipoh = BranchFactory(name="Ipoh")
    TeamFactory(name="Counter", branch=ipoh), TeamFactory(name="Stock", branch=ipoh)
    JobRoleFactory(name="Cashier"), JobRoleFactory(name="Leader")


@pytest.fixture
def told():
    heard: list[set[int]] = []

    def hear(sender, user_ids, now, **kwargs):
        heard.append(user_ids)

    placement_changed.connect(hear)
    yield heard
    placement_changed.disconnect(hear)


def parsed(*rows: str) -> Parsed:
    return read_people("\n".join((HEADINGS, *rows, "")).encode())


def bring_in(*rows: str, **how) -> Imported:
    return import_people(parsed=parsed(*rows), by=None, now=NOW, **how)


def member(**about) -> User:
    """A cashier at the counter since the beginning of the year."""
    about.setdefault("employee_number", "E1")
    user = UserFactory(email="siti@example.com", name="Siti", **about)
    team, role = Team.objects.get(name="Counter"), JobRole.objects.get(name="Cashier")
    MembershipFactory(user=user, team=team, job_role=role, starts_on=date(2026, 1, 1))
    return user


def memberships(user: User) -> list[tuple]:
    return list(
        user.memberships.order_by("starts_on").values_list("team__name", "job_role__name", "starts_on", "ends_on")
    )


def state() -> list[list[dict]]:
    return [list(model.objects.order_by("pk").values()) for model in (User, Membership, TeamSupervision, Invitation)]


def test_new_people_join_as_they_are_written(told):
    administrator = UserFactory()
    rows = parsed(
        "E2,Nurul@Example.com,Nurul Ain binti Rosli,Ain,Malay,Ipoh,Counter,Cashier,2026-03-01,,Stock",
        "E3,,陳大文,,,,,,,2020-01-01,",
        "E4,tan@example.com,陳大文,,,,,,,,",
    )
    done = import_people(parsed=rows, by=administrator, now=NOW)

    ain, tan = User.objects.filter(pk__in=done.new).order_by("email")
    assert (ain.email, ain.name, ain.short_name, ain.language, ain.employed_on) == (
        "nurul@example.com",
        "Nurul Ain binti Rosli",
        "Ain",
        "ms",
        date(2026, 3, 1),
    )
    assert (tan.name, tan.has_usable_password(), tan.is_active) == ("陳大文", False, True)
    assert memberships(ain) == [("Counter", "Cashier", date(2026, 3, 1), None)]
    assert [(held.team.name, held.starts_on) for held in ain.supervisions.all()] == [("Stock", date(2026, 3, 1))]
    assert done.plan.counts == {Outcome.JOINS: 2, Outcome.LEFT_BEFORE: 1}
    assert told == [{ain.pk, tan.pk}]
    assert not Invitation.objects.exists()
    logged = ModelLogEntry.objects.values_list("action", "object_id", "label", "user")
    assert set(logged) == {("wagtail.create", str(each.pk), each.name, administrator.pk) for each in (ain, tan)}


def test_a_move_ends_one_membership_and_begins_another(told):
    siti = member()
    bring_in("E1,,Siti Aminah,,,,Stock,,,,")

    siti.refresh_from_db()
    assert siti.name == "Siti Aminah"
    assert memberships(siti) == [
        ("Counter", "Cashier", date(2026, 1, 1), TODAY - DAY),
        ("Stock", "Cashier", TODAY, None),
    ]
    assert told == [{siti.pk}]


def test_a_move_on_the_day_of_coming_alters_the_membership(told):
    siti = member()
    Membership.objects.update(starts_on=TODAY)
    bring_in("E1,,,,,,Stock,Leader,,,")

    assert memberships(siti) == [("Stock", "Leader", TODAY, None)]


def test_a_new_name_is_told_to_nobody(told):
    member()
    bring_in("E1,,Siti Aminah,,,,,,,,")
    assert told == []


def test_who_leaves_is_let_go_at_once_or_on_the_day(told):
    siti = member()
    bring_in(f"E1,,,,,,,,,{TODAY},")
    siti.refresh_from_db()
    assert (siti.is_active, siti.left_on) == (True, TODAY)

    bring_in(f"E1,,,,,,,,,{TODAY - DAY},")
    siti.refresh_from_db()
    assert (siti.is_active, siti.left_on, memberships(siti)[0][3]) == (False, TODAY - DAY, TODAY - DAY)
    assert told == [{siti.pk}] * 2
    assert end_due_employments(now=NOW) == 0


def test_who_comes_back_is_the_same_person_again(told):
    siti = member(is_active=False, left_on=date(2026, 6, 30))
    Membership.objects.update(ends_on=date(2026, 6, 30))
    bring_in("E1,,,,,,Stock,Leader,2026-11-01,,")

    siti.refresh_from_db()
    assert (siti.is_active, siti.left_on, siti.employed_on) == (True, None, date(2026, 11, 1))
    assert memberships(siti)[1:] == [("Stock", "Leader", date(2026, 11, 1), None)]


def test_teams_supervised_begin_and_end():
    siti = member()
    counter, stock = Team.objects.get(name="Counter"), Team.objects.get(name="Stock")
    TeamSupervisionFactory(user=siti, team=stock)
    bring_in("E1,,,,,,,,,,Counter")
    assert list(siti.supervisions.order_by("starts_on").values_list("team", "starts_on", "ends_on")) == [
        (stock.pk, date(2026, 1, 1), TODAY - DAY),
        (counter.pk, TODAY, None),
    ]

    bring_in("E1,,,,,,,,,,-")
    assert [held.team for held in siti.supervisions.all()] == [stock]


ROWS = (
    "E1,siti@example.com,Siti Aminah,Ti,English,Ipoh,Stock,Leader,2026-01-01,,Counter; Stock",
    "E2,nurul@example.com,Nurul,,,Ipoh,Counter,Cashier,2026-12-01,2027-02-28,",
    "E3,ali@example.com,Ali,,,Ipoh,Counter,Cashier,,,",
    f"E4,tan@example.com,Tan,,,Ipoh,Counter,Cashier,,{TODAY - DAY},",
)


def test_a_second_run_changes_nothing(told):
    member(), UserFactory(email="tan@example.com")
    first = bring_in(*ROWS, invites=True)
    before, heard = state(), list(told)

    again = bring_in(*ROWS, invites=True)
    later = import_people(parsed=parsed(*ROWS), by=None, now=NOW + 30 * DAY)

    assert (len(first.new), first.invited) == (2, 2)
    assert (again.new, again.invited, later.new) == ((), 0, ())
    assert again.plan.counts == later.plan.counts == {Outcome.UNCHANGED: 4}
    assert (state(), told) == (before, heard)


def test_one_bad_row_and_nothing_comes_in(told):
    member()
    before = state()

    done = bring_in(*ROWS, "E5,not an address,Nobody,,,,,,,,", invites=True)

    assert [(note.line, note.code) for note in done.plan.faults] == [(6, Code.BAD_EMAIL)]
    assert (done.new, state(), told) == ((), before, [])


def test_what_fails_above_undoes_the_import():
    def refuse(**kwargs):
        raise RuntimeError

    before = state()
    placement_changed.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            bring_in(*ROWS)
    finally:
        placement_changed.disconnect(refuse)

    assert state() == before


def test_who_isn_t_in_the_file_is_listed_and_left():
    member(), UserFactory(name="Zara"), UserFactory(name="Ben"), UserFactory(name="Gone", is_active=False)

    assert [person.name for person in people_not_in_file_unscoped(parsed("E1,,,,,,,,,,"))] == ["Ben", "Zara"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_plan_costs_the_same_for_any_number_of_rows(count, django_assert_num_queries):
    member()
    rows = parsed(*(f"E{number},p{number}@example.com,P,,,Ipoh,Stock,Cashier,,," for number in range(1, count + 1)))

    with django_assert_num_queries(9):
        plan_people_import_unscoped(rows, NOW)


def test_ten_thousand_rows_of_which_five_hundred_are_bad_write_nothing():
    rows = [f"E{number},p{number}@example.com,Person {number},,,Ipoh,Counter,Cashier,,," for number in range(10_000)]
    rows[::20] = [row.replace("Cashier", "Casheer") for row in rows[::20]]

    done = bring_in(*rows)

    assert [note.line for note in done.plan.faults] == list(range(2, 10_002, 20))
    assert not User.objects.exists()


def test_one_person_waits_for_one_mail():
    user = UserFactory()
    assert [request_invitations(user_ids=[user.pk], by=None, now=NOW) for _ in range(2)] == [1, 1]
    assert Invitation.objects.count() == 1
    with pytest.raises(IntegrityError):
        Invitation.objects.create(user=user, created_at=NOW, expires_at=NOW, requested_at=NOW)
