"""Whether the site can serve, and whether what works beside it does its work."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max, Min
from django_tasks_db.models import DBTaskResult

from core.domain.jobs import is_alive, waits_too_long
from core.models import DueWorkRun, JobWorker
from core.services.jobs import ALIAS

DUE_WORK_RESTS_AT_MOST = timedelta(days=1)


def needs() -> dict[str, bool]:
    """What the site can't do without, and whether each is there: the database answers, and its tables are up to date."""
    try:
        executor = MigrationExecutor(connection)
        is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return {"database": False, "migrations": False}
    return {"database": True, "migrations": is_migrated}


def watched(now: datetime) -> dict[str, bool]:
    """What the site serves without, for a while: jobs are run, and `run_due` has run within a day. Ask `needs` first."""
    return {"jobs": _jobs_run(now), "run_due": _due_work_is_done(now)}


def _jobs_run(now: datetime) -> bool:
    """No job waits too long, and where a worker has to run them, one lives."""
    waiting = DBTaskResult.objects.filter(backend_name=ALIAS).ready().aggregate(since=Min("enqueued_at"))
    if waits_too_long(waiting["since"], now):
        return False
    return settings.JOBS == "immediate" or any(
        is_alive(worker.seen_at, now) for worker in JobWorker.objects.filter(stopped_at=None)
    )


def _due_work_is_done(now: datetime) -> bool:
    last = DueWorkRun.objects.aggregate(at=Max("started_at"))["at"]
    return last is not None and now - last <= DUE_WORK_RESTS_AT_MOST
