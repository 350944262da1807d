"""Every write about people: done once however often it is asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from people.models import Branch, Invitation, JobRole, Membership, Team, TeamSupervision, User
from people.selectors import open_invitation
from people.services import (
    INVITATION_DAYS,
    InvitationClosed,
    accept_invitation,
    add_branch,
    add_job_role,
    add_person,
    add_team,
    add_to_team,
    appoint_supervisor,
    invite_person,
)
from tests.factories.people import NOW, BranchFactory, JobRoleFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PASSWORD = "ketuk-pintu-dahulu"


def test_a_person_is_added_once_and_left_as_they_are():
    first = add_person(
        email=" Siti@Example.com", name="Siti", short_name="Ti", password=PASSWORD, groups=["Editors"], by=None, now=NOW
    )
    again = add_person(email="siti@example.com", name="Somebody else", by=None, now=NOW)

    assert (again, User.objects.count()) == (first, 1)
    assert (again.name, again.short_name, again.check_password(PASSWORD)) == ("Siti", "Ti", True)
    assert [group.name for group in again.groups.all()] == ["Editors"]


def test_a_person_without_a_password_cannot_sign_in():
    person = add_person(email="siti@example.com", name="Siti", by=None, now=NOW)

    assert not person.has_usable_password()
    assert not person.groups.exists()


def test_what_is_there_already_is_given_back():
    branch = add_branch(name="Ipoh", time_zone="Asia/Kuala_Lumpur", by=None, now=NOW)
    team = add_team(name="Counter", branch=branch, by=None, now=NOW)
    role = add_job_role(name="Cashier", by=None, now=NOW)

    assert add_branch(name="Ipoh", time_zone="Europe/Lisbon", by=None, now=NOW).time_zone == "Asia/Kuala_Lumpur"
    assert add_team(name="Counter", branch=branch, parent=TeamFactory(branch=branch), by=None, now=NOW) == team
    assert add_team(name="Counter", branch=BranchFactory(), by=None, now=NOW) != team
    assert add_job_role(name="Cashier", by=None, now=NOW) == role
    assert (Branch.objects.filter(name="Ipoh").count(), JobRole.objects.count()) == (1, 1)
    assert Team.objects.filter(name="Counter").count() == 2


def test_membership_and_supervision_begin_once():
    user, team, role = UserFactory(), TeamFactory(), JobRoleFactory()
    for _ in range(2):
        add_to_team(user=user, team=team, job_role=role, starts_on=date(2026, 1, 1), by=None, now=NOW)
        appoint_supervisor(user=user, team=team, starts_on=date(2026, 1, 1), by=None, now=NOW)

    assert (Membership.objects.count(), TeamSupervision.objects.count()) == (1, 1)


def test_an_invitation_is_kept_as_a_digest_only():
    administrator, person = UserFactory(role="Administrators"), UserFactory()
    token = invite_person(user=person, by=administrator, now=NOW)

    invitation = Invitation.objects.get()
    assert token not in str(vars(invitation))
    assert len(token) >= 43
    assert (invitation.user, invitation.invited_by) == (person, administrator)
    assert (invitation.created_at, invitation.expires_at) == (NOW, NOW + INVITATION_DAYS * DAY)
    assert str(invitation) == f"{person} (2026-11-24)"


def test_an_invitation_is_used_once():
    person = UserFactory(password=None)
    token = invite_person(user=person, by=person, now=NOW)

    assert accept_invitation(token=token, password=PASSWORD, now=NOW) == person
    with pytest.raises(InvitationClosed):
        accept_invitation(token=token, password="another-long-one", now=NOW)

    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert Invitation.objects.get().accepted_at == NOW


@pytest.mark.parametrize(("days", "is_open"), [(13, True), (14, False), (400, False)])
def test_an_invitation_ends_after_fourteen_days(days, is_open):
    token = invite_person(user=UserFactory(), by=UserFactory(), now=NOW)

    assert (open_invitation(token, NOW + days * DAY) is not None) is is_open


def test_a_newer_invitation_replaces_the_older():
    person, other = UserFactory(), UserFactory()
    older, of_other = (invite_person(user=user, by=person, now=NOW) for user in (person, other))

    newer = invite_person(user=person, by=person, now=NOW + DAY)

    found = [open_invitation(token, NOW + DAY) is not None for token in (older, newer, of_other)]
    assert found == [False, True, True]
    with pytest.raises(InvitationClosed):
        accept_invitation(token=older, password=PASSWORD, now=NOW + DAY)


def test_an_invitation_of_somebody_who_left_is_closed():
    person = UserFactory()
    token = invite_person(user=person, by=person, now=NOW)
    User.objects.update(is_active=False)

    assert open_invitation(token, NOW) is None


def test_an_invitation_accepted_between_reading_and_writing_is_closed(monkeypatch):
    """Two tabs: both have read the open invitation, one has written."""
    from people.services import accounts

    person = UserFactory()
    token = invite_person(user=person, by=person, now=NOW)
    found = open_invitation(token, NOW)
    accept_invitation(token=token, password=PASSWORD, now=NOW)
    monkeypatch.setattr(accounts, "open_invitation", lambda token, now: found)

    with pytest.raises(InvitationClosed):
        accept_invitation(token=token, password="another-long-one", now=NOW)

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_no_invitation_behind_a_forged_token():
    with pytest.raises(InvitationClosed):
        accept_invitation(token="x" * 43, password=PASSWORD, now=NOW)
