"""Coming and leaving: who has left is let go on the day after, and those above hear of every change of a placement."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core import clock
from core.contributions import due_work
from people.models import Membership, TeamSupervision, User
from people.services import (
    LeftBeforeFirstDay,
    add_person,
    add_to_team,
    end_due_employments,
    end_employment,
)
from people.signals import placement_changed
from tests.factories.people import (
    NOW,
    JobRoleFactory,
    MembershipFactory,
    TeamFactory,
    TeamSupervisionFactory,
    UserFactory,
)
from tests.pages import signed_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


@pytest.fixture
def told():
    """Whose placement changed, a set for each time that it was told."""
    heard: list[set[int]] = []

    def hear(sender, user_ids, now, **kwargs):
        heard.append(set(user_ids))

    placement_changed.connect(hear)
    yield heard
    placement_changed.disconnect(hear)


def dates(model) -> list[tuple[date, date | None]]:
    return list(model.objects.order_by("starts_on").values_list("starts_on", "ends_on"))


def test_who_has_left_is_signed_out_and_belongs_nowhere(told):
    person = UserFactory()
    theirs = signed_in(person)
    MembershipFactory(user=person, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))
    MembershipFactory(user=person, starts_on=date(2026, 4, 1))
    MembershipFactory(user=person, starts_on=date(2026, 12, 1))
    TeamSupervisionFactory(user=person, ends_on=date(2027, 1, 1))
    others = MembershipFactory()

    for _ in range(2):
        end_employment(user=person, left_on=TODAY - DAY, by=None, now=NOW)

    assert not person.is_active
    assert theirs.get("/my/").status_code == 302
    assert dates(Membership) == [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (others.starts_on, None),
        (date(2026, 4, 1), TODAY - DAY),
    ]
    assert dates(TeamSupervision) == [(date(2026, 1, 1), TODAY - DAY)]
    assert told == [{person.pk}] * 2


@pytest.mark.parametrize("days", [0, 30])
def test_who_leaves_today_or_later_works_till_then(told, days):
    person = MembershipFactory().user
    last_day = TODAY + days * DAY
    end_employment(user=person, left_on=last_day, by=None, now=NOW)
    assert (person.is_active, person.left_on, dates(Membership)) == (True, last_day, [(date(2026, 1, 1), None)])

    assert [end_due_employments(now=NOW + extra * DAY) for extra in (days, days + 1, days + 2)] == [0, 1, 0]

    person.refresh_from_db()
    assert (person.is_active, dates(Membership)) == (False, [(date(2026, 1, 1), last_day)])
    assert told == [{person.pk}] * 2


def test_nobody_leaves_before_their_first_day():
    person = UserFactory(employed_on=TODAY)
    with pytest.raises(LeftBeforeFirstDay):
        end_employment(user=person, left_on=TODAY - DAY, by=None, now=NOW)


def test_leaving_is_due_work():
    assert due_work()["People who left"] is end_due_employments


def test_services_tell_of_newcomers_and_of_memberships_once(told):
    team, role = TeamFactory(), JobRoleFactory()
    for _ in range(2):
        person = add_person(email="siti@example.com", name="Siti", by=None, now=NOW)
        add_to_team(user=person, team=team, job_role=role, starts_on=TODAY, by=None, now=NOW)

    assert told == [{person.pk}] * 2


@pytest.fixture
def administrator():
    with clock.set_to(NOW):
        yield signed_in(UserFactory(role="Administrators"))


def edit_person(client, person: User, **fields: str):
    sent = {"email": person.email, "name": person.name, "is_active": "on" if person.is_active else "", **fields}
    return client.post(reverse("wagtailusers_users:edit", args=[person.pk]), sent)


def test_the_form_of_a_person_tells_what_it_changed(administrator, told):
    administrator.post(reverse("wagtailusers_users:add"), {"email": "siti@example.com", "name": "Siti"})
    person = User.objects.get(email="siti@example.com")
    edit_person(administrator, person, name="Siti Aminah")
    edit_person(administrator, person, left_on="2026-11-23")

    person.refresh_from_db()
    assert (told, person.is_active) == ([{person.pk}] * 2, False)


def test_who_has_left_is_not_switched_on_by_halves(administrator, told):
    person = UserFactory(is_active=False, left_on=TODAY - DAY)

    refused = edit_person(administrator, person, is_active="on", left_on="2026-11-23")
    assert list(refused.context["form"].errors) == ["left_on"]

    edit_person(administrator, person, is_active="on", left_on="")
    person.refresh_from_db()
    assert (person.is_active, told) == (True, [{person.pk}])


def test_accounts_switched_off_together_are_told(administrator, told):
    people = UserFactory.create_batch(2)
    address = reverse("wagtail_bulk_action", args=["people", "user", "set_active_state"])

    theirs = signed_in(people[0])
    administrator.post(f"{address}?id={people[0].pk}&id={people[1].pk}", {"mark_as_active": "False"})
    assert told == [{person.pk for person in people}]

    User.objects.update(is_active=True)
    assert theirs.get("/my/").status_code == 302


def inline(name: str, rows: list[dict[str, object]]) -> dict[str, object]:
    fields = {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": sum("id" in row for row in rows)}
    return fields | {f"{name}-{number}-{key}": value for number, row in enumerate(rows) for key, value in row.items()}


def test_the_form_of_a_team_tells_of_its_members_and_those_of_its_sub_teams(administrator, told):
    team = TeamFactory()
    gone, below = MembershipFactory(team=team), MembershipFactory(team=TeamFactory(parent=team))
    new, role = UserFactory(), JobRoleFactory()
    members = [
        {"id": gone.pk, "user": gone.user_id, "job_role": role.pk, "starts_on": "2026-01-01", "DELETE": "on"},
        {"user": new.pk, "job_role": role.pk, "starts_on": "2026-11-24"},
    ]
    sent = {"name": team.name, "branch": team.branch_id, **inline("supervisions", []), **inline("memberships", members)}

    response = administrator.post(reverse("team:edit", args=[team.pk]), sent)

    assert response.status_code == 302
    assert told == [{gone.user_id, below.user_id, new.pk}]


def test_a_new_team_tells_of_its_members(administrator, told):
    member = {"user": UserFactory().pk, "job_role": JobRoleFactory().pk, "starts_on": "2026-11-24"}
    sent = {"name": "Stock", "branch": TeamFactory().branch_id}

    administrator.post(reverse("team:add"), {**sent, **inline("supervisions", []), **inline("memberships", [member])})

    assert told == [{member["user"]}]
