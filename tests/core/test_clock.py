from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from core import clock
from tests.factories.people import NOW


def test_now_is_aware_and_real():
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_set_clock_stands_still_and_goes_on_afterwards():
    with clock.set_to(NOW):
        assert clock.now() == NOW
        with clock.set_to(NOW + timedelta(days=1)):
            assert clock.now() == NOW + timedelta(days=1)
        assert clock.now() == NOW

    assert clock.now() != NOW


def test_clock_goes_on_after_an_error():
    with pytest.raises(ZeroDivisionError), clock.set_to(NOW):
        raise ZeroDivisionError

    assert clock.now() != NOW


def test_clock_refuses_a_naive_moment():
    with pytest.raises(ValueError, match="aware"), clock.set_to(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


def test_clock_set_in_one_thread_is_real_in_another():
    seen = []
    with clock.set_to(NOW):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()

    assert seen[0] != NOW
