from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from outbox.domain.retrying import PAUSES, next_try

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(("tries", "pause"), list(enumerate(PAUSES, start=1)))
def test_each_pause_is_longer(tries: int, pause: timedelta) -> None:
    assert next_try(tries, NOW) == NOW + pause
    assert list(PAUSES) == sorted(PAUSES)


def test_after_the_last_it_is_given_up() -> None:
    assert next_try(len(PAUSES) + 1, NOW) is None
    assert next_try(len(PAUSES) + 5, NOW) is None
