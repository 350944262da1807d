"""Who has never signed in, and where their invitation is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from people.enums import MailState
from people.models import Invitation, User
from people.querysets import WAITS
from people.selectors.people import people_for_viewer


@dataclass(frozen=True)
class Invited:
    """at: when it was sent, or asked for."""

    public_id: UUID
    name: str
    email: str
    state: MailState
    at: datetime | None


def never_signed_in_for_viewer(viewer: User, now: datetime, words: str = "") -> QuerySet[User]:
    """words: a part of a name or an e-mail."""
    seen = people_for_viewer(viewer, now).values("pk")
    found = User.objects.never_signed_in().filter(pk__in=seen).order_by("name", "pk")
    return found.filter(Q(name__icontains=words) | Q(email__icontains=words)) if words else found


def ids_of_people(people: QuerySet[User], public_ids: Iterable[UUID] | None = None) -> list[int]:
    """Of those named, or of all."""
    chosen = people if public_ids is None else people.filter(public_id__in=public_ids)
    return list(chosen.values_list("pk", flat=True))


def invited_unscoped(people: Iterable[User], now: datetime) -> list[Invited]:
    """These people with the newest invitation that was to be mailed."""
    them = list(people)
    mailed = Invitation.objects.filter(user__in=them, requested_at__isnull=False).order_by("requested_at", "pk")
    newest = {invitation.user_id: invitation for invitation in mailed}
    return [_invited(person, newest.get(person.pk), now) for person in them]


def _invited(person: User, invitation: Invitation | None, now: datetime) -> Invited:
    at = (invitation.sent_at or invitation.requested_at) if invitation else None
    return Invited(person.public_id, person.name, person.email, _state(invitation, now), at)


def _state(invitation: Invitation | None, now: datetime) -> MailState:
    if invitation is None:
        return MailState.NONE
    if invitation.sent_at:
        return MailState.SENT if invitation.expires_at > now else MailState.TOO_OLD
    has_failed = invitation.tries > len(WAITS) or invitation.expires_at <= now
    return MailState.FAILED if has_failed else MailState.WAITING
