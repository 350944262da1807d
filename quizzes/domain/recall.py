"""What somebody remembers of a clause, by FSRS: how a review changes it, when it should come back, how it fades.

FSRS (Free Spaced Repetition Scheduler, version 6 with its default weights) is the `fsrs` library's: floats are its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from fractions import Fraction

import fsrs

from quizzes.domain.grading import Certainty

LONGEST_INTERVAL = 365
"""Days: whatever one knows, once a year somebody asks."""
PARTLY = Fraction(1, 2)
"""From this mark on, a partly right answer was remembered, with difficulty."""
FASTEST_READING = 2
"""Seconds: who answers sooner can't have read the question, which says nothing of how well they know it."""
AT_ONCE = 10
"""Seconds within which a right answer came at once."""
FEWEST_PEOPLE = 5
"""What fewer people remember is theirs alone: nobody else sees it, not even as an average."""

_SCHEDULER = fsrs.Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_INTERVAL, enable_fuzzing=False
)


class Rating(IntEnum):
    """How well a clause was remembered; the numbers are FSRS's."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True)
class MemoryState:
    """stability: days until one in ten would have forgotten. difficulty: 1 to 10. due_at: when that has come, in whole days."""

    stability: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Source:
    """What showed how well something is remembered. kind: a quizzes.enums.RecallSource; id: the row's of that answer or choice."""

    kind: str
    id: int


@dataclass(frozen=True)
class Exposure:
    """What one answer or choice showed of one clause."""

    clause_id: int
    rating: Rating
    source: Source
    at: datetime


def rating_of(
    mark: Fraction, *, is_hinted: bool = False, certainty: Certainty | None = None, seconds: int | None = None
) -> Rating:
    """Of an answer. mark: without certainty, -1 to 1; seconds: how long it took, None where nobody knows.

    Wrong is Again, right is Good; right and sure, or right at once, is Easy; right after a hint, or right by half, is Hard.
    """
    if mark < PARTLY:
        return Rating.AGAIN
    if mark < 1 or is_hinted:
        return Rating.HARD
    is_at_once = seconds is not None and FASTEST_READING <= seconds <= AT_ONCE
    return Rating.EASY if certainty is Certainty.SURE or is_at_once else Rating.GOOD


def review(state: MemoryState | None, rating: Rating, now: datetime) -> MemoryState:
    """The memory after a review; None is a clause that was never asked about. `now` is not before the last review."""
    card, _ = _SCHEDULER.review_card(_card(state, now), fsrs.Rating(rating), now.astimezone(UTC))
    # A card that was reviewed has both; the library's types can't say so.
    return MemoryState(card.stability or 0.0, card.difficulty or 0.0, now.astimezone(UTC), card.due)


def remember(reviews: Iterable[tuple[Rating, datetime]]) -> MemoryState | None:
    """What all these reviews, oldest first, come to."""
    state = None
    for rating, at in reviews:
        state = review(state, rating, at)
    return state


def retrievability(state: MemoryState, now: datetime) -> float:
    """How likely it is, 0 to 1, that it is remembered now. It changes once in 24 hours."""
    return _SCHEDULER.get_card_retrievability(_card(state, now), now.astimezone(UTC))


LOOKING_AHEAD = timedelta(days=7)
"""Right after an answer, wrong ones included, everything is remembered: how well shows in what is left a week on."""


def strength(state: MemoryState, now: datetime) -> float:
    """How likely it is, 0 to 1, that it will be remembered in a week if nobody asks meanwhile."""
    return retrievability(state, now + LOOKING_AHEAD)


def _card(state: MemoryState | None, now: datetime) -> fsrs.Card:
    if state is None:
        return fsrs.Card(card_id=0, due=now)
    return fsrs.Card(0, fsrs.State.Review, None, state.stability, state.difficulty, state.due_at, state.reviewed_at)
