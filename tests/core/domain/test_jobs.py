from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.jobs import BEAT, MOST_WAITING, PATIENCE, is_alive, may_be_tried_again, waits_too_long

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(), True),
        (PATIENCE, True),
        (PATIENCE + INSTANT, False),
        (-PATIENCE, True),
        (-PATIENCE - INSTANT, False),  # the clock was set back
    ],
)
def test_a_worker_lives_while_it_was_seen_lately(ago, expected):
    assert is_alive(NOW - ago, NOW) is expected


def test_a_worker_may_miss_some_beats():
    assert PATIENCE > 3 * BEAT


def test_a_job_is_tried_three_times():
    assert [may_be_tried_again(tries) for tries in range(1, 5)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("since", "expected"),
    [(None, False), (NOW, False), (NOW - MOST_WAITING, False), (NOW - MOST_WAITING - INSTANT, True)],
)
def test_a_job_waits_too_long(since, expected):
    assert waits_too_long(since, NOW) is expected
