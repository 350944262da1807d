"""The one place where time is read. Views, tasks, commands and the publishing receiver call `now()` and pass it down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; or the moment the clock was set to."""
    return _set_to.get() or timezone.now()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Run a block as of `moment` (aware). Commands make history with it; Wagtail's own stamps stay real."""
    if timezone.is_naive(moment):
        raise ValueError("The clock needs an aware datetime.")
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
