"""What a quiz allows, exactly at its edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.rules import (
    GRACE,
    LATE_IS_KEPT,
    FeedbackPolicy,
    Navigation,
    PagesBy,
    Refusal,
    Result,
    Rules,
    ScoreMethod,
    Start,
    combined,
    is_over,
    keeps_late,
    may_start,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)
FAILED, PASSED, FULL = Result(Fraction(1, 3), False), Result(Fraction(2, 3), True), Result(Fraction(1), True)

moments = st.integers(-(10**6), 10**6).map(lambda seconds: NOW + timedelta(seconds=seconds))
rules = st.builds(
    Rules,
    mastery_score=st.decimals(0, 1, places=3),
    attempts_allowed=st.none() | st.integers(1, 9),
    pause=st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
    score_method=st.sampled_from(ScoreMethod),
    time_limit=st.none() | st.integers(1, 36_000).map(lambda seconds: timedelta(seconds=seconds)),
    shuffles_questions=st.booleans(),
    shuffles_answers=st.booleans(),
    navigation=st.sampled_from(Navigation),
    feedback=st.sampled_from(FeedbackPolicy),
    is_certainty_based=st.booleans(),
    opens_at=st.none() | moments,
    closes_at=st.none() | moments,
    pages_by=st.sampled_from(PagesBy),
)
results = st.lists(st.builds(Result, st.fractions(0, 1), st.booleans()), min_size=1, max_size=6)


@given(rules)
def test_rules_are_read_back_as_they_were_written(one: Rules) -> None:
    assert Rules.from_mapping(one.as_mapping()) == one


def test_an_attempt_from_before_the_rules_goes_by_their_defaults() -> None:
    assert Rules.from_mapping({"title": "Old", "minutes": 5, "mastery_score": "0.800"}) == Rules(Decimal("0.800"))


@pytest.mark.parametrize(
    ("one", "handed_in", "expected"),
    [
        (Rules(), [NOW + HOUR], Start()),
        (Rules(opens_at=NOW), [], Start()),
        (Rules(opens_at=NOW + TICK), [], Start(Refusal.NOT_OPEN, NOW + TICK)),
        (Rules(closes_at=NOW + TICK), [], Start()),
        (Rules(closes_at=NOW), [], Start(Refusal.CLOSED)),
        (Rules(attempts_allowed=2), [NOW], Start(left=1)),
        (Rules(attempts_allowed=2), [NOW] * 2, Start(Refusal.NONE_LEFT, left=0)),
        (Rules(attempts_allowed=1), [NOW] * 2, Start(Refusal.NONE_LEFT, left=0)),
        (Rules(attempts_allowed=1, closes_at=NOW), [NOW], Start(Refusal.CLOSED, left=0)),
        (Rules(pause=HOUR), [NOW - HOUR, NOW - 2 * HOUR], Start()),
        (Rules(pause=HOUR), [NOW - HOUR + TICK, NOW - 2 * HOUR], Start(Refusal.PAUSE, NOW + TICK)),
        (Rules(pause=HOUR, opens_at=NOW + 2 * HOUR), [NOW], Start(Refusal.PAUSE, NOW + 2 * HOUR)),
        (Rules(pause=HOUR, opens_at=NOW - HOUR), [NOW], Start(Refusal.PAUSE, NOW + HOUR)),
        (Rules(pause=HOUR, closes_at=NOW + HOUR), [NOW], Start(Refusal.PAUSE)),
        (Rules(pause=HOUR, attempts_allowed=3), [NOW], Start(Refusal.PAUSE, NOW + HOUR, left=2)),
        (Rules(opens_at=NOW + TICK, attempts_allowed=3), [], Start(Refusal.NOT_OPEN, NOW + TICK, left=3)),
        (Rules(pause=HOUR, closes_at=NOW + HOUR + TICK), [NOW], Start(Refusal.PAUSE, NOW + HOUR)),
    ],
)
def test_may_start(one: Rules, handed_in: list[datetime], expected: Start) -> None:
    assert may_start(one, handed_in, NOW) == expected
    assert expected.is_allowed is (expected.refusal is None)


@given(rules, st.lists(moments, max_size=4), moments)
def test_a_start_refused_until_some_moment_isnt_refused_for_the_same_reason_then(
    one: Rules, handed_in: list[datetime], now: datetime
) -> None:
    start = may_start(one, handed_in, now)
    if start.at:
        assert start.at > now
        assert may_start(one, handed_in, start.at).refusal in {None, Refusal.CLOSED}


@pytest.mark.parametrize(
    ("limit", "extra", "closes_at", "expected"),
    [
        (None, 50, None, None),
        (None, 50, NOW + HOUR, NOW + HOUR),
        (HOUR, 0, None, NOW + HOUR),
        (HOUR, 50, None, NOW + 1.5 * HOUR),
        (HOUR, 200, NOW + 4 * HOUR, NOW + 3 * HOUR),
        (HOUR, 50, NOW + HOUR, NOW + HOUR),
    ],
)
def test_due_at(limit: timedelta | None, extra: int, closes_at: datetime | None, expected: datetime | None) -> None:
    assert Rules(time_limit=limit, closes_at=closes_at).due_at(NOW, extra) == expected


def test_the_time_is_over_after_the_grace_of_the_network() -> None:
    assert not is_over(None, NOW)
    assert not is_over(NOW, NOW + GRACE)
    assert is_over(NOW, NOW + GRACE + TICK)


def test_a_late_answer_is_kept_for_a_day() -> None:
    assert not keeps_late(None, NOW)
    assert not keeps_late(NOW, NOW + GRACE)
    assert keeps_late(NOW, NOW + GRACE + TICK)
    assert keeps_late(NOW, NOW + LATE_IS_KEPT)
    assert not keeps_late(NOW, NOW + LATE_IS_KEPT + TICK)


@pytest.mark.parametrize("policy", FeedbackPolicy)
def test_no_feedback_on_the_whole_before_handing_in(policy: FeedbackPolicy) -> None:
    assert not Rules(feedback=policy).shows_feedback(NOW, is_handed_in=False)


@pytest.mark.parametrize(
    ("frozen", "moved", "shown_at"),
    [(NOW, None, NOW), (NOW, NOW + HOUR, NOW + HOUR), (NOW + HOUR, NOW, NOW + HOUR), (None, NOW, NOW)],
)
def test_feedback_after_closing_waits_for_the_later_closing(
    frozen: datetime | None, moved: datetime | None, shown_at: datetime
) -> None:
    one = Rules(feedback=FeedbackPolicy.AFTER_CLOSING, closes_at=frozen)
    assert one.feedback_at(moved) == shown_at + GRACE
    assert one.shows_feedback(shown_at + GRACE, is_handed_in=True, closes_at=moved)
    assert not one.shows_feedback(shown_at + GRACE - TICK, is_handed_in=True, closes_at=moved)


def test_feedback_that_waits_for_no_closing_comes_with_the_result() -> None:
    for one in (Rules(), Rules(feedback=FeedbackPolicy.AT_ONCE), Rules(feedback=FeedbackPolicy.AFTER_CLOSING)):
        assert one.shows_feedback(NOW, is_handed_in=True)
        assert one.feedback_at() is None


@pytest.mark.parametrize(
    ("method", "rows", "expected"),
    [
        (ScoreMethod.BEST, [PASSED, FAILED], PASSED),
        (ScoreMethod.BEST, [FAILED, PASSED, FULL], FULL),
        (ScoreMethod.BEST, [Result(Fraction(9, 10), False), PASSED], PASSED),
        (ScoreMethod.LAST, [PASSED, FAILED], FAILED),
        (ScoreMethod.FIRST, [FAILED, PASSED], FAILED),
        (ScoreMethod.AVERAGE, [FAILED, PASSED], Result(Fraction(1, 2), True)),
        (ScoreMethod.AVERAGE, [FAILED, FAILED], Result(Fraction(1, 3), False)),
    ],
)
def test_combined(method: ScoreMethod, rows: list[Result], expected: Result) -> None:
    assert combined(method, rows, Decimal("0.5")) == expected


@given(st.sampled_from(ScoreMethod), results, st.decimals(0, 1, places=3))
def test_combined_stays_between_the_worst_and_the_best(
    method: ScoreMethod, rows: list[Result], mastery: Decimal
) -> None:
    result = combined(method, rows, mastery)
    assert result is not None
    shares = [row.share for row in rows]
    assert min(shares) <= result.share <= max(shares)
    assert combined(method, rows[:1], Decimal(0)) is not None


@pytest.mark.parametrize("method", ScoreMethod)
def test_combined_of_nothing_is_nothing(method: ScoreMethod) -> None:
    assert combined(method, [], Decimal("0.5")) is None
