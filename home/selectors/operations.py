"""What works beside the site: due work, jobs and who runs them, long jobs with their progress."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django_tasks_db.models import DBTaskResult

from core.contributions import due_work, long_job_label, long_job_told
from core.domain.jobs import is_alive, waits_too_long
from core.models import DueWorkRun, JobWorker, LongJob
from core.services.jobs import ALIAS
from core.services.long_jobs import LONG_JOB
from home.enums import STORED, DueWorkState, JobState, LongJobState
from people.models import User

LATEST = 10
_STATE_OF = {stored: state for state, stored in STORED.items()}


@dataclass(frozen=True)
class DueWorkLine:
    """One kind of due work and its latest run; at: when that ended, or began where it hasn't."""

    name: str
    state: DueWorkState
    at: datetime | None = None
    done: int = 0
    error: str = ""


@dataclass(frozen=True)
class JobLine:
    """A job. at: when it came to its state. about: what it was called with; the long job in its stead where it does one."""

    id: UUID
    name: str | Promise
    about: str
    state: JobState
    at: datetime
    tries: int
    error: str
    traceback: str
    long_job: LongJob | None


@dataclass(frozen=True)
class LongJobReading:
    """is_quiet: it should be moving, and hasn't for a while. failed_job: the job to run again where it stopped."""

    job: LongJob
    label: str | Promise
    state: LongJobState
    is_quiet: bool
    told: str
    failed_job: UUID | None = None


def due_work_lines() -> list[DueWorkLine]:
    """Every kind that is registered, in the order in which `run_due` does them, and its latest run."""
    runs = {run.name: run for run in DueWorkRun.objects.all()}
    return [_due_work_line(name, runs.get(name)) for name in due_work()]


def job_counts() -> dict[JobState, int]:
    """How many jobs are in each state, every state named."""
    found = DBTaskResult.objects.filter(backend_name=ALIAS).order_by().values_list("status").annotate(Count("pk"))
    counts = dict(found)
    return {state: counts.get(state.stored, 0) for state in JobState}


def jobs_in_state(state: JobState | None) -> QuerySet[DBTaskResult[Any, Any]]:
    """The newest first; None: in any state."""
    jobs = DBTaskResult.objects.filter(backend_name=ALIAS).order_by("-enqueued_at", "pk")
    return jobs.filter(status=state.stored) if state else jobs


def job_lines(jobs: Iterable[DBTaskResult[Any, Any]]) -> list[JobLine]:
    """The jobs of a page, with what they do: one query for all of them."""
    jobs = list(jobs)
    ids = [job.args_kwargs["args"][0] for job in jobs if job.task_path == LONG_JOB]
    long_jobs = {str(job.public_id): job for job in LongJob.objects.filter(public_id__in=ids)}
    return [_job_line(job, long_jobs) for job in jobs]


def has_job(job_id: UUID) -> bool:
    return DBTaskResult.objects.filter(backend_name=ALIAS, pk=job_id).exists()


def workers_alive(now: datetime) -> list[JobWorker]:
    return [
        worker
        for worker in JobWorker.objects.filter(stopped_at=None).order_by("started_at")
        if is_alive(worker.seen_at, now)
    ]


def latest_long_jobs(now: datetime) -> list[LongJobReading]:
    latest = LongJob.objects.select_related("by").order_by("-created_at")[:LATEST]
    return [_long_job_reading(job, now) for job in latest]


def long_job_for_viewer(viewer: User, public_id: UUID, now: datetime) -> LongJobReading | None:
    """A long job of one's own; any for who operates the site."""
    mine = {} if viewer.has_perm("core.operate") else {"by": viewer}
    job = LongJob.objects.select_related("by").filter(public_id=public_id, **mine).first()
    return _long_job_reading(job, now, failed_job=_failed_job(job)) if job else None


def _due_work_line(name: str, run: DueWorkRun | None) -> DueWorkLine:
    if run is None:
        return DueWorkLine(name, DueWorkState.NEVER)
    if run.error:
        return DueWorkLine(name, DueWorkState.FAILED, run.finished_at, error=run.error)
    if run.finished_at is None:
        return DueWorkLine(name, DueWorkState.RUNNING, run.started_at)
    return DueWorkLine(name, DueWorkState.DONE, run.finished_at, run.done)


def _job_line(job: DBTaskResult[Any, Any], long_jobs: dict[str, LongJob]) -> JobLine:
    called_with = job.args_kwargs
    words = [*called_with["args"], *(f"{name}={value}" for name, value in called_with["kwargs"].items())]
    long_job = long_jobs.get(str(words[0])) if words and job.task_path == LONG_JOB else None
    return JobLine(
        id=job.pk,
        name=long_job_label(long_job.kind) if long_job else _name(job.task_path),
        about="" if long_job else ", ".join(map(str, words)),
        state=_STATE_OF[job.status],
        at=job.finished_at or job.started_at or job.enqueued_at,
        tries=len(job.worker_ids),
        error=job.exception_class_path.rpartition(".")[-1],
        traceback=job.traceback,
        long_job=long_job,
    )


def _name(task_path: str) -> str:
    """“Render issued certificate”, of the function that does it."""
    return task_path.rpartition(".")[-1].replace("_", " ").capitalize()


def _long_job_reading(job: LongJob, now: datetime, *, failed_job: UUID | None = None) -> LongJobReading:
    state = _long_job_state(job)
    return LongJobReading(
        job=job,
        label=long_job_label(job.kind),
        state=state,
        is_quiet=not state.is_over and waits_too_long(job.moved_at or job.created_at, now),
        told=long_job_told(job.kind, job.result) if job.finished_at else "",
        failed_job=failed_job,
    )


def _long_job_state(job: LongJob) -> LongJobState:
    if job.finished_at:
        return LongJobState.DONE
    if job.error:
        return LongJobState.STOPPED
    return LongJobState.RUNNING if job.started_at else LongJobState.WAITING


def _failed_job(job: LongJob) -> UUID | None:
    failed = jobs_in_state(JobState.FAILED).filter(task_path=LONG_JOB, args_kwargs__args=[str(job.public_id)])
    return failed.values_list("pk", flat=True).first() if not job.finished_at else None
