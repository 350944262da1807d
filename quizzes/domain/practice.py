"""Five a day: which clauses a day asks about, with which question, and how many days somebody has kept it up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from quizzes.domain.digests import shuffled
from quizzes.domain.recall import MemoryState, retrievability

FIVE = 5
TURNS = 2
"""How often a day asks the same question at most: what was wrong comes back once, at the end."""
A_WEEK = 7
"""One day off in any so many is forgiven."""
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Learned:
    """A clause that somebody has met. state: None where they have signed it and were never asked. due_on: their own day."""

    clause_id: int
    state: MemoryState | None = None
    due_on: date | None = None

    def is_due(self, today: date) -> bool:
        return self.due_on is not None and self.due_on <= today


@dataclass(frozen=True)
class Picked:
    clause_id: int
    question_id: int


def by_need(learned: Iterable[Learned], now: datetime, today: date) -> list[Learned]:
    """What is due first, most likely forgotten before the rest; then what was never asked; then what is still known."""

    def need(one: Learned) -> tuple[int, float, int]:
        if one.state is None:
            return 1, 0, one.clause_id
        return 0 if one.is_due(today) else 2, retrievability(one.state, now), one.clause_id

    return sorted(learned, key=need)


def pick(
    learned: Sequence[Learned],
    questions: Mapping[int, Collection[int]],
    last_asked: Mapping[int, datetime],
    seed: str,
    *,
    count: int = FIVE,
) -> list[Picked]:
    """One question a clause, in the order of `learned`: one never asked, else the one asked longest ago. No question twice.

    questions: clause id → ids of questions about it; last_asked: question id → when; of equal ones the seed decides.
    """
    picked: dict[int, Picked] = {}
    for one in learned:
        if len(picked) == count:
            break
        order = [int(key) for key in shuffled([str(question) for question in questions.get(one.clause_id, ())], seed)]
        free = [question for question in order if question not in picked]
        if free:
            chosen = min(free, key=lambda question: (question in last_asked, last_asked.get(question, NEVER)))
            picked[chosen] = Picked(one.clause_id, chosen)
    return list(picked.values())


@dataclass(frozen=True)
class Card:
    """A question of the day as it was answered so far: whether each answer, oldest first, was right."""

    position: int
    answers: tuple[bool, ...] = ()

    @property
    def is_over(self) -> bool:
        return len(self.answers) == TURNS or (bool(self.answers) and self.answers[-1])

    @property
    def turn(self) -> int:
        """Which turn its next answer is for."""
        return len(self.answers) + 1


def next_card(cards: Sequence[Card]) -> Card | None:
    """First each once, then what was wrong once more; None when the day is done."""
    return min((card for card in cards if not card.is_over), key=lambda card: (card.turn, card.position), default=None)


class DayMark(StrEnum):
    DONE = "done"
    OFF = "off"
    """A day off that the streak forgives."""
    MISSED = "missed"
    TODAY = "today"
    """Today, as long as nothing was practised."""


@dataclass(frozen=True)
class Streak:
    """length: days practised without a break. week: the last seven days with their marks, oldest first."""

    length: int
    week: tuple[tuple[date, DayMark], ...]

    @property
    def day_off(self) -> date | None:
        """The latest day off of the week that was forgiven."""
        return next((day for day, mark in reversed(self.week) if mark is DayMark.OFF), None)


def streak(practised: Collection[date], today: date) -> Streak:
    """Days practised up to today, where one day off in any seven doesn't break it. Today can still come, so it breaks nothing."""
    done = set(practised)
    length = 0
    off: set[date] = set()
    pending: set[date] = set()
    day = today if today in done else today - timedelta(days=1)
    while done and day >= min(done):
        if day in done:
            length += 1
            off |= pending
            pending = set()
        elif any((other - day).days < A_WEEK for other in off | pending):
            break
        else:
            pending = {day}
        day -= timedelta(days=1)
    week = tuple((day, _mark(day, today, done, off)) for day in _last_seven(today))
    return Streak(length, week)


def _last_seven(today: date) -> list[date]:
    return [today - timedelta(days=ago) for ago in reversed(range(A_WEEK))]


def _mark(day: date, today: date, done: Collection[date], off: Collection[date]) -> DayMark:
    if day in done:
        return DayMark.DONE
    if day == today:
        return DayMark.TODAY
    return DayMark.OFF if day in off else DayMark.MISSED
