"""A long job goes to work once it is written; a job that failed where it was asked for is kept for the operations page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.signals import task_finished

from core import clock
from core.models import LongJob
from core.services import keep_failed_job
from core.services.jobs import ALIAS
from core.signals import long_job_begun
from core.tasks import run_long_job


@receiver(long_job_begun, sender=LongJob, dispatch_uid="core.run_long_job")
def on_long_job_begun(sender: type[LongJob], job: LongJob, now: datetime, **kwargs: Any) -> None:
    def enqueue() -> None:
        run_long_job.enqueue(str(job.public_id))

    # Robust: one that can't be enqueued, or whose process is killed before, is sent to work by due work (begin_left_long_jobs).
    transaction.on_commit(enqueue, robust=True)


@receiver(task_finished, sender=ImmediateBackend, dispatch_uid="core.keep_failed_job")
def on_job_finished_at_once(sender: type[ImmediateBackend], task_result: TaskResult, **kwargs: Any) -> None:
    """A worker keeps each job in the database; one that runs at once would leave its error in the log only."""
    # What ran again from its row has its outcome there.
    is_kept = hasattr(task_result, "db_result")
    if task_result.backend == ALIAS and task_result.status == TaskResultStatus.FAILED and not is_kept:
        keep_failed_job(
            task_path=task_result.task.module_path,
            arguments={"args": task_result.args, "kwargs": task_result.kwargs},
            error=task_result.errors[0].exception_class_path,
            traceback=task_result.errors[0].traceback,
            now=clock.now(),
        )
