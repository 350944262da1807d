"""The immediate backend of django-tasks, and how SQLite is opened."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django_tasks import task

RAN: list[int] = []


@task()
def note(number: int) -> None:
    RAN.append(number)


@pytest.mark.django_db(transaction=True)
def test_an_immediate_job_runs_before_a_rollback(indexing):
    """So a receiver enqueues in `transaction.on_commit`, never at once."""
    RAN.clear()

    def roll_back() -> None:
        with transaction.atomic():
            note.enqueue(1)
            transaction.on_commit(lambda: note.enqueue(2))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        roll_back()

    assert RAN == [1]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own settings")
@pytest.mark.django_db
def test_sqlite_is_opened_with_wal():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own settings")
@pytest.mark.django_db(transaction=True)
def test_a_transaction_on_sqlite_takes_the_write_lock_when_it_begins():
    statements: list[str] = []
    connection.ensure_connection()
    connection.connection.set_trace_callback(statements.append)
    try:
        with transaction.atomic():
            pass
    finally:
        connection.connection.set_trace_callback(None)

    assert statements[0] == "BEGIN IMMEDIATE"
