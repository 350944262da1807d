from __future__ import annotations

from datetime import datetime

import pytest
from django.core.management import CommandError, call_command

from core import clock, contributions

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
