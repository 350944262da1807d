"""What is done after the transaction: mailing invitations."""

from __future__ import annotations

from django_tasks import task

from core import clock
from people.services import send_due_invitations

MOST_AT_ONCE = 25
"""The rest is for `run_due`: without a worker for jobs, somebody waits for this."""


@task(backend="jobs")
def send_invitations() -> None:
    send_due_invitations(now=clock.now(), most=MOST_AT_ONCE)
