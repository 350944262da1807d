"""Pages for what went wrong: they say what happened and what to do, and never a stack trace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django_tasks_db.models import DBTaskResult

from core import clock
from core.models import DueWorkRun
from core.services import begin_working
from home.selectors import health
from home.views import errors
from tests.core.jobs import note
from tests.factories.people import UserFactory
from tests.factories.standards import publish_chapter

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner():
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())
    return client


def test_what_is_not_there(learner):
    response = learner.get("/nope/")

    assert response.status_code == 404
    assert "This page isn’t on the shelf" in response.content.decode()


def test_what_is_for_somebody_else(learner):
    response = learner.get("/team/")

    assert response.status_code == 403
    assert "This page is for somebody else" in response.content.decode()


def test_what_broke(learner, monkeypatch):
    from standards.views import reading

    publish_chapter()
    monkeypatch.setattr(reading, "current_edition", lambda: 1 / 0)

    response = learner.get("/standards/")

    assert response.status_code == 500
    page = response.content.decode()
    assert "Something broke on our side" in page
    assert "ZeroDivisionError" not in page


def test_what_broke_with_the_database_away(rf, monkeypatch):
    """The page asks nothing of anybody."""
    from core import selectors

    def away(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(selectors.OrganisationSettings.objects, "first", away)

    assert errors.server_error(rf.get("/")).status_code == 500


def test_an_old_page(learner):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = learner.cookies
    publish_chapter()

    response = strict.post("/standards/chapters/reliability/", {"agree": "on", "versions": "1"})

    assert response.status_code == 403
    assert "The last step was not taken" in response.content.decode()


def test_what_did_not_arrive(learner):
    response = learner.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "That didn’t arrive in one piece" in response.content.decode()
    assert "evil.example" not in response.content.decode()


def test_alive(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert client.post("/healthz").status_code == 405


def test_ready(client):
    DueWorkRun.objects.create(name="Mails sent", started_at=clock.now())

    response = client.get("/readyz")

    well = {"database": True, "migrations": True, "jobs": True, "run_due": True}
    assert (response.status_code, response.json()) == (200, well)
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("last", [None, timedelta(hours=25)])
def test_ready_though_due_work_is_not_done(client, last):
    if last:
        DueWorkRun.objects.create(name="Mails sent", started_at=clock.now() - last)

    response = client.get("/readyz")

    assert (response.status_code, response.json()["run_due"]) == (200, False)


@pytest.mark.parametrize(
    ("seen", "expected"), [(None, False), (timedelta(minutes=5), False), (timedelta(seconds=10), True)]
)
def test_ready_and_whether_a_worker_lives(client, settings, seen, expected):
    settings.JOBS = "database"
    if seen:
        begin_working(worker="one", now=clock.now() - seen)

    response = client.get("/readyz")

    assert (response.status_code, response.json()["jobs"]) == (200, expected)


@pytest.mark.parametrize(("waits", "expected"), [(timedelta(minutes=9), True), (timedelta(minutes=11), False)])
def test_ready_and_whether_a_job_waits_too_long(client, settings, waits, expected):
    settings.TASKS = {**settings.TASKS, "jobs": {"BACKEND": settings.JOB_BACKENDS["database"]}}
    settings.JOBS = "database"
    begin_working(worker="one", now=clock.now())
    note.enqueue(1)
    DBTaskResult.objects.update(enqueued_at=clock.now() - waits)

    assert client.get("/readyz").json()["jobs"] is expected


def test_not_ready_with_the_database_away(client, monkeypatch):
    def away(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(health, "MigrationExecutor", away)

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"database": False, "migrations": False})


def test_not_ready_before_the_migrations(client, monkeypatch):
    from django.db.migrations.executor import MigrationExecutor

    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one to go"])

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"database": True, "migrations": False})
