"""Jobs as they stand in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from core.models import LongJob
from tests.factories.people import NOW

FAILED, READY = TaskResultStatus.FAILED, TaskResultStatus.READY


def job(status: str = READY, at: datetime = NOW, **values: Any) -> DBTaskResult:
    """One that sets certificate 7."""
    given = {
        "task_path": "certificates.tasks.render_issued_certificate",
        "args_kwargs": {"args": [7], "kwargs": {}},
        "backend_name": "jobs",
        "run_after": get_date_max(),
    }
    made = DBTaskResult.objects.create(status=status, **given | values)
    DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=at)
    made.refresh_from_db()
    return made


def failed_job(**values: Any) -> DBTaskResult:
    given = {
        "finished_at": NOW,
        "exception_class_path": "builtins.OSError",
        "traceback": "Traceback (most recent call last):\nOSError: The storage is away",
        "worker_ids": ["one"],
    }
    return job(FAILED, **given | values)


def long_job(**values: Any) -> LongJob:
    given = {"kind": "counting", "created_at": NOW, "started_at": NOW, "moved_at": NOW, "done": 1200, "total": 4000}
    return LongJob.objects.create(**given | values)
