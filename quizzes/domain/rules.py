"""What a quiz allows: when one may start, when the time is up, when feedback comes, and which result counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self

GRACE = timedelta(seconds=10)
"""What the network may take: an answer sent in the last second still counts."""
LATE_IS_KEPT = timedelta(days=1)
"""For so long after the time was up, an answer that arrives is kept beside the attempt."""
HUNDRED = 100


class ScoreMethod(StrEnum):
    """Which of several attempts is the result."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"
    AVERAGE = "average"


class Navigation(StrEnum):
    FREE = "free"
    FORWARD = "forward"


class FeedbackPolicy(StrEnum):
    """When a learner sees what was right."""

    AT_ONCE = "at_once"
    AT_END = "at_end"
    AFTER_CLOSING = "after_closing"


class PagesBy(StrEnum):
    """What stands on one screen."""

    QUESTION = "question"
    SECTION = "section"


class Refusal(StrEnum):
    """Why an attempt can't be begun now."""

    NOT_OPEN = "not_open"
    CLOSED = "closed"
    NONE_LEFT = "none_left"
    PAUSE = "pause"


@dataclass(frozen=True)
class Rules:
    """attempts_allowed: None for any number. pause: between hand-in and the next start. time_limit: None for no limit."""

    mastery_score: Decimal = Decimal("0.8")
    attempts_allowed: int | None = None
    pause: timedelta = timedelta()
    score_method: ScoreMethod = ScoreMethod.BEST
    time_limit: timedelta | None = None
    shuffles_questions: bool = False
    shuffles_answers: bool = True
    navigation: Navigation = Navigation.FREE
    feedback: FeedbackPolicy = FeedbackPolicy.AT_END
    is_certainty_based: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    pages_by: PagesBy = PagesBy.QUESTION

    def as_mapping(self) -> dict[str, Any]:
        """For JSON: exact, and read back equal."""
        return {
            "mastery_score": str(self.mastery_score),
            "attempts_allowed": self.attempts_allowed,
            "pause_seconds": int(self.pause.total_seconds()),
            "score_method": self.score_method.value,
            "time_limit_seconds": None if self.time_limit is None else int(self.time_limit.total_seconds()),
            "shuffles_questions": self.shuffles_questions,
            "shuffles_answers": self.shuffles_answers,
            "navigation": self.navigation.value,
            "feedback": self.feedback.value,
            "is_certainty_based": self.is_certainty_based,
            "opens_at": _written(self.opens_at),
            "closes_at": _written(self.closes_at),
            "pages_by": self.pages_by.value,
        }

    @classmethod
    def from_mapping(cls, stored: dict[str, Any]) -> Self:
        """What an attempt froze. One from before a rule was there goes by that rule's default."""
        known = {**cls().as_mapping(), **stored}
        limit = known["time_limit_seconds"]
        return cls(
            mastery_score=Decimal(known["mastery_score"]),
            attempts_allowed=known["attempts_allowed"],
            pause=timedelta(seconds=known["pause_seconds"]),
            score_method=ScoreMethod(known["score_method"]),
            time_limit=None if limit is None else timedelta(seconds=limit),
            shuffles_questions=known["shuffles_questions"],
            shuffles_answers=known["shuffles_answers"],
            navigation=Navigation(known["navigation"]),
            feedback=FeedbackPolicy(known["feedback"]),
            is_certainty_based=known["is_certainty_based"],
            opens_at=_read(known["opens_at"]),
            closes_at=_read(known["closes_at"]),
            pages_by=PagesBy(known["pages_by"]),
        )

    @property
    def is_forward_only(self) -> bool:
        return self.navigation is Navigation.FORWARD

    @property
    def shows_at_once(self) -> bool:
        return self.feedback is FeedbackPolicy.AT_ONCE

    def limit_for(self, extra_time: int) -> timedelta | None:
        """The time limit of somebody who gets `extra_time` per cent more."""
        return None if self.time_limit is None else self.time_limit * (HUNDRED + extra_time) / HUNDRED

    def due_at(self, started_at: datetime, extra_time: int) -> datetime | None:
        """When the time of an attempt is up: after its limit, and never after the quiz closes."""
        limit = self.limit_for(extra_time)
        ends = [end for end in (limit and started_at + limit, self.closes_at) if end]
        return min(ends, default=None)

    def shows_feedback(self, now: datetime, *, is_handed_in: bool, closes_at: datetime | None = None) -> bool:
        """Whether keys and feedback of a whole attempt may be shown.

        closes_at: when the quiz closes by now, if that has been moved; the later one holds, as others may still be at it.
        """
        if not is_handed_in:
            return False
        if self.feedback is not FeedbackPolicy.AFTER_CLOSING:
            return True
        feedback_at = self.feedback_at(closes_at)
        return feedback_at is None or now >= feedback_at

    def feedback_at(self, closes_at: datetime | None = None) -> datetime | None:
        """When feedback comes that waits for the closing: nobody can be in the middle of an attempt then."""
        if self.feedback is not FeedbackPolicy.AFTER_CLOSING:
            return None
        ends = [end for end in (self.closes_at, closes_at) if end]
        return max(ends) + GRACE if ends else None


