"""Codes besides the password, and ending sessions."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import decrypt, encrypt
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from people.domain.one_time_codes import step_of_code
from people.enums import SecurityChange
from people.models import User
from people.services.security import tell_of_security


class WrongCode(Exception):
    """The code is not the one of this moment, or was used already."""


@transaction.atomic
def end_sessions(*, person: User) -> None:
    """Sign this person out wherever they are signed in."""
    User.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1)
    person.refresh_from_db(fields=["sessions_ended"])


@transaction.atomic
def set_up_second_factor(*, person: User, secret: str, code: str, now: datetime) -> None:
    """Ask this person for a code from now on, if `code` shows that their app has the secret; sessions elsewhere end.

    The same request again changes nothing. Raises WrongCode.
    """
    User.objects.lock(person)
    if Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        return
    step = step_of_code(code, secret=secret, at=now)
    if step is None:
        raise WrongCode
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret), "step": step}, created_at=now
    )
    RecoveryCodes.activate(person)
    end_sessions(person=person)
    tell_of_security(person=person, change=SecurityChange.FACTOR_ON, now=now)


@transaction.atomic
def use_code(*, person: User, code: str, now: datetime) -> Authenticator:
    """Accept the code of this moment, or a recovery code: each once, whichever process is asked. Raises WrongCode."""
    User.objects.lock(person)
    for authenticator in Authenticator.objects.filter(user=person).order_by("-type"):
        if _accepts(authenticator, code, now):
            return authenticator
    raise WrongCode


def _accepts(authenticator: Authenticator, code: str, now: datetime) -> bool:
    try:
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return bool(authenticator.wrap().validate_code(code))
        secret = decrypt(authenticator.data["secret"])
    except InvalidToken:  # sealed with a key that this server has no more
        return False
    step = step_of_code(code, secret=secret, at=now, after=authenticator.data["step"])
    if step is None:
        return False
    authenticator.data["step"] = step
    authenticator.save(update_fields=["data"])
    return True


@transaction.atomic
def renew_recovery_codes(*, person: User, now: datetime) -> None:
    """Ten fresh recovery codes in place of the old ones, for who has a second factor; codes not kept yet stay."""
    User.objects.lock(person)
    mine = Authenticator.objects.filter(user=person)
    if not mine.filter(type=Authenticator.Type.TOTP).exists():
        return
    if mine.filter(type=Authenticator.Type.RECOVERY_CODES, data__has_key="viewed_at").delete()[0]:
        tell_of_security(person=person, change=SecurityChange.RECOVERY_CODES, now=now)
    RecoveryCodes.activate(person)


@transaction.atomic
def keep_recovery_codes(*, person: User, now: datetime) -> None:
    """The person has put their recovery codes away: they are never shown again."""
    User.objects.lock(person)
    for codes in Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES):
        codes.data.setdefault("viewed_at", now.timestamp())
        codes.save(update_fields=["data"])


@transaction.atomic
def switch_off_second_factor(*, person: User, now: datetime) -> None:
    """A password is enough again."""
    User.objects.lock(person)
    if Authenticator.objects.filter(user=person).delete()[0]:
        tell_of_security(person=person, change=SecurityChange.FACTOR_OFF, now=now)


@transaction.atomic
def reset_second_factor(*, person: User, by: User, now: datetime) -> None:
    """For somebody who has lost both phone and recovery codes: a password is enough again, and all sessions end."""
    User.objects.lock(person)
    if Authenticator.objects.filter(user=person).delete()[0]:
        end_sessions(person=person)
        tell_of_security(person=person, change=SecurityChange.FACTOR_RESET, now=now)
        log(instance=person, action="people.reset_second_factor", user=by, timestamp=now)
