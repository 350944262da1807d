"""Jobs that wait, that a killed worker left, that failed: where they are found again, and that each is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from core.models import JobWorker, LongJob
from core.services import (
    begin_working,
    forget_old_jobs,
    keep_working,
    run_job_again,
    run_waiting_jobs,
    stop_working,
    take_up_left_jobs,
)
from tests.core.jobs import RAN, fail, note
from tests.factories.people import NOW, UserFactory

pytestmark = pytest.mark.django_db
READY, RUNNING, FAILED, DONE = (
    TaskResultStatus.READY,
    TaskResultStatus.RUNNING,
    TaskResultStatus.FAILED,
    TaskResultStatus.SUCCESSFUL,
)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def ran():
    RAN.clear()
    return RAN


@pytest.fixture
def by_worker(settings):
    settings.TASKS = {**settings.TASKS, "jobs": {"BACKEND": settings.JOB_BACKENDS["database"]}}


def enqueue(number: int = 1, job=note) -> DBTaskResult:
    return job.enqueue(number).db_result


def claimed(*workers: str, number: int = 1) -> DBTaskResult:
    """A job that these workers took up, one after the other, and didn't finish."""
    job = enqueue(number)
    for worker in workers:
        job.claim(worker)
    return job


def status(job: DBTaskResult) -> str:
    job.refresh_from_db()
    return job.status


def only_job() -> DBTaskResult:
    return DBTaskResult.objects.get()


# Left behind


@pytest.mark.usefixtures("by_worker")
def test_the_job_of_a_worker_that_lives_is_left_to_it():
    begin_working(worker="one", now=NOW)
    job = claimed("one")
    keep_working(worker="one", now=LATER)

    assert take_up_left_jobs(now=LATER + timedelta(seconds=60)) == 0
    assert status(job) == RUNNING


@pytest.mark.usefixtures("by_worker")
def test_the_job_of_a_silent_worker_is_taken_up_once():
    begin_working(worker="one", now=NOW)
    job = claimed("one")

    assert [take_up_left_jobs(now=LATER), take_up_left_jobs(now=LATER)] == [1, 0]
    assert (status(job), job.started_at, job.worker_ids) == (READY, None, ["one"])


@pytest.mark.usefixtures("by_worker")
@pytest.mark.parametrize("how", ["stopped", "unknown"])
def test_the_job_of_a_worker_that_is_not_there_is_taken_up(how):
    if how == "stopped":
        begin_working(worker="one", now=NOW)
        stop_working(worker="one", now=NOW)
    job = claimed("one")

    assert take_up_left_jobs(now=NOW) == 1
    assert status(job) == READY


@pytest.mark.usefixtures("by_worker")
def test_a_worker_of_the_same_name_takes_up_what_it_left_at_once():
    begin_working(worker="one", now=NOW)
    mine, other = claimed("other", "one"), claimed("one", "other")

    assert begin_working(worker="one", now=NOW) == 1
    assert (status(mine), status(other)) == (READY, RUNNING)


@pytest.mark.usefixtures("by_worker")
def test_a_job_left_three_times_has_failed_and_says_so():
    job = claimed("one", "two", "three")

    assert take_up_left_jobs(now=NOW) == 1
    assert (status(job), job.finished_at) == (FAILED, NOW)
    assert "stopped each of the 3 times" in job.traceback
    assert job.exception_class_path == "core.domain.jobs.StoppedTooOften"
    assert take_up_left_jobs(now=NOW) == 0


@pytest.mark.usefixtures("by_worker")
def test_what_was_finished_in_between_is_not_taken_up(monkeypatch):
    """Between finding it and locking it, the worker that was taken for dead comes to its end."""
    from core.services import jobs

    job = claimed("one")
    alive = jobs._alive

    def finish_meanwhile(now):
        job.set_successful(None)
        return alive(now)

    found = jobs._jobs(RUNNING)
    list(found)
    monkeypatch.setattr(jobs, "_jobs", lambda status: found)
    monkeypatch.setattr(jobs, "_alive", finish_meanwhile)

    assert take_up_left_jobs(now=NOW) == 0
    assert status(job) == DONE


# Run where no worker is


@pytest.mark.usefixtures("by_worker")
def test_what_waits_is_run_where_no_worker_lives(ran):
    jobs = [enqueue(1), enqueue(2, fail), enqueue(3)]

    assert run_waiting_jobs(now=NOW) == 3
    assert ran == [1, 3]
    assert [status(job) for job in jobs] == [DONE, FAILED, DONE]
    assert JobWorker.objects.get().stopped_at == NOW
    assert run_waiting_jobs(now=NOW) == 0


@pytest.mark.usefixtures("by_worker")
def test_what_waits_is_left_to_a_worker_that_lives(ran):
    begin_working(worker="one", now=NOW)
    enqueue()

    assert run_waiting_jobs(now=NOW) == 0
    assert ran == []


# Failed


def test_a_job_that_ran_at_once_and_failed_is_kept():
    fail.enqueue(7)
    note.enqueue(8)

    job = only_job()
    assert (job.status, job.args_kwargs) == (FAILED, {"args": [7], "kwargs": {}})
    assert job.exception_class_path == "builtins.ValueError"
    assert "Number 7 is spoilt" in job.traceback


def test_a_job_of_another_queue_is_not_kept(indexing):
    fail.using(backend="default").enqueue(7)

    assert not DBTaskResult.objects.exists()


def test_a_failed_job_runs_again_at_once_where_jobs_do(django_capture_on_commit_callbacks, ran, monkeypatch):
    administrator = UserFactory()
    fail.enqueue(7)
    job = only_job()
    DBTaskResult.objects.update(task_path="tests.core.jobs.note")  # mended

    with django_capture_on_commit_callbacks(execute=True):
        again = [run_job_again(job_id=job.pk, by=administrator, now=NOW) for _ in range(2)]

    assert again == [True, False]
    assert ran == [7]
    assert status(job) == DONE
    entry = ModelLogEntry.objects.get(action="piawai.run_again")
    assert (entry.user, entry.object_id) == (administrator, str(job.pk))


def test_a_job_that_fails_again_is_still_one(django_capture_on_commit_callbacks):
    fail.enqueue(7)
    job = only_job()

    with django_capture_on_commit_callbacks(execute=True):
        run_job_again(job_id=job.pk, by=UserFactory(), now=NOW)

    assert status(only_job()) == FAILED


@pytest.mark.usefixtures("by_worker")
def test_a_failed_job_waits_for_its_worker_with_all_its_tries(django_capture_on_commit_callbacks, ran):
    job = claimed("one", "two", "three")
    take_up_left_jobs(now=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        run_job_again(job_id=job.pk, by=UserFactory(), now=NOW)

    assert (status(job), job.worker_ids, ran) == (READY, [], [])


# Forgotten


@pytest.mark.usefixtures("by_worker")
def test_what_is_long_over_is_forgotten():
    done, failed, waits = enqueue(1), enqueue(2), enqueue(3)
    DBTaskResult.objects.filter(pk=done.pk).update(status=DONE, finished_at=NOW)
    DBTaskResult.objects.filter(pk=failed.pk).update(status=FAILED, finished_at=NOW)
    LongJob.objects.create(kind="counting", created_at=NOW, finished_at=NOW)
    begin_working(worker="one", now=NOW)

    assert forget_old_jobs(now=NOW + timedelta(days=30)) == 0
    assert forget_old_jobs(now=NOW + timedelta(days=31)) == 3
    assert set(DBTaskResult.objects.all()) == {failed, waits}
    assert forget_old_jobs(now=NOW + timedelta(days=91)) == 1
    assert only_job() == waits
