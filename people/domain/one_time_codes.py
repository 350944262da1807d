"""One-time codes by the clock: RFC 6238 over RFC 4226, as authenticator apps take for granted (SHA-1, six digits, 30 seconds)."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime

STEP = 30
"""Seconds for which a code stands."""
DIGITS = 6
CLOCKS_DIFFER = 1
"""So many steps may the phone's clock be before or behind ours."""


def step_at(moment: datetime) -> int:
    """How many steps have passed since 1970."""
    return int(moment.timestamp()) // STEP


def code_at(secret: str, step: int) -> str:
    """The code of one step. secret: base 32, as apps show it."""
    digest = hmac.digest(base64.b32decode(secret, casefold=True), step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of_code(code: str, *, secret: str, at: datetime, after: int = 0) -> int | None:
    """The step that this code belongs to, if it is a present one.

    after: the step of the code that was accepted last; that one and older ones hold no more (RFC 6238, 5.2: once only).
    """
    typed, present = "".join(code.split()).encode(), step_at(at)
    for step in range(max(present - CLOCKS_DIFFER, after + 1), present + CLOCKS_DIFFER + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), typed):
            return step
    return None
