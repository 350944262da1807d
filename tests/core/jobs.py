"""Tasks to run in tests of jobs."""

from __future__ import annotations

from django_tasks import task

RAN: list[int] = []


@task(backend="jobs")
def note(number: int) -> None:
    RAN.append(number)


@task(backend="jobs")
def fail(number: int) -> None:
    raise ValueError(f"Number {number} is spoilt")
