"""What the harness promises every other test."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from wagtail.models import Locale, Page


def test_network_is_blocked() -> None:
    with socket.socket() as outside, pytest.raises(Warning, match=r"192\.0\.2\.1"):
        outside.connect(("192.0.2.1", 80))


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_committed_rows_are_gone_and_migrated_rows_are_there(turn: int) -> None:
    assert Page.objects.filter(depth=1).exists()
    assert Locale.objects.exists()
    assert not Group.objects.filter(name="Left over").exists()
    Group.objects.create(name="Left over")


@pytest.mark.race
def test_race_sees_what_another_thread_commits(at_once: Callable[..., list[Any]]) -> None:
    at_once(lambda: Group.objects.create(name="From a thread"))
    assert Group.objects.filter(name="From a thread").exists()


@pytest.mark.race
def test_at_once_gives_results_and_errors_in_order(at_once: Callable[..., list[Any]]) -> None:
    results = at_once(lambda: connection.vendor, lambda: 1 // 0)
    assert results[0] == connection.vendor
    assert isinstance(results[1], ZeroDivisionError)
