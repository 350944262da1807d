"""Whether a certificate holds on a day of the organisation's calendar."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Validity(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"


def validity_on(day: date, *, expires_on: date | None) -> Validity:
    """It holds up to and including its last day; without one, it always holds."""
    return Validity.EXPIRED if expires_on is not None and day > expires_on else Validity.VALID
