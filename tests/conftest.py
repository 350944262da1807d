"""What every test has: databases, browser pages, markers by place, nothing left over from the test before."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections

pytest_plugins = ["tests.databases", "tests.browser"]

E2E = Path(__file__).parent / "e2e"

# A shared machine has slow moments; a slow example is no fault of the code's.
hypothesis.settings.register_profile("piawai", deadline=None)
hypothesis.settings.load_profile("piawai")


def pytest_itemcollected(item: pytest.Item) -> None:
    if E2E in item.path.parents:
        item.add_marker(pytest.mark.e2e)
    if item.get_closest_marker("race"):
        item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


def pytest_unconfigure() -> None:
    # Each process of a run has a folder of its own for what tests upload and render.
    if Path(settings.MEDIA_ROOT).is_relative_to(tempfile.gettempdir()):
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def indexing(settings: Any) -> None:
    """Search and reference indexes follow each save, as they do outside tests."""
    immediate = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    settings.TASKS = {**settings.TASKS, "default": immediate}


@pytest.fixture
def meet(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any, str], None]]:
    """`meet(services, "present_node")`: two threads wait for each other there, having read and not yet written.

    With the lock on, the second can't come, and the first goes on after a second; a control without the lock
    (`test_control_…`) waits until they have met, however slow the machine.
    """
    patience = 30 if request.node.name.startswith("test_control") else 1
    barrier = Barrier(2)

    def patch(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def met(*args: Any, **kwargs: Any) -> Any:
            with suppress(BrokenBarrierError):
                barrier.wait(timeout=patience)
            return original(*args, **kwargs)

        monkeypatch.setattr(owner, name, met)

    yield patch
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

        with ThreadPoolExecutor(len(functions)) as threads:
            return list(threads.map(one, functions))

    return call
