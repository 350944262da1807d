"""When a clause is to be looked through again, and when its owner is reminded. Days are the organisation's own."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from core.domain.dates import add_months

MONTHS_AHEAD = 12
"""Proposed for the next review."""

MOST_MONTHS_AHEAD = 36
DAYS_SOON = 30
DAYS_UNTIL_ASKED_AGAIN = 30


class Standing(StrEnum):
    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"


class Stage(StrEnum):
    """A notice when the review is due, and one more when it has been overdue for long."""

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
    """The notice that the owner should have had by today; None while nothing is due. Who missed the first gets only the second."""
    if due is None or due > today:
        return None
    return Stage.OVERDUE if (today - due).days >= DAYS_UNTIL_ASKED_AGAIN else Stage.DUE


def review_key(clause_id: int, due: date, stage: Stage) -> str:
    """Under which the owner is told, once for each of these."""
    return f"review-{stage}:{clause_id}:{due}"
