"""Where an assignment stands, from its facts alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """DESIGN, “Programmes and activities”; the window of a refresher comes with recertification."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    CERTIFIED = "certified"
    EXPIRED = "expired"
    RELEASED = "released"


@dataclass(frozen=True)
class AssignmentFacts:
    """What is on record. Dates are local dates of the learner's branch; `expires_on` is the last day that counts."""

    due_on: date | None = None
    is_started: bool = False
    completed_on: date | None = None
    expires_on: date | None = None
    is_released: bool = False


@dataclass(frozen=True)
class Standing:
    """A state, and whether overdue lies over it."""

    state: State
    is_overdue: bool = False


def standing(facts: AssignmentFacts, today: date) -> Standing:
    """State on `today`. Released and completed assignments are never overdue; no expiry means certified for good."""
    if facts.is_released:
        return Standing(State.RELEASED)
    if facts.completed_on is not None:
        has_expired = facts.expires_on is not None and facts.expires_on < today
        return Standing(State.EXPIRED if has_expired else State.CERTIFIED)
    state = State.IN_PROGRESS if facts.is_started else State.ASSIGNED
    return Standing(state, is_overdue=facts.due_on is not None and facts.due_on < today)
