"""Long work in steps: begun once, done in pieces, taken up where it was stopped."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import DatabaseError, transaction
from django.db.models.functions import Coalesce
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.contributions import Step, long_job_kind
from core.domain.jobs import MOST_WAITING
from core.models import LongJob
from core.signals import long_job_begun

LONG_JOB = "core.tasks.run_long_job"
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@transaction.atomic
def begin_long_job(
    *,
    kind: str,
    by: AbstractBaseUser | None,
    now: datetime,
    arguments: dict[str, Any] | None = None,
    key: str = "",
    url: str = "",
) -> LongJob:
    """Have it done in the background, once this transaction is committed.

    arguments: plain values, ids rather than contents. key: while one with it isn't finished, that one is given back and none begun.
    url: path of the page that shows what it works on.
    """
    long_job_kind(kind)
    values = {"by": by, "arguments": arguments or {}, "url": url, "created_at": now}
    if not key:
        job, is_new = LongJob.objects.create(kind=kind, **values), True
    else:
        job, is_new = LongJob.objects.get_or_create(kind=kind, key=key, finished_at=None, defaults=values)
    if is_new:
        long_job_begun.send(LongJob, job=job, now=now)
    return job


def take_long_job_step(*, public_id: UUID, now: datetime) -> bool:
    """Do the next piece of a long job; whether there is more to do.

    The piece and its progress are one transaction. Two at once take turns. A piece that fails leaves nothing, and its error on the job.
    """
    try:
        with transaction.atomic():
            job = LongJob.objects.select_for_update().get(public_id=public_id)
            return job.finished_at is None and _moved(job, _next_step(job, now), now)
    except LongJob.DoesNotExist:
        raise
    except Exception as error:
        with suppress(DatabaseError):  # of a database that is away, the first error is the one to tell
            stop_long_job(public_id=public_id, error=f"{type(error).__name__}: {error}", now=now)
        raise


def stop_long_job(*, public_id: UUID, error: str, now: datetime) -> None:
    """Say why it doesn't go on. It goes on once it is run again."""
    LongJob.objects.filter(public_id=public_id, finished_at=None).update(error=error, moved_at=now)


def begin_left_long_jobs(*, now: datetime) -> int:
    """Send to work again what hasn't moved for a while and has no job that would move it: its process was killed. How many."""
    silent = LongJob.objects.filter(finished_at=None, error="").annotate(at=Coalesce("moved_at", "created_at"))
    at_work = _at_work()
    left = [job for job in silent.filter(at__lt=now - MOST_WAITING) if str(job.public_id) not in at_work]
    for job in left:
        long_job_begun.send(LongJob, job=job, now=now)
    return len(left)


def _at_work() -> set[str]:
    """Ids of the long jobs that wait for a worker or have one."""
    jobs = DBTaskResult.objects.filter(task_path=LONG_JOB, status__in=UNFINISHED)
    return {called["args"][0] for called in jobs.values_list("args_kwargs", flat=True)}


def _next_step(job: LongJob, now: datetime) -> Step:
    return long_job_kind(job.kind).work(arguments=job.arguments, place=job.place, by=job.by, now=now)


def _moved(job: LongJob, step: Step, now: datetime) -> bool:
    job.started_at = job.started_at or now
    job.moved_at, job.error = now, ""
    job.done, job.total, job.place, job.result = step.done, step.total, step.place, step.result
    job.finished_at = now if step.is_last else None
    job.save(
        update_fields=["started_at", "moved_at", "error", "done", "total", "place", "result", "finished_at"],
    )
    return not step.is_last
