"""What a company's sign-in says of a person (OpenID Connect claims), and by what of it we know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class KnownBy:
    """Either may be empty; an e-mail stands here only if the provider has verified it."""

    employee_number: str
    email: str


def known_by(claims: Mapping[str, Any], *, employee_claim: str = "") -> KnownBy:
    """Some providers say "true" as a word (OpenID Connect Core, 5.1, has a boolean); what isn't said isn't verified."""
    number = claims.get(employee_claim, "") if employee_claim else ""
    verified = claims.get("email_verified")
    email = claims.get("email", "") if verified is True or verified == "true" else ""
    return KnownBy(_text(number), _text(email).lower())


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
