"""django-tasks' worker for our queue, which also says that it lives."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from django.db import DatabaseError, connection
from django_tasks_db.management.commands import db_worker

from core import clock
from core.domain.jobs import BEAT
from core.services import begin_working, keep_working, stop_working, worker_name
from core.services.jobs import ALIAS

logger = logging.getLogger(__name__)


class Command(db_worker.Command):
    help = "Run the jobs that wait, and those to come, until it is stopped (JOBS=database)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(backend_name=ALIAS, queue_name="*", reload=False, worker_id=worker_name())

    def handle(self, *, worker_id: str, **options: Any) -> None:
        begin_working(worker=worker_id, now=clock.now())
        try:
            with beating(worker_id):
                super().handle(worker_id=worker_id, **options)
        finally:
            stop_working(worker=worker_id, now=clock.now())


@contextmanager
def beating(worker: str) -> Iterator[None]:
    """Within the block a thread of its own says every few seconds that the worker lives, however long its job takes."""
    is_over = Event()
    thread = Thread(target=_beat, args=(worker, is_over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _beat(worker: str, is_over: Event) -> None:
    while not is_over.wait(BEAT.total_seconds()):
        try:
            keep_working(worker=worker, now=clock.now())
        except DatabaseError:
            logger.warning("Worker %s can't say that it lives: the database is away.", worker)
            connection.close()
    connection.close()
