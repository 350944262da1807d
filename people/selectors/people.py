"""Reads about people. A day is always passed in; `local_today` says which day a moment is for whom."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from core.domain.dates import local_day
from core.selectors import organisation_today, organisation_zone
from outbox.selectors import unread_count
from people.domain.claims import KnownBy
from people.models import Branch, Invitation, Membership, Team, TeamSupervision, User


def local_today(branch: Branch | None, now: datetime) -> date:
    """The day that it is then where the branch is; the organisation's day for who has no branch."""
    return local_day(now, branch.zone if branch else organisation_zone())


def membership_for_person(user: User, now: datetime) -> Membership | None:
    """Where this person works now: the latest membership that holds, with its team, branch and job role."""
    return (
        Membership.objects.filter(user=user)
        .on(organisation_today(now))
        .select_related("team__branch", "job_role")
        .order_by("-starts_on", "-pk")
        .first()
    )


def branch_for_person(user: User, now: datetime) -> Branch | None:
    """The branch where this person works now."""
    membership = membership_for_person(user, now)
    return membership.team.branch if membership else None


def zones_of_people(people: Collection[int], now: datetime) -> dict[int, ZoneInfo]:
    """By id: the zone of the branch where each of them works now; the organisation's for those without one."""
    zones = dict.fromkeys(people, organisation_zone())
    memberships = Membership.objects.filter(user__in=people).on(organisation_today(now)).order_by("starts_on", "pk")
    for person, zone in memberships.values_list("user", "team__branch__time_zone"):
        zones[person] = ZoneInfo(zone)
    return zones


def days_of_people(people: Collection[int], now: datetime) -> dict[int, date]:
    """By id: the day that it is then where each of them works."""
    return {person: now.astimezone(zone).date() for person, zone in zones_of_people(people, now).items()}


def teams_for_supervisor(viewer: User, now: datetime) -> list[Team]:
    """Teams supervised today, sub-teams included, with their branches, in the order that lists show them."""
    return Team.objects.supervised_by(viewer, organisation_today(now))


def members_of_team_unscoped(team: Team) -> set[int]:
    """Who has ever been a member of this team or of one below it, by primary key."""
    below = Team.objects.with_subteams(team.pk)
    return set(Membership.objects.filter(team__in=below).values_list("user_id", flat=True))


@dataclass(frozen=True)
class ForBar:
    """What the head of every page shows of its reader. unread: how many notices they haven't read."""

    is_supervisor: bool = False
    unread: int = 0


def bar_for_person(user: User, now: datetime) -> ForBar:
    """In one query, as every page asks."""
    supervises = TeamSupervision.objects.filter(user=OuterRef("pk")).on(organisation_today(now))
    return ForBar(*User.objects.values_list(Exists(supervises), unread_count()).get(pk=user.pk))


def people_for_viewer(viewer: User, now: datetime) -> QuerySet[User]:
    """Whom this person may see now; the scope of every list of people."""
    return User.objects.for_viewer(viewer, day=organisation_today(now))


def person_known_unscoped(known: KnownBy) -> User | None:
    """The active person of this employee number, else of this e-mail."""
    active = User.objects.active()
    found = active.filter(employee_number=known.employee_number).first() if known.employee_number else None
    return found or (active.filter(email__iexact=known.email).first() if known.email else None)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def accepted_invitation(token: str) -> Invitation | None:
    """The invitation behind a link that has been used."""
    used = Invitation.objects.filter(token_sha256=hash_token(token), accepted_at__isnull=False, user__is_active=True)
    return used.select_related("user").first()


def open_invitation(token: str, now: datetime) -> Invitation | None:
    """The invitation behind a link, if it can still be used."""
    return (
        Invitation.objects.filter(
            token_sha256=hash_token(token), accepted_at=None, expires_at__gt=now, user__is_active=True
        )
        .select_related("user")
        .first()
    )