@dataclass(frozen=True)
class Start:
    """Whether an attempt may be begun. at: when it becomes possible, None for never. left: attempts left, None for any number."""

    refusal: Refusal | None = None
    at: datetime | None = None
    left: int | None = None

    @property
    def is_allowed(self) -> bool:
        return self.refusal is None


def may_start(rules: Rules, handed_in: Sequence[datetime], now: datetime) -> Start:
    """What stands in the way of a new attempt, for somebody who handed in at these moments. What lasts longest is said first."""
    left = None if rules.attempts_allowed is None else max(rules.attempts_allowed - len(handed_in), 0)
    if rules.closes_at and now >= rules.closes_at:
        return Start(Refusal.CLOSED, None, left)
    if left == 0:
        return Start(Refusal.NONE_LEFT, None, left)
    again = max(handed_in) + rules.pause if handed_in and rules.pause else None
    if again and now < again:
        is_in_time = rules.closes_at is None or again < rules.closes_at
        return Start(Refusal.PAUSE, max(again, rules.opens_at or again) if is_in_time else None, left)
    if rules.opens_at and now < rules.opens_at:
        return Start(Refusal.NOT_OPEN, rules.opens_at, left)
    return Start(None, None, left)


def is_over(due_at: datetime | None, now: datetime) -> bool:
    """Whether the time of an attempt is up, the network's share included: what arrives from now on is late."""
    return due_at is not None and now > due_at + GRACE


def keeps_late(due_at: datetime | None, now: datetime) -> bool:
    """Whether an answer that is late is kept beside the attempt."""
    return due_at is not None and is_over(due_at, now) and now <= due_at + LATE_IS_KEPT


@dataclass(frozen=True)
class Result:
    """What an attempt, or all of them together, came to. share: 0 to 1, exact."""

    share: Fraction
    is_success: bool


def combined(method: ScoreMethod, results: Sequence[Result], mastery_score: Decimal) -> Result | None:
    """The result of a quiz from those of its attempts, oldest first; None where there is none.

    An attempt passed by the rules that it froze; an average passes by the mastery score of today.
    """
    if not results:
        return None
    if method is ScoreMethod.FIRST:
        return results[0]
    if method is ScoreMethod.LAST:
        return results[-1]
    if method is ScoreMethod.AVERAGE:
        mean = sum((result.share for result in results), Fraction()) / len(results)
        return Result(mean, mean >= Fraction(mastery_score))
    # Rules may have changed between two attempts: one that passed stays passed.
    return max(results, key=lambda result: (result.is_success, result.share))


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _read(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)
