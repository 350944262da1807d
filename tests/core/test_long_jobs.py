"""Long work in steps: each step and its progress are kept together, and it goes on where it was stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from core import contributions
from core.contributions import LongJobKind, Step, long_job_label, register_long_job
from core.models import LongJob
from core.services import (
    begin_left_long_jobs,
    begin_long_job,
    begin_working,
    run_job_again,
    run_waiting_jobs,
    take_long_job_step,
    take_up_left_jobs,
)
from people.models import Team
from tests.factories.people import NOW, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spoilt(monkeypatch):
    """Names of teams at which the work fails."""
    found: set[str] = set()

    def rename(*, arguments: dict[str, Any], place: Any, by: Any, now: Any) -> Step:
        """One team a step."""
        teams = Team.objects.order_by("pk")
        team = teams.filter(pk__gt=place or 0).first()
        if team is None:
            return Step(0, 0, is_last=True)
        was, team.name = team.name, arguments["name"]
        team.save()
        if was in found:
            raise ValueError(f"{was} can't be renamed")
        done = teams.filter(pk__lte=team.pk).count()
        return Step(done, teams.count(), team.pk, done == teams.count(), {"renamed": done})

    monkeypatch.setattr(contributions, "_long_jobs", {})
    register_long_job(LongJobKind("renaming", "Teams renamed", rename))
    return found


@pytest.fixture
def by_worker(settings):
    settings.TASKS = {**settings.TASKS, "jobs": {"BACKEND": settings.JOB_BACKENDS["database"]}}


def begin(**values: Any) -> LongJob:
    return begin_long_job(kind="renaming", arguments={"name": "Harbour"}, now=NOW, **{"by": None, **values})


def names() -> list[str]:
    return list(Team.objects.order_by("pk").values_list("name", flat=True))


def test_it_is_done_after_the_transaction(django_capture_on_commit_callbacks):
    by = UserFactory()
    TeamFactory.create_batch(3)

    with django_capture_on_commit_callbacks(execute=True):
        job = begin(by=by)
        assert "Harbour" not in names()

    job.refresh_from_db()
    assert names() == ["Harbour"] * 3
    assert (job.done, job.total, job.result, job.error, job.by) == (3, 3, {"renamed": 3}, "", by)
    assert job.started_at
    assert job.finished_at


def test_each_step_keeps_its_progress_and_the_last_says_so():
    TeamFactory.create_batch(2)
    job = begin()

    assert take_long_job_step(public_id=job.public_id, now=NOW) is True
    job.refresh_from_db()
    assert (job.done, job.total, job.finished_at, names()[0]) == (1, 2, None, "Harbour")
    assert take_long_job_step(public_id=job.public_id, now=NOW) is False
    assert take_long_job_step(public_id=job.public_id, now=NOW) is False


def test_nothing_to_do_is_done_at_once():
    assert take_long_job_step(public_id=begin().public_id, now=NOW) is False


def test_a_kind_that_nobody_registered_is_refused():
    with pytest.raises(KeyError):
        begin_long_job(kind="counting", by=None, now=NOW)

    assert not LongJob.objects.exists()
    assert (long_job_label("renaming"), long_job_label("counting")) == ("Teams renamed", "counting")


def test_a_job_that_is_gone_is_no_job():
    job = begin()
    LongJob.objects.all().delete()

    with pytest.raises(LongJob.DoesNotExist):
        take_long_job_step(public_id=job.public_id, now=NOW)


def test_one_with_the_same_key_is_begun_once_until_it_is_finished():
    first = begin(key="everybody")

    assert begin(key="everybody") == first
    assert begin(key="somebody") != first
    assert begin() != begin()
    take_long_job_step(public_id=first.public_id, now=NOW)
    assert begin(key="everybody") != first


def test_a_step_that_fails_leaves_nothing_and_says_why(django_capture_on_commit_callbacks, spoilt):
    TeamFactory(name="North"), TeamFactory(name="South"), TeamFactory(name="West")
    spoilt.add("South")

    with django_capture_on_commit_callbacks(execute=True):
        job = begin()

    job.refresh_from_db()
    assert names() == ["Harbour", "South", "West"]
    assert (job.done, job.error, job.finished_at) == (1, "ValueError: South can't be renamed", None)


def test_what_stopped_goes_on_where_it_was_once_it_is_run_again(django_capture_on_commit_callbacks, spoilt):
    TeamFactory(name="North"), TeamFactory(name="South"), TeamFactory(name="West")
    spoilt.add("South")
    with django_capture_on_commit_callbacks(execute=True):
        job = begin()
    Team.objects.filter(name="Harbour").update(name="Done once")
    spoilt.clear()

    with django_capture_on_commit_callbacks(execute=True):
        run_job_again(job_id=DBTaskResult.objects.get().pk, by=UserFactory(), now=NOW)

    job.refresh_from_db()
    assert names() == ["Done once", "Harbour", "Harbour"]
    assert (job.done, job.error) == (3, "")
    assert job.finished_at


@pytest.mark.usefixtures("by_worker")
def test_a_killed_worker_loses_no_step_and_does_none_twice(django_capture_on_commit_callbacks):
    TeamFactory.create_batch(3)
    with django_capture_on_commit_callbacks(execute=True):
        job = begin()
    DBTaskResult.objects.get().claim("killed")
    take_long_job_step(public_id=job.public_id, now=NOW)
    Team.objects.filter(name="Harbour").update(name="Done once")

    take_up_left_jobs(now=NOW)
    run_waiting_jobs(now=NOW)

    assert names() == ["Done once", "Harbour", "Harbour"]


@pytest.mark.usefixtures("by_worker")
def test_one_that_takes_every_worker_with_it_says_so(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = begin()
    for worker in ("one", "two", "three"):
        begin_working(worker=worker, now=NOW)
        DBTaskResult.objects.get().claim(worker)
        begin_working(worker=worker, now=NOW)

    job.refresh_from_db()
    assert "stopped each of the 3 times" in job.error


@pytest.mark.usefixtures("by_worker")
def test_one_whose_process_was_killed_before_it_was_enqueued_is_sent_to_work(django_capture_on_commit_callbacks):
    job, later = begin(), NOW + timedelta(minutes=11)  # its callbacks aren't called

    with django_capture_on_commit_callbacks(execute=True):
        assert begin_left_long_jobs(now=NOW + timedelta(minutes=9)) == 0
        assert begin_left_long_jobs(now=later) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert begin_left_long_jobs(now=later) == 0  # it waits for a worker

    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(job.public_id)]


def test_one_that_moves_or_stopped_or_is_finished_is_left_alone():
    recent = NOW - timedelta(minutes=1)
    for values in ({"moved_at": recent}, {"error": "ValueError"}, {"finished_at": NOW}):
        LongJob.objects.create(kind="renaming", created_at=NOW - timedelta(days=1), **values)

    assert begin_left_long_jobs(now=NOW) == 0
