"""The worker of our queue, as a process of its own would run it."""

from __future__ import annotations

import logging
import signal
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.management.commands import db_worker
from core.models import JobWorker
from core.services import begin_working, keep_working
from tests.core.jobs import RAN, note
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db(transaction=True)

BEAT = timedelta(milliseconds=20)


@pytest.fixture(autouse=True)
def by_worker(settings, monkeypatch):
    """Jobs wait in the database; what the worker does to its process is undone."""
    settings.TASKS = {**settings.TASKS, "jobs": {"BACKEND": settings.JOB_BACKENDS["database"]}}
    monkeypatch.setattr(db_worker, "BEAT", BEAT)
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    loggers = [logging.getLogger(name) for name in ("django_tasks", "django_tasks_db")]
    levels = [logger.level for logger in loggers]
    RAN.clear()
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def work(*options: str) -> None:
    call_command("db_worker", "--batch", "--no-startup-delay", *options, verbosity=0)


def wait_until(is_so) -> None:
    for _ in range(500):
        if is_so():
            return
        time.sleep(0.02)
    raise AssertionError


def test_it_does_what_waits_and_says_that_it_came_and_went():
    note.enqueue(1)

    work()

    assert RAN == [1]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL
    worker = JobWorker.objects.get()
    assert worker.started_at <= worker.seen_at == worker.stopped_at


def test_it_takes_up_what_it_left_when_it_was_killed():
    job = note.enqueue(1).db_result
    begin_working(worker="one", now=NOW)
    job.claim("one")

    work("--worker-id", "one")

    assert RAN == [1]


def test_it_says_that_it_lives_while_a_job_takes_its_time():
    begin_working(worker="one", now=NOW)

    with db_worker.beating("one"):
        wait_until(lambda: JobWorker.objects.get().seen_at != NOW)


def test_it_goes_on_once_the_database_is_back(monkeypatch):
    asked = []

    def away_at_first(*, worker, now):
        asked.append(worker)
        if len(asked) == 1:
            raise DatabaseError
        keep_working(worker=worker, now=now)

    monkeypatch.setattr(db_worker, "keep_working", away_at_first)
    begin_working(worker="one", now=NOW)

    with db_worker.beating("one"):
        wait_until(lambda: JobWorker.objects.get().seen_at != NOW)


def test_where_jobs_run_at_once_there_is_nothing_for_it_to_do(settings):
    settings.TASKS = {**settings.TASKS, "jobs": {"BACKEND": settings.JOB_BACKENDS["immediate"]}}

    with pytest.raises(Exception, match="not a database backend"):
        work()
