"""Where an assignment stands, from its facts alone, and what leave does to its due date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class State(StrEnum):
    """DESIGN, “Programmes and activities”. Certified goes on while the window of the refresher is open."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    CERTIFIED = "certified"
    WINDOW_OPEN = "window_open"
    EXPIRED = "expired"
    RELEASED = "released"


class Overlay(StrEnum):
    """What lies over a state and is shown in its place, the first that applies."""

    WAIVED = "waived"
    ON_LEAVE = "on_leave"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class AssignmentFacts:
    """What is on record. Dates are local dates of the learner's branch; `due_on` is after extensions and leave.

    `expires_on` is the last day that counts, `opens_on` the first day of the refresher's window.
    """

    due_on: date | None = None
    is_started: bool = False
    completed_on: date | None = None
    expires_on: date | None = None
    is_released: bool = False
    opens_on: date | None = None
    is_waived: bool = False
    is_on_leave: bool = False


@dataclass(frozen=True)
class Standing:
    """A state, and what lies over it."""

    state: State
    overlay: Overlay | None = None

    @property
    def is_overdue(self) -> bool:
        return self.overlay is Overlay.OVERDUE


@dataclass(frozen=True)
class Stretch:
    """Days of leave, both ends included; without an end it goes on."""

    starts_on: date
    ends_on: date | None = None


SETTLED = frozenset({State.CERTIFIED, State.RELEASED})
"""Nothing is asked, so nothing can be waived, wait for somebody's return or be late."""
NEVER_COMPLETED = frozenset({State.ASSIGNED, State.IN_PROGRESS})
"""The due date is of the first completion; after that the expiry counts."""


def standing(facts: AssignmentFacts, today: date) -> Standing:
    """State on `today`, with the overlay that is shown over it. No expiry means certified for good."""
    state = _state(facts, today)
    return Standing(state, None if state in SETTLED else _overlay(facts, state, today))


def due_after_leave(due_on: date, assigned_on: date, leaves: Iterable[Stretch], today: date) -> date:
    """The due date, later by each day of leave between being assigned and being due.

    A day in two stretches counts once. Leave without an end counts up to `today`, the day it was done if it is.
    Leave that begins after the due date, as moved by earlier leave, counts for nothing.
    """
    counted_to = assigned_on - timedelta(days=1)
    for stretch in sorted(leaves, key=lambda stretch: stretch.starts_on):
        if stretch.starts_on > due_on:
            break
        last = today if stretch.ends_on is None else stretch.ends_on
        if stretch.starts_on <= last and counted_to < last:
            due_on += last - max(counted_to, stretch.starts_on - timedelta(days=1))
            counted_to = last
    return due_on


def _state(facts: AssignmentFacts, today: date) -> State:
    if facts.is_released:
        return State.RELEASED
    if facts.completed_on is None:
        return State.IN_PROGRESS if facts.is_started else State.ASSIGNED
    if facts.expires_on is not None and facts.expires_on < today:
        return State.EXPIRED
    return State.WINDOW_OPEN if facts.opens_on is not None and facts.opens_on <= today else State.CERTIFIED


def _overlay(facts: AssignmentFacts, state: State, today: date) -> Overlay | None:
    if facts.is_waived:
        return Overlay.WAIVED
    if facts.is_on_leave:
        return Overlay.ON_LEAVE
    is_late = state in NEVER_COMPLETED and facts.due_on is not None and facts.due_on < today
    return Overlay.OVERDUE if is_late else None
