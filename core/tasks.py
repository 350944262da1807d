"""What is done after the transaction: long jobs, step by step."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from core import clock
from core.services import take_long_job_step


@task(backend="jobs")
def run_long_job(public_id: str) -> None:
    while take_long_job_step(public_id=UUID(public_id), now=clock.now()):
        pass
