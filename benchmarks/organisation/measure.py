"""How long the database takes for what a page asks: by its own account, so that neither this process nor a busy machine counts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

ROUNDS = 5


def database_time(call: Callable[[], object]) -> tuple[float, int]:
    """Milliseconds of planning and carrying out all that it selects, the best of five each; and how many queries those are."""
    with CaptureQueriesContext(connection) as captured:
        call()
    selects = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    return sum(statement_time(statement) for statement in selects), len(selects)


def statement_time(statement: str, rounds: int = ROUNDS) -> float:
    """Milliseconds, the best of some rounds."""
    return min(_explained(statement) for _ in range(rounds))


def wall_time(call: Callable[[], object], rounds: int = 3) -> float:
    """Milliseconds of the clock, the best of some rounds: the machine may have other work."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return min(times)


def sql_of(call: Callable[[], object], table: str) -> str:
    """The first statement that selects from this table."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return next(query["sql"] for query in captured if f'FROM "{table}"' in query["sql"])


def _explained(statement: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}")
        told = cursor.fetchone()[0]
    plan = (json.loads(told) if isinstance(told, str) else told)[0]
    return float(plan["Planning Time"]) + float(plan["Execution Time"])
