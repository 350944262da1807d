"""The operations page: what is well, what failed and why, and that it can be run again."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from core import clock, contributions
from core.contributions import LongJobKind, Step
from core.models import DueWorkRun
from core.services import begin_working
from tests.factories.jobs import READY, failed_job, job, long_job
from tests.factories.people import NOW, UserFactory
from tests.pages import signed_in, smooth

pytestmark = pytest.mark.django_db

PAGE = "/admin/operations/"
LATER = NOW + timedelta(minutes=5)
EMPTY = "No job is on record."


@pytest.fixture(autouse=True)
def five_minutes_later(monkeypatch):
    monkeypatch.setattr(contributions, "_due_work", {"Mails sent": None, "Files made": None, "Pages published": None})
    kind = LongJobKind(
        "counting", "People counted", lambda **asked: Step(0, 0), lambda result: f"{result['found']} found"
    )
    monkeypatch.setattr(contributions, "_long_jobs", {"counting": kind})
    with clock.set_to(LATER):
        yield


@pytest.fixture
def administrator():
    return signed_in(UserFactory(role="Administrators"))


def section(response, heading: str) -> str:
    return smooth(response).partition(f'<section aria-labelledby="{heading}">')[2].partition("</section>")[0]


def test_a_site_without_jobs_says_so(administrator):
    page = administrator.get(PAGE)

    assert EMPTY in section(page, "jobs")
    assert "None was begun lately" in section(page, "long-jobs")
    assert section(page, "due-work").count("Not yet") == 3
    assert reverse("outbox_report") in section(page, "due-work")
    assert "Workers at work" not in smooth(page)


def test_it_names_what_is_not_well_and_what_to_do(administrator, settings):
    settings.JOBS = "database"

    health = section(administrator.get(PAGE), "health")

    assert "Start “manage.py db_worker”" in health
    assert "Have “manage.py run_due” called every few minutes." in health
    assert health.count("Well") == 2


def test_it_names_the_workers_that_live(administrator):
    begin_working(worker="silent", now=NOW)
    begin_working(worker="web1-4312", now=LATER - timedelta(seconds=30))

    health = section(administrator.get(PAGE), "health")

    assert "web1-4312" in health
    assert "silent" not in health


def test_what_run_due_did_and_what_failed(administrator):
    DueWorkRun.objects.create(name="Mails sent", started_at=NOW, finished_at=NOW, done=17)
    DueWorkRun.objects.create(name="Files made", started_at=NOW, finished_at=NOW, error="OSError: disk full")
    DueWorkRun.objects.create(name="Pages published", started_at=NOW)

    lines = section(administrator.get(PAGE), "due-work").split("<tr>")[2:]

    assert "Done" in lines[0]
    assert "<td>17</td>" in lines[0]
    assert "5 minutes ago" in lines[0]
    assert "OSError: disk full" in lines[1]
    assert "Begun" in lines[2]


def test_a_failed_job_shows_its_error_and_the_button(administrator):
    failed_job()

    jobs = section(administrator.get(PAGE), "jobs")

    assert "Render issued certificate" in jobs
    assert "<summary>OSError</summary>" in jobs
    assert "OSError: The storage is away" in jobs
    assert "Run again" in jobs


def test_a_job_that_has_not_failed_offers_no_button(administrator):
    job(READY, args_kwargs={"args": [], "kwargs": {"certificate_id": 7}})

    jobs = section(administrator.get(PAGE), "jobs")

    assert "certificate_id=7" in jobs
    assert "Run again" not in jobs


def test_jobs_are_counted_and_filtered_by_state(administrator):
    failed_job(), job(READY), job(READY)

    page = administrator.get(PAGE, {"state": "waiting"})

    assert [(state.name, count) for state, count in page.context["counts"]] == [
        ("WAITING", 2),
        ("RUNNING", 0),
        ("FAILED", 1),
        ("DONE", 0),
    ]
    assert {line.state.name for line in page.context["lines"]} == {"WAITING"}
    assert "No job is like that." in section(administrator.get(PAGE, {"state": "done"}), "jobs")
    assert len(administrator.get(PAGE, {"state": "nonsense"}).context["lines"]) == 3


def test_jobs_come_by_the_page_newest_first(administrator):
    for minute in range(30):
        job(at=NOW + timedelta(minutes=minute), args_kwargs={"args": [minute], "kwargs": {}})

    first, second = (administrator.get(PAGE, {"p": number}) for number in (1, 2))

    assert [line.about for line in first.context["lines"]] == [str(minute) for minute in range(29, 4, -1)]
    assert len(second.context["lines"]) == 5
    assert "Page 2 of 2" in smooth(second)


def test_the_number_of_queries_does_not_grow(administrator, django_assert_num_queries):
    def add_one_of_each() -> None:
        done = long_job(by=UserFactory())
        failed_job(task_path="core.tasks.run_long_job", args_kwargs={"args": [str(done.public_id)], "kwargs": {}})
        begin_working(worker=f"worker {done.pk}", now=LATER)

    add_one_of_each()
    administrator.get(PAGE)
    with django_assert_num_queries(19):
        administrator.get(PAGE)
    add_one_of_each(), add_one_of_each()

    with django_assert_num_queries(19):
        administrator.get(PAGE)


# Run again


def test_running_again_leads_back_to_where_one_was(administrator, settings):
    settings.TASKS = {**settings.TASKS, "jobs": {"BACKEND": settings.JOB_BACKENDS["database"]}}
    found = failed_job()
    url = reverse("job_again", args=[found.pk])

    first = administrator.post(url, {"next": f"{PAGE}?state=failed"})
    second = administrator.post(url, {"next": "https://evil.example/"})

    assert (first.status_code, first.url, second.url) == (302, f"{PAGE}?state=failed", PAGE)
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    assert ModelLogEntry.objects.filter(action="piawai.run_again").count() == 1
    page = smooth(administrator.get(PAGE))
    assert "The job is run again." in page
    assert "Nothing was left to do" in page
    assert "Job run again" in smooth(administrator.get(reverse("wagtailadmin_reports:site_history")))


def test_a_job_of_another_queue_is_not_here(administrator):
    other = failed_job(backend_name="default")

    assert [administrator.post(reverse("job_again", args=[pk])).status_code for pk in (other.pk, uuid4())] == [404] * 2
    assert EMPTY in section(administrator.get(PAGE), "jobs")


# Long jobs


def test_progress_is_real_and_is_fetched_again(administrator):
    found = long_job()

    page = administrator.get(reverse("long_job", args=[found.public_id]))

    assert "1,200 of 4,000" in smooth(page)
    assert '<progress max="4000" value="1200"' in smooth(page)
    assert 'data-progress="2000"' in smooth(page)
    assert "You may leave this page" in smooth(page)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"started_at": None, "moved_at": None, "total": None}, "It begins as soon as a worker is free."),
        ({"finished_at": NOW, "result": {"found": 12}}, "12 found"),
        ({"finished_at": NOW, "kind": "of old"}, "Everything is done."),
        ({"error": "ValueError: 7 is spoilt"}, "It stopped at an error."),
        ({"moved_at": NOW - timedelta(minutes=6)}, "Nothing has moved for more than ten minutes."),
        ({"url": "/team/"}, "Back to what it works on"),
    ],
)
def test_each_state_says_what_is_to_be_expected(administrator, values, words):
    page = administrator.get(reverse("long_job", args=[long_job(**values).public_id]))

    assert words in smooth(page)
    assert ("data-progress=" in smooth(page)) is not bool({"finished_at", "error"} & set(values))


def test_one_that_stopped_can_be_run_again_from_its_page(administrator):
    found = long_job(error="ValueError: 7 is spoilt")
    called = {"args": [str(found.public_id)], "kwargs": {}}
    failed = failed_job(task_path="core.tasks.run_long_job", args_kwargs=called)

    page = smooth(administrator.get(reverse("long_job", args=[found.public_id])))

    assert "ValueError: 7 is spoilt" in page
    assert reverse("job_again", args=[failed.pk]) in page
    assert "People counted" in section(administrator.get(PAGE), "jobs")


def test_who_began_it_sees_it_and_others_do_not():
    editor, other = UserFactory(role="Editors"), UserFactory(role="Editors")
    url = reverse("long_job", args=[long_job(by=editor).public_id])

    page = signed_in(editor).get(url)

    assert page.status_code == 200
    assert f'href="{PAGE}"' not in smooth(page)
    assert signed_in(other).get(url).status_code == 404
