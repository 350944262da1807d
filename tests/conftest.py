"""What every test has: databases, browser pages, markers by place, nothing left over from the test before."""

from __future__ import annotations

import gc
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache

pytest_plugins = ["tests.databases", "tests.browser", "tests.races", "tests.tracing"]

E2E = Path(__file__).parent / "e2e"
DATABASE = {"db", "transactional_db", "django_db_setup"}
"""Fixtures by which a test comes to a database; of one that has none of them, and no mark, one run is enough."""

# A shared machine has slow moments; a slow example is no fault of the code's.
hypothesis.settings.register_profile("piawai", deadline=None, max_examples=50)
hypothesis.settings.load_profile("piawai")


def pytest_itemcollected(item: pytest.Item) -> None:
    if E2E in item.path.parents:
        item.add_marker(pytest.mark.e2e)
    if item.get_closest_marker("race"):
        item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))
    if not item.get_closest_marker("django_db") and not DATABASE & set(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.pure)


def pytest_collection_finish() -> None:
    # What Django, Wagtail and the tests are made of stays: the garbage collector needn't look at it again and again.
    gc.freeze()


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
