"""Two threads at the same moment: what the services' locks are for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, current_thread
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection, connections
from django.db.models import QuerySet

AT_ONCE = "at-once"


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes every row lock off: the control of a race, which must fail so. On PostgreSQL; SQLite locks the whole database."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row locks to take off")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)


@pytest.fixture
def meet(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any, str], None]]:
    """`meet(services, "present_unscoped")`: two threads of `at_once` wait for each other there, having read and not yet written.

    With the lock on, the second can't come, and the first goes on after a moment; `unlocked`, they wait until they
    have met, however slow the machine. What the test itself calls before doesn't wait.
    """
    patience = 30 if "unlocked" in request.fixturenames else 0.3
    barriers: list[Barrier] = []

    def patch(owner: Any, name: str) -> None:
        original = getattr(owner, name)
        barrier = Barrier(2)
        barriers.append(barrier)

        def met(*args: Any, **kwargs: Any) -> Any:
            if current_thread().name.startswith(AT_ONCE):
                with suppress(BrokenBarrierError):
                    barrier.wait(timeout=patience)
            return original(*args, **kwargs)

        monkeypatch.setattr(owner, name, met)

    yield patch
    for barrier in barriers:
        barrier.abort()


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """Calls each function in a thread of its own, all let go at the same moment; gives what each returned or raised."""

    def call(*functions: Callable[[], Any]) -> list[Any]:
        barrier = Barrier(len(functions))

        def one(function: Callable[[], Any]) -> Any:
            try:
                barrier.wait(timeout=10)
                return function()
            except Exception as error:  # the caller compares what came of each
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(functions), thread_name_prefix=AT_ONCE) as threads:
            return list(threads.map(one, functions))

    return call


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch, meet: Callable[[Any, str], None]) -> list[str]:
    """Names of the files that are stored from now on; the threads of `at_once` wait for each other before one may store."""
    names: list[str] = []
    save = FileSystemStorage.save

    def save_and_tell(storage: FileSystemStorage, name: str, *args: Any, **kwargs: Any) -> str:
        names.append(name)
        return save(storage, name, *args, **kwargs)

    monkeypatch.setattr(FileSystemStorage, "save", save_and_tell)
    meet(FileSystemStorage, "save")
    return names
