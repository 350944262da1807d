from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.grading import Certainty
from quizzes.domain.recall import (
    LONGEST_INTERVAL,
    MemoryState,
    Rating,
    rating_of,
    remember,
    retrievability,
    review,
    strength,
)

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ratings = st.sampled_from(Rating)
gaps = st.timedeltas(timedelta(0), timedelta(days=800))
histories = st.lists(st.tuples(ratings, gaps), min_size=1, max_size=30)


def at_times(history: list[tuple[Rating, timedelta]]) -> list[tuple[Rating, datetime]]:
    """Ratings with the moment of each, from the gaps between them."""
    moment, reviews = NOW, []
    for rating, gap in history:
        moment += gap
        reviews.append((rating, moment))
    return reviews


def state_after(history: list[tuple[Rating, timedelta]]) -> MemoryState:
    state = remember(at_times(history))
    assert state is not None
    return state


@pytest.mark.parametrize(
    ("mark", "said", "rating"),
    [
        ("0", {}, Rating.AGAIN),
        ("-1", {"certainty": Certainty.SURE}, Rating.AGAIN),
        ("49/100", {}, Rating.AGAIN),
        ("1/2", {"seconds": 5}, Rating.HARD),
        ("1", {}, Rating.GOOD),
        ("1", {"seconds": 11}, Rating.GOOD),
        ("1", {"seconds": 10}, Rating.EASY),
        ("1", {"seconds": 2}, Rating.EASY),
        ("1", {"seconds": 1}, Rating.GOOD),
        ("1", {"certainty": Certainty.SURE}, Rating.EASY),
        ("1", {"certainty": Certainty.GUESSED}, Rating.GOOD),
        ("1", {"is_hinted": True, "certainty": Certainty.SURE, "seconds": 5}, Rating.HARD),
        ("0", {"is_hinted": True}, Rating.AGAIN),
    ],
)
def test_rating_of(mark: str, said: dict[str, object], rating: Rating) -> None:
    assert rating_of(Fraction(mark), **said) is rating  # type: ignore[arg-type]


def test_first_reviews_come_back_as_the_library_says() -> None:
    days = {rating: (review(None, rating, NOW).due_at - NOW).days for rating in Rating}

    assert days == {Rating.AGAIN: 1, Rating.HARD: 1, Rating.GOOD: 2, Rating.EASY: 8}


def test_what_is_known_again_when_it_is_due_lasts_longer_each_time() -> None:
    state = review(None, Rating.GOOD, NOW)
    days = []
    for _ in range(4):
        days.append((state.due_at - state.reviewed_at).days)
        state = review(state, Rating.GOOD, state.due_at)

    assert days == sorted(set(days))
    assert days[-1] > 30


def test_what_is_forgotten_comes_back_sooner_than_before() -> None:
    known = remember([(Rating.EASY, NOW), (Rating.EASY, NOW + 8 * DAY)])
    assert known is not None

    forgotten = review(known, Rating.AGAIN, known.due_at)

    assert forgotten.due_at - known.due_at < known.due_at - NOW
    assert forgotten.difficulty > known.difficulty


def test_nothing_reviewed_is_no_state() -> None:
    assert remember([]) is None


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=8)))

    assert review(None, Rating.GOOD, there) == review(None, Rating.GOOD, NOW)
    assert review(None, Rating.GOOD, there).reviewed_at.tzinfo is UTC


@given(histories)
def test_the_next_review_is_a_day_to_a_year_away(history: list[tuple[Rating, timedelta]]) -> None:
    state = state_after(history)

    assert DAY <= state.due_at - state.reviewed_at <= LONGEST_INTERVAL * DAY
    assert state.stability > 0
    assert 1 <= state.difficulty <= 10


@given(histories, gaps, gaps)
def test_it_fades_and_never_comes_back_by_itself(
    history: list[tuple[Rating, timedelta]], first: timedelta, more: timedelta
) -> None:
    state = state_after(history)
    sooner, later = (
        retrievability(state, state.reviewed_at + first),
        retrievability(state, state.reviewed_at + first + more),
    )

    assert retrievability(state, state.reviewed_at) == 1
    assert 0 < later <= sooner <= 1


@given(histories, gaps)
def test_a_better_answer_lasts_longer(history: list[tuple[Rating, timedelta]], gap: timedelta) -> None:
    before = state_after(history)
    lasting = [review(before, rating, before.reviewed_at + gap).stability for rating in Rating]

    assert lasting == sorted(lasting)


@given(histories)
def test_the_same_reviews_always_come_to_the_same(history: list[tuple[Rating, timedelta]]) -> None:
    reviews = at_times(history)
    half = len(reviews) // 2
    state = remember(reviews[:half])
    for rating, at in reviews[half:]:
        state = review(state, rating, at)

    assert state == remember(reviews)


@given(histories)
def test_a_state_goes_through_json_and_comes_back(history: list[tuple[Rating, timedelta]]) -> None:
    state = state_after(history)
    read = json.loads(json.dumps(asdict(state), default=datetime.isoformat))
    for moment in ("reviewed_at", "due_at"):
        read[moment] = datetime.fromisoformat(read[moment])

    assert MemoryState(**read) == state


def test_strength_tells_right_from_wrong_at_once_and_fades() -> None:
    wrong, right, easy = (review(None, rating, NOW) for rating in (Rating.AGAIN, Rating.GOOD, Rating.EASY))
    assert retrievability(wrong, NOW) == retrievability(right, NOW) == 1
    assert strength(wrong, NOW) < strength(right, NOW) < strength(easy, NOW) < 1
    assert strength(right, NOW) == retrievability(right, NOW + timedelta(days=7))
    assert strength(right, NOW + timedelta(days=1)) < strength(right, NOW)
