from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core import clock, contributions
from core.models import DueWorkRun
from core.services import only_one_at_a_time

pytestmark = pytest.mark.django_db


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> dict[str, contributions.DueWork]:
    monkeypatch.setattr(contributions, "_due_work", {})
    return contributions._due_work


def test_it_does_all_that_is_registered_at_the_time_of_the_clock(
    registered: dict[str, contributions.DueWork], capsys: pytest.CaptureFixture[str]
) -> None:
    times = []

    def work(*, now: datetime) -> int:
        times.append(now)
        return 3

    contributions.register_due_work("Mails sent", work)
    before = clock.now()

    call_command("run_due")

    assert capsys.readouterr().out == "Mails sent: 3\n"
    assert before <= times[0] <= clock.now()
    run = DueWorkRun.objects.get()
    assert (run.name, run.done, run.error) == ("Mails sent", 3, "")
    assert before <= run.started_at <= times[0] <= run.finished_at


def test_one_that_fails_is_told_and_keeps_no_other_from_being_done(
    registered: dict[str, contributions.DueWork], capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*, now: datetime) -> int:
        raise OSError("disk full")

    contributions.register_due_work("Files made", broken)
    contributions.register_due_work("Mails sent", lambda *, now: 1)

    with pytest.raises(CommandError, match="Files made"):
        call_command("run_due")

    assert capsys.readouterr().out == "Mails sent: 1\n"
    told = {run.name: run.error.splitlines()[-1:] for run in DueWorkRun.objects.all()}
    assert told == {"Files made": ["OSError: disk full"], "Mails sent": []}


def test_the_next_run_is_on_record_in_the_place_of_the_one_that_failed_or_was_killed(
    registered: dict[str, contributions.DueWork],
) -> None:
    DueWorkRun.objects.create(name="Mails sent", started_at=datetime(2026, 11, 1, tzinfo=UTC), error="OSError")
    contributions.register_due_work("Mails sent", lambda *, now: 2)

    with clock.set_to(datetime(2026, 11, 24, tzinfo=UTC)):
        call_command("run_due")
    with clock.set_to(datetime(2026, 11, 20, tzinfo=UTC)):  # a clock that was set back
        call_command("run_due")

    run = DueWorkRun.objects.get()
    assert (run.error, run.done, run.started_at.day, run.finished_at.day) == ("", 2, 20, 20)


@pytest.mark.race
def test_two_runs_at_once_do_it_once(registered, at_once, capsys: pytest.CaptureFixture[str]) -> None:
    done = []

    def slow(*, now: datetime) -> int:
        done.append(call_in_another_process())
        return 1

    contributions.register_due_work("Mails sent", slow)

    def call_in_another_process() -> str:
        call = at_once(lambda: call_command("run_due"))
        assert call == [None]
        return capsys.readouterr().out

    call_command("run_due")

    assert done == ["Mails sent: being done by another run\n"]
    assert capsys.readouterr().out == "Mails sent: 1\n"


@pytest.mark.race
def test_a_killed_run_keeps_no_later_one_waiting(registered, at_once, capsys: pytest.CaptureFixture[str]) -> None:
    contributions.register_due_work("Mails sent", lambda *, now: 1)

    def be_killed() -> None:
        only_one_at_a_time(name="Mails sent").__enter__()
        connection.close()  # as the operating system does for a process that is gone

    at_once(be_killed)
    call_command("run_due")

    assert capsys.readouterr().out == "Mails sent: 1\n"


@pytest.mark.race
def test_a_database_that_goes_away_costs_only_the_work_that_it_went_away_in(
    registered, capsys: pytest.CaptureFixture[str]
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is no server")

    def lose(*, now: datetime) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return 1

    contributions.register_due_work("Files made", lose)
    contributions.register_due_work("Mails sent", lambda *, now: 1)

    with pytest.raises(CommandError, match=r"Files made$"):
        call_command("run_due")

    assert capsys.readouterr().out == "Mails sent: 1\n"
    assert "terminating connection" in DueWorkRun.objects.get(name="Files made").error
