"""Two approvers at the same moment. The control takes the lock off and must fail, on PostgreSQL: SQLite locks the whole database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import PageLogEntry

from core.models import PublicationRefused
from people.models import User
from standards.models import ChapterPage, ClauseVersion, Edition, SecondPersonTask
from tests.factories.approvals import ask_for_second_person, decide, submit_change
from tests.factories.people import UserFactory
from tests.factories.standards import publish_chapter

pytestmark = pytest.mark.race


@pytest.fixture
def results(at_once: Callable[..., list[Any]], meet: Callable[[Any, str], None]) -> list[Any]:
    """What came of two approvals that meet after they have read that nobody has decided."""
    chapter, editor = publish_chapter(), UserFactory(role="Editors")
    ask_for_second_person()
    submit_change(chapter, editor)
    meet(SecondPersonTask, "why_not")
    return at_once(*(approving(chapter, UserFactory(role="Approvers")) for _ in range(2)))


def approving(chapter: ChapterPage, by: User) -> Callable[[], None]:
    return lambda: decide(chapter, by)


def test_two_approvals_are_one_publication(results: list[Any]) -> None:
    refused, approved = sorted(results, key=lambda result: result is None)

    assert approved is None
    assert type(refused) is PublicationRefused
    assert (Edition.objects.count(), ClauseVersion.objects.filter(number=2).count()) == (2, 1)
    assert PageLogEntry.objects.filter(action="wagtail.workflow.approve").count() == 1


def test_without_the_lock_the_second_goes_on_as_if_nobody_had_decided(unlocked: None, results: list[Any]) -> None:
    """As far as the last guard: what it approved is spent by then."""
    assert not any(type(result) is PublicationRefused for result in results)
    assert any(isinstance(result, Exception) for result in results)
