"""When a mail that couldn't be sent is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

PAUSES = (
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""After the first try, the second and so on; after the last of them it is given up."""

CLAIM_HOLDS = timedelta(minutes=15)
"""How long another run takes it that whoever claimed a mail is still sending it."""


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries, at least one; None where it is given up."""
    return now + PAUSES[tries - 1] if tries <= len(PAUSES) else None
