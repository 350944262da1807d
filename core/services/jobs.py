"""Jobs in the database: who runs them, what a killed worker left, what failed and is run again.

django-tasks-db leaves the job of a killed worker RUNNING for ever and tries no job twice. Each job is idempotent, so one that was left is
simply run again; one that was left three times isn't, since it may be what kills the workers.
"""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus, task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max
from wagtail.log_actions import log

from core.domain.jobs import TRIES, StoppedTooOften, is_alive, may_be_tried_again
from core.models import JobWorker, LongJob
from core.services.long_jobs import LONG_JOB, stop_long_job

ALIAS = "jobs"
"""Of the queue in settings.TASKS that is ours; “default” is Wagtail's."""

Job = DBTaskResult[Any, Any]
READY, RUNNING, FAILED, DONE = (
    TaskResultStatus.READY,
    TaskResultStatus.RUNNING,
    TaskResultStatus.FAILED,
    TaskResultStatus.SUCCESSFUL,
)


def begin_working(*, worker: str, now: datetime) -> int:
    """A process begins to run jobs. Those that its namesake left, being dead, are taken up at once; how many."""
    JobWorker.objects.update_or_create(name=worker, defaults={"started_at": now, "seen_at": now, "stopped_at": None})
    left = [job for job in _jobs(RUNNING) if job.worker_ids[-1:] == [worker]]
    return len([job for job in left if _take_up(job, now)])


def keep_working(*, worker: str, now: datetime) -> None:
    JobWorker.objects.filter(name=worker).update(seen_at=now)


def stop_working(*, worker: str, now: datetime) -> None:
    JobWorker.objects.filter(name=worker).update(seen_at=now, stopped_at=now)


def take_up_left_jobs(*, now: datetime) -> int:
    """Let run again what workers left that were killed; what was left too often has failed. How many were left."""
    alive = _alive(now)
    left = [job for job in _jobs(RUNNING) if not alive.intersection(job.worker_ids[-1:])]
    return len([job for job in left if _take_up(job, now)])


def run_waiting_jobs(*, now: datetime) -> int:
    """Run here what waits while no worker is there to run it; how many."""
    if _alive(now):
        return 0
    worker, ran = _worker(), 0
    begin_working(worker=worker.worker_id, now=now)
    try:
        while job := _claimed(worker.worker_id):
            worker.run_task(job)
            ran += 1
    finally:
        stop_working(worker=worker.worker_id, now=now)
    return ran


def run_job_again(*, job_id: UUID, by: AbstractBaseUser, now: datetime) -> bool:
    """Let a job that failed be tried anew; False where it has been let already. Where jobs run at once, it runs now."""
    with transaction.atomic():
        job = DBTaskResult.objects.select_for_update().get(pk=job_id, backend_name=ALIAS)
        if job.status != FAILED:
            return False
        _make_ready(job, worker_ids=[])
        _long_jobs(job).update(error="", moved_at=now)
        log(job, "piawai.run_again", user=by, title=job.task_name, data={"error": job.exception_class_path})
        if not isinstance(task_backends[ALIAS], DatabaseBackend):
            transaction.on_commit(partial(run_waiting_jobs, now=now))
    return True


def keep_failed_job(*, task_path: str, arguments: dict[str, Any], error: str, traceback: str, now: datetime) -> None:
    """Keep a job that ran at once and failed, so that it is seen and can be run again."""
    job = DBTaskResult.objects.create(
        task_path=task_path,
        args_kwargs=arguments,
        backend_name=ALIAS,
        run_after=get_date_max(),
        started_at=now,
        finished_at=now,
        status=FAILED,
        exception_class_path=error,
        traceback=traceback,
    )
    DBTaskResult.objects.filter(pk=job.pk).update(enqueued_at=now)


def forget_old_jobs(*, now: datetime) -> int:
    """Forget jobs, long jobs and workers that were over long ago (JOBS_KEPT_DAYS; three times that for what failed); how many."""
    kept = timedelta(days=settings.JOBS_KEPT_DAYS)
    old, older = now - kept, now - 3 * kept
    gone = [
        DBTaskResult.objects.filter(status=DONE, finished_at__lt=old),
        DBTaskResult.objects.filter(status=FAILED, finished_at__lt=older),
        LongJob.objects.filter(finished_at__lt=old),
        JobWorker.objects.filter(seen_at__lt=old),
    ]
    return sum(rows.delete()[0] for rows in gone)


def worker_name() -> str:
    """Of this process, for who reads it on the operations page."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{get_random_string(6)}"


def _jobs(status: str) -> QuerySet[Job]:
    return DBTaskResult.objects.filter(backend_name=ALIAS, status=status)


def _alive(now: datetime) -> set[str]:
    return {worker.name for worker in JobWorker.objects.filter(stopped_at=None) if is_alive(worker.seen_at, now)}


@transaction.atomic
def _take_up(found: Job, now: datetime) -> bool:
    """Whether it was still left when it was locked."""
    job = DBTaskResult.objects.select_for_update().get(pk=found.pk)
    if (job.status, job.worker_ids) != (RUNNING, found.worker_ids):
        return False
    if may_be_tried_again(len(job.worker_ids)):
        _make_ready(job, worker_ids=job.worker_ids)
    else:
        _give_up(job, now)
    return True


def _make_ready(job: Job, *, worker_ids: list[str]) -> None:
    job.status, job.worker_ids, job.started_at, job.finished_at = READY, worker_ids, None, None
    job.save(update_fields=["status", "worker_ids", "started_at", "finished_at"])


def _give_up(job: Job, now: datetime) -> None:
    words = f"Its worker was stopped each of the {TRIES} times that it ran ({', '.join(job.worker_ids)})."
    job.status, job.finished_at, job.traceback = FAILED, now, words
    job.exception_class_path = f"{StoppedTooOften.__module__}.{StoppedTooOften.__qualname__}"
    job.save(update_fields=["status", "finished_at", "traceback", "exception_class_path"])
    for long_job in _long_jobs(job):
        stop_long_job(public_id=long_job.public_id, error=words, now=now)


def _long_jobs(job: Job) -> QuerySet[LongJob]:
    """The long job that this job does; none for another kind of job."""
    ids = job.args_kwargs["args"][:1] if job.task_path == LONG_JOB else []
    return LongJob.objects.filter(public_id__in=ids)


@transaction.atomic
def _claimed(worker: str) -> Job | None:
    job: Job | None = DBTaskResult.objects.ready().filter(backend_name=ALIAS).get_locked()
    if job is not None:
        job.claim(worker)
    return job


def _worker() -> Worker:
    """One whose `run_task` is used: it keeps the outcome of a job in its row. Its loop would close the caller's connection."""
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_name(),
        excluded_queue_names=[],
    )
