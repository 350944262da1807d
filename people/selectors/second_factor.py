"""Who has set up codes besides the password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from core.selectors import organisation_today
from people.models import User


def people_with_second_factor(viewer: User, now: datetime) -> QuerySet[Any]:
    """Whom this person may see now, each with `has_second_factor`."""
    return User.objects.with_second_factor().for_viewer(viewer, day=organisation_today(now))


@dataclass(frozen=True)
class SecondFactor:
    """The codes that a person is asked for besides the password.

    codes_left: recovery codes not used yet; codes_to_keep: those codes, as long as the person hasn't put them away.
    """

    since: datetime
    last_used_at: datetime | None
    codes_left: int
    codes_to_keep: tuple[str, ...]


def second_factor(viewer: User) -> SecondFactor | None:
    """One's own second factor."""
    kinds = {each.type: each for each in Authenticator.objects.filter(user=viewer)}
    if Authenticator.Type.TOTP not in kinds:
        return None
    app, recovery = kinds[Authenticator.Type.TOTP], kinds[Authenticator.Type.RECOVERY_CODES].wrap()
    codes = tuple(recovery.get_unused_codes())
    return SecondFactor(app.created_at, app.last_used_at, len(codes), () if recovery.did_view else codes)
