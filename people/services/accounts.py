"""Accounts, teams and invitations."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.contrib.auth.models import Group
from django.db import transaction

from people.enums import SecurityChange
from people.models import Branch, Invitation, JobRole, Membership, Team, TeamSupervision, User
from people.selectors import accepted_invitation, hash_token, open_invitation
from people.services.employment import tell_placement_changed
from people.services.security import tell_of_security

INVITATION_DAYS = 14


class InvitationClosed(Exception):
    """The link was used, replaced or is too old."""


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    short_name: str = "",
    password: str | None = None,
    groups: list[str] | None = None,
    by: User | None,
    now: datetime,
) -> User:
    """A person with this e-mail; the one that is there already, untouched, if there is one."""
    email = email.strip().lower()
    if existing := User.objects.filter(email=email).first():
        return existing
    user = User.objects.create_user(email, password, name=name, short_name=short_name)
    if groups:
        user.groups.set(Group.objects.filter(name__in=groups))
    tell_placement_changed(user_ids=[user.pk], now=now)
    return user


@transaction.atomic
def add_to_team(
    *,
    user: User,
    team: Team,
    job_role: JobRole,
    starts_on: date,
    ends_on: date | None = None,
    by: User | None,
    now: datetime,
) -> Membership:
    membership, is_new = Membership.objects.get_or_create(
        team=team, user=user, starts_on=starts_on, defaults={"job_role": job_role, "ends_on": ends_on}
    )
    if is_new:
        tell_placement_changed(user_ids=[user.pk], now=now)
    return membership


@transaction.atomic
def appoint_supervisor(*, user: User, team: Team, starts_on: date, by: User | None, now: datetime) -> TeamSupervision:
    return TeamSupervision.objects.get_or_create(team=team, user=user, starts_on=starts_on)[0]


@transaction.atomic
def add_branch(*, name: str, time_zone: str, by: User | None, now: datetime) -> Branch:
    return Branch.objects.get_or_create(name=name, defaults={"time_zone": time_zone})[0]


@transaction.atomic
def add_team(*, name: str, branch: Branch, parent: Team | None = None, by: User | None, now: datetime) -> Team:
    return Team.objects.get_or_create(name=name, branch=branch, defaults={"parent": parent})[0]


@transaction.atomic
def add_job_role(*, name: str, by: User | None, now: datetime) -> JobRole:
    return JobRole.objects.get_or_create(name=name)[0]


@transaction.atomic
def invite_person(*, user: User, by: User, now: datetime) -> str:
    """A fresh invitation token, good for 14 days; earlier open links of the same person stop working. It is not kept: show it now."""
    Invitation.objects.filter(user=user, accepted_at=None, expires_at__gt=now).update(expires_at=now)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        user=user,
        token_sha256=hash_token(token),
        invited_by=by,
        created_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    return token


@transaction.atomic
def accept_invitation(*, token: str, password: str, now: datetime) -> User:
    """Set the password that the person chose, once; the same password again is the same acceptance.

    Raises InvitationClosed for a link that can't be used any more.
    """
    invitation = open_invitation(token, now)
    if invitation and Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=now):
        user = invitation.user
        had_password = user.has_usable_password()
        user.set_password(password)
        user.save(update_fields=["password"])
        if had_password:
            tell_of_security(person=user, change=SecurityChange.PASSWORD, now=now)
        return user
    repeated = accepted_invitation(token)
    if repeated is None or not repeated.user.check_password(password):
        raise InvitationClosed
    return repeated.user
