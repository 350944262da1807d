"""Work that falls due with time, or that a killed worker left undone: each app registers its own, `manage.py run_due` does it.

And long work, done in the background a step at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise


class DueWork(Protocol):
    def __call__(self, *, now: datetime) -> int:
        """Do all that is due, and say how many things that were."""


_due_work: dict[str, DueWork] = {}


def register_due_work(name: str, work: DueWork) -> None:
    """`work` is a service; what it has done isn't due any more, so that a second run does nothing.

    name: what the things are, for the log of the command ("certificates set as PDF").
    """
    _due_work[name] = work


def due_work() -> dict[str, DueWork]:
    """Everything registered, by name, in the order of registration."""
    return dict(_due_work)


@dataclass(frozen=True)
class Step:
    """What a piece of long work comes to.

    done, total: things so far and things in all. place: where the next piece begins, in plain values (the last id, say). result: what is
    to be told at the end, in plain values.
    """

    done: int
    total: int
    place: Any = None
    is_last: bool = False
    result: dict[str, Any] = field(default_factory=dict)


class LongWork(Protocol):
    def __call__(self, *, arguments: dict[str, Any], place: Any, by: Any, now: datetime) -> Step:
        """Do one piece, some seconds of work at most, from `place` on (None: from the beginning). Called in a transaction.

        by: who began it, None where that was nobody or the account is gone.
        """


@dataclass(frozen=True)
class LongJobKind:
    """label: what it does ("People assigned by their rules"). told: the result in words, for who waits for it."""

    name: str
    label: str | Promise
    work: LongWork
    told: Callable[[dict[str, Any]], str] = lambda result: ""


_long_jobs: dict[str, LongJobKind] = {}


def register_long_job(kind: LongJobKind) -> None:
    _long_jobs[kind.name] = kind


def long_job_kind(name: str) -> LongJobKind:
    return _long_jobs[name]


def long_job_label(name: str) -> str | Promise:
    """The name itself for a kind that an older version knew."""
    return _long_jobs[name].label if name in _long_jobs else name


def long_job_told(name: str, result: dict[str, Any]) -> str:
    """What is told of a result; nothing for a kind that an older version knew."""
    return _long_jobs[name].told(result) if name in _long_jobs else ""
