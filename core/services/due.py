"""Doing what is due: each kind of work by one process at a time, and on record."""

from __future__ import annotations

import fcntl
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connection

from core.models import DueWorkRun

LONGEST_ERROR = 8000


@contextmanager
def only_one_at_a_time(*, name: str) -> Iterator[bool]:
    """Whether this process is the one that may do the work of that name now; nobody waits.

    The lock goes with the process or connection that holds it, so that a killed run keeps no later one waiting, whatever the
    clock says. On SQLite, which is on one machine, it is a file beside the database, and one for all names.
    """
    lock = _database_lock(name) if connection.vendor == "postgresql" else _file_lock()
    with lock as is_ours:
        yield is_ours


@contextmanager
def _database_lock(name: str) -> Iterator[bool]:  # only on PostgreSQL
    key = f"piawai due work: {name}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        # Where the connection broke, the lock is gone already.
        with suppress(DatabaseError), connection.cursor() as cursor:
            if is_ours:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


@contextmanager
def _file_lock() -> Iterator[bool]:
    with Path(f"{connection.settings_dict['NAME']}-run_due").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def leave_broken_connection() -> None:
    """Let Django make a new connection after the database was away, so that the next work finds one."""
    if connection.errors_occurred and not connection.is_usable():  # only on PostgreSQL
        connection.close()


def begin_due_work(*, name: str, now: datetime) -> None:
    begun = {"started_at": now, "finished_at": None, "done": 0, "error": ""}
    DueWorkRun.objects.update_or_create(name=name, defaults=begun)


def finish_due_work(*, name: str, done: int = 0, error: Exception | None = None, now: datetime) -> None:
    told = "".join(traceback.format_exception(error))[-LONGEST_ERROR:] if error else ""
    DueWorkRun.objects.filter(name=name).update(finished_at=now, done=done, error=told)
