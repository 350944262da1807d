"""CPU time, queries, and two things measured in turn, so that a busy moment of the machine meets both."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

NO_QUERY = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def cpu(call: Callable[[], object]) -> float:
    """Milliseconds of this process's CPU."""
    began = time.process_time()
    call()
    return (time.process_time() - began) * 1000


def in_turn(*calls: Callable[[], object], rounds: int = 15) -> list[float]:
    """The median CPU time of each, after two rounds to warm up."""
    times: list[list[float]] = [[] for _ in calls]
    for number in range(rounds + 2):
        for call, taken in zip(calls, times, strict=True):
            milliseconds = cpu(call)
            if number > 1:
                taken.append(milliseconds)
    return [median(taken) for taken in times]


def median_time(call: Callable[[], object], rounds: int = 5) -> float:
    """Milliseconds of the clock, those of the database's own processes among them; the median, after one round to warm up."""
    times = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return median(times[1:])


def queries(call: Callable[[], object]) -> int:
    """How many queries it makes, beginnings and ends of transactions aside."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return sum(not query["sql"].startswith(NO_QUERY) for query in captured)
