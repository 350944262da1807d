"""When a clause is to be looked through again, and when its owner is reminded. Days are the organisation's own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from core.domain.dates import add_months

MONTHS_AHEAD = 12
"""Proposed for the next review."""

MOST_MONTHS_AHEAD = 36
DAYS_SOON = 30
DAYS_UNTIL_ASKED_AGAIN = 30
MOST_TRIES = 2
CLAIM_HOLDS = timedelta(hours=1)
"""How long another run takes it that whoever claimed a reminder is still sending it."""


class Standing(StrEnum):
    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"


class Stage(StrEnum):
    """A mail when the review is due, and one more when it has been overdue for long."""

    DUE = "due"
    OVERDUE = "overdue"


def due_on(written: date | None, set_by_review: date | None) -> date | None:
    """The later of the date that the editors wrote and the one that the last review set; None where there is neither.

    So whoever publishes a change and has looked the whole clause through says so by a later date, and a change without one,
    such as a spelling mended, doesn't count as a review.
    """
    return max((day for day in (written, set_by_review) if day), default=None)


def next_review_limits(today: date) -> tuple[date, date]:
    """The first and the last day that a review may set for the next one."""
    return today + timedelta(days=1), add_months(today, MOST_MONTHS_AHEAD)


def proposed_next_review(today: date) -> date:
    return add_months(today, MONTHS_AHEAD)


def standing(due: date | None, today: date) -> Standing:
    """On its day a review is due; from the next day on it is overdue."""
    if due is None:
        return Standing.UNDATED
    if due < today:
        return Standing.OVERDUE
    return Standing.SOON if due <= today + timedelta(days=DAYS_SOON) else Standing.LATER


def reminder_stage(due: date | None, today: date) -> Stage | None:
    """The mail that the owner should have had by today; None while nothing is due. Who missed the first gets only the second."""
    if due is None or due > today:
        return None
    return Stage.OVERDUE if (today - due).days >= DAYS_UNTIL_ASKED_AGAIN else Stage.DUE


def may_send(*, tries: int, tried_at: datetime | None, sent_at: datetime | None, now: datetime) -> bool:
    """Whether a reminder may go out now: not sent, nobody sending it, and not tried too often.

    A run that was killed after it tried leaves it open whether the mail went out. It is tried once more, then no more: rather
    two mails than none, but never one every few minutes.
    """
    is_claimed = tried_at is not None and now - tried_at < CLAIM_HOLDS
    return sent_at is None and not is_claimed and tries < MOST_TRIES
