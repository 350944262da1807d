"""The link in a mail by which its reader stops such mails, without signing in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer

from outbox.contributions import notice_kinds, optional_kinds

_signer = Signer(salt="outbox.unsubscribe", sep=".")


@dataclass(frozen=True)
class Unsubscription:
    """person: whose mails. kinds: which, by name; labels: as people read them."""

    person: Any
    kinds: tuple[str, ...]

    @property
    def labels(self) -> list[str]:
        return sorted(str(notice_kinds()[kind].label) for kind in self.kinds)


def unsubscribe_token(person: Any, kinds: Iterable[str]) -> str:
    """Signed, so that nobody makes one for somebody else; good for ever, as mails are kept for long."""
    return _signer.sign_object([str(person.public_id), sorted(kinds)])


def unsubscription(token: str) -> Unsubscription | None:
    """Whose mails of which kinds; None for a token that isn't ours, or of which nothing is left to stop."""
    try:
        public_id, kinds = _signer.unsign_object(token)
    except BadSignature:
        return None
    person = get_user_model()._default_manager.filter(public_id=public_id).first()
    still_optional = tuple(kind for kind in kinds if kind in optional_kinds())
    return Unsubscription(person, still_optional) if person and still_optional else None
