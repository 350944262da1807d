"""The same file sent twice at the same moment. The control takes the lock off and must fail, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.people import NOW
from tests.factories.scenarios import publish_scenario
from training.domain.scenario.exchange.twee import read_twee
from training.domain.scenario.exchange.twee_writing import write_twee
from training.models import ScenarioPage
from training.selectors.moving import VOCABULARY, Outcome, manuscript_unscoped
from training.services import moving as services

pytestmark = pytest.mark.race


@pytest.fixture
def meeting(meet: Callable[[Any, str], None]) -> None:
    """Two services meet after they have read and before they write."""
    meet(services, "plan_import")


def changed_file() -> bytes:
    return write_twee(manuscript_unscoped(publish_scenario())).replace(b"It is Friday", b"It is Saturday")


def outcomes(at_once: Callable[..., list[Any]]) -> list[Outcome]:
    parsed = read_twee(changed_file(), VOCABULARY)
    found = at_once(*[lambda: services.import_scenario(parsed=parsed, by=None, now=NOW)] * 2)
    return sorted(one.plan.outcome for one in found)


def test_a_file_sent_twice_comes_in_once(at_once, meeting):
    assert outcomes(at_once) == [Outcome.CHANGED, Outcome.SAME]
    assert ScenarioPage.objects.get().revisions.count() == 2


def test_control_without_the_lock_it_comes_in_twice(at_once, meeting, unlocked):
    assert outcomes(at_once) == [Outcome.CHANGED, Outcome.CHANGED]
