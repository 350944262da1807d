"""Who may see whom, and on which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from people.models import Membership, Team, User
from people.selectors import (
    bar_for_person,
    branch_for_person,
    local_today,
    membership_for_person,
    people_for_viewer,
    teams_for_supervisor,
)
from tests.factories.people import (
    NOW,
    BranchFactory,
    MembershipFactory,
    TeamFactory,
    TeamSupervisionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def seen(viewer: User, day: date = TODAY) -> set[User]:
    return set(User.objects.for_viewer(viewer, day=day))


def test_everyone_sees_themselves_only():
    person, _ = UserFactory(), UserFactory()

    assert seen(person) == {person}


def test_colleagues_of_a_team_do_not_see_each_other():
    member = MembershipFactory()
    MembershipFactory(team=member.team)

    assert seen(member.user) == {member.user}


@pytest.mark.parametrize("role", ["Editors", "Approvers"])
def test_editors_see_nobody(role):
    editor, _ = UserFactory(role=role), MembershipFactory()

    assert seen(editor) == {editor}


def test_an_administrator_sees_everybody():
    administrator, other = UserFactory(role="Administrators"), UserFactory()

    assert seen(administrator) == {administrator, other}


def test_a_supervisor_sees_the_team_and_its_sub_teams_at_any_depth():
    top = TeamFactory()
    below = TeamFactory(parent=top)
    deep, beside = MembershipFactory(team__parent=below), MembershipFactory()
    member, supervisor = MembershipFactory(team=top), TeamSupervisionFactory(team=top).user

    assert seen(supervisor) == {supervisor, member.user, deep.user}
    assert beside.user not in seen(supervisor)


def test_a_supervisor_of_a_sub_team_does_not_see_the_team_above():
    below = TeamFactory(parent=TeamFactory())
    MembershipFactory(team=below.parent)
    supervisor = TeamSupervisionFactory(team=below).user

    assert seen(supervisor) == {supervisor}


@pytest.mark.parametrize(
    ("day", "sees"), [(TODAY - DAY, False), (TODAY, True), (TODAY + 7 * DAY, True), (TODAY + 8 * DAY, False)]
)
def test_supervision_holds_from_its_first_to_its_last_day(day, sees):
    member = MembershipFactory()
    supervision = TeamSupervisionFactory(team=member.team, starts_on=TODAY, ends_on=TODAY + 7 * DAY)

    assert (member.user in seen(supervision.user, day)) is sees


@pytest.mark.parametrize(
    ("day", "sees"), [(TODAY - DAY, False), (TODAY, True), (TODAY + 7 * DAY, True), (TODAY + 8 * DAY, False)]
)
def test_membership_holds_from_its_first_to_its_last_day(day, sees):
    member = MembershipFactory(starts_on=TODAY, ends_on=TODAY + 7 * DAY)
    supervisor = TeamSupervisionFactory(team=member.team).user

    assert (member.user in seen(supervisor, day)) is sees


def test_nobody_is_seen_twice():
    team = TeamFactory()
    member = MembershipFactory(team=team)
    MembershipFactory(team=TeamFactory(parent=team), user=member.user)
    supervisor = TeamSupervisionFactory(team=team).user

    assert sorted(User.objects.for_viewer(supervisor, day=TODAY), key=lambda user: user.pk) == [member.user, supervisor]


def test_teams_that_go_round_in_a_circle_end():
    first = TeamFactory()
    second = TeamFactory(parent=first)
    Team.objects.filter(pk=first.pk).update(parent=second)

    supervisor = TeamSupervisionFactory(team=first).user

    assert set(Team.objects.supervised_by(supervisor, TODAY)) == {first, second}


def test_people_for_viewer_takes_the_organisations_day():
    """At one in the morning in Kuala Lumpur it is still yesterday in UTC."""
    member = MembershipFactory(starts_on=date(2026, 11, 25))
    supervisor = TeamSupervisionFactory(team=member.team).user

    assert member.user not in people_for_viewer(supervisor, NOW)
    assert member.user in people_for_viewer(supervisor, NOW.replace(hour=17))


def test_supervisor_from_now_on():
    supervision = TeamSupervisionFactory(starts_on=TODAY)

    assert bar_for_person(supervision.user, NOW).is_supervisor
    assert not bar_for_person(supervision.user, NOW - DAY).is_supervisor
    assert not bar_for_person(UserFactory(), NOW).is_supervisor
    assert list(teams_for_supervisor(supervision.user, NOW)) == [supervision.team]


def test_where_somebody_works_is_the_newest_membership_that_holds():
    old = MembershipFactory(starts_on=TODAY - 100 * DAY)
    new = MembershipFactory(user=old.user, starts_on=TODAY - 10 * DAY)
    MembershipFactory(user=old.user, starts_on=TODAY + DAY)

    assert membership_for_person(old.user, NOW) == new
    assert branch_for_person(old.user, NOW) == new.team.branch
    assert branch_for_person(UserFactory(), NOW) is None


def test_today_is_the_branchs_own_day():
    lisbon = BranchFactory(time_zone="Europe/Lisbon")
    late = NOW.replace(hour=17)

    assert (local_today(lisbon, late), local_today(None, late)) == (TODAY, TODAY + DAY)


def test_memberships_on_a_day_is_a_queryset_that_goes_on():
    member = MembershipFactory()

    assert Membership.objects.on(TODAY).filter(team=member.team).count() == 1
