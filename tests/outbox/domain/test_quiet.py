from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outbox.domain.quiet import QuietHours, first_moment_to_tell

NIGHT = QuietHours(time(21), time(8))
KUALA_LUMPUR = ZoneInfo("Asia/Kuala_Lumpur")
BERLIN = ZoneInfo("Europe/Berlin")

minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
moments = st.integers(1_262_304_000, 2_208_988_800).map(lambda second: datetime.fromtimestamp(second, UTC))
"""From 2010 to 2039."""


@pytest.mark.parametrize(
    ("local", "told"),
    [
        ("2026-11-24T09:00", "2026-11-24T09:00"),
        ("2026-11-24T20:59:59", "2026-11-24T20:59:59"),
        ("2026-11-24T21:00", "2026-11-25T08:00"),
        ("2026-11-24T23:30", "2026-11-25T08:00"),
        ("2026-11-25T00:00", "2026-11-25T08:00"),
        ("2026-11-25T07:59", "2026-11-25T08:00"),
        ("2026-11-25T08:00", "2026-11-25T08:00"),
    ],
)
def test_nobody_is_told_at_night(local: str, told: str) -> None:
    moment = datetime.fromisoformat(local).replace(tzinfo=KUALA_LUMPUR)

    assert first_moment_to_tell(moment, KUALA_LUMPUR, NIGHT) == datetime.fromisoformat(told).replace(
        tzinfo=KUALA_LUMPUR
    )


def test_quiet_hours_may_lie_within_a_day() -> None:
    noon = datetime(2026, 11, 24, 12, 30, tzinfo=KUALA_LUMPUR)

    told = first_moment_to_tell(noon, KUALA_LUMPUR, QuietHours(time(12), time(14)))

    assert told == datetime(2026, 11, 24, 14, tzinfo=KUALA_LUMPUR)


def test_without_quiet_hours_everything_is_told_at_once() -> None:
    midnight = datetime(2026, 11, 24, tzinfo=KUALA_LUMPUR)

    assert first_moment_to_tell(midnight, KUALA_LUMPUR, None) == midnight
    assert first_moment_to_tell(midnight, KUALA_LUMPUR, QuietHours(time(0), time(0))) == midnight


def test_an_end_that_the_change_of_clocks_leaves_out_is_an_hour_later() -> None:
    before = datetime(2026, 3, 29, 1, 0, tzinfo=BERLIN)

    told = first_moment_to_tell(before, BERLIN, QuietHours(time(22), time(2, 30)))

    assert told.astimezone(BERLIN).time() == time(3, 30)


def test_an_end_that_comes_twice_is_the_one_that_is_not_over() -> None:
    second_time = datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1)

    told = first_moment_to_tell(second_time, BERLIN, QuietHours(time(22), time(2, 30)))

    assert told - second_time.astimezone(UTC) == timedelta(minutes=20)


@given(moment=moments, begins=minutes, hours=st.integers(0, 16), more=st.integers(0, 59))
@example(moment=datetime(2026, 10, 25, 1, 10, tzinfo=UTC), begins=time(22), hours=4, more=30)
@settings(max_examples=20)
def test_it_is_never_quiet_then_nor_before_now_nor_a_day_late(
    moment: datetime, begins: time, hours: int, more: int
) -> None:
    ends = (datetime.combine(moment.date(), begins) + timedelta(hours=hours, minutes=more)).time()
    quiet = QuietHours(begins, ends)
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)

        told = first_moment_to_tell(moment, zone, quiet)

        assert not quiet.hold_at(told.astimezone(zone).time()), name
        assert moment <= told <= moment + timedelta(hours=24), name
