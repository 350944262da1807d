"""Two tabs, or two who answer, at the same moment. Each control takes the lock off and must fail, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from standards.models import Enquiry, EnquiryReply
from standards.services import AnsweredMeanwhile, reply_to_enquiry
from tests.factories.enquiries import ask
from tests.factories.people import NOW, UserFactory
from tests.factories.standards import publish_chapter

pytestmark = pytest.mark.race
AtOnce = Callable[..., list[Any]]


@pytest.fixture
def meeting(meet: Callable[[Any, str], None]) -> None:
    """Two services meet after they have read and before they write."""
    meet(Enquiry, "save")
    meet(EnquiryReply, "save")


def replying(enquiry: Enquiry, text: str) -> Callable[[], EnquiryReply]:
    by = UserFactory()
    return lambda: reply_to_enquiry(enquiry=enquiry, outcome="shown", text=text, after=0, by=by, now=NOW)


def test_one_question_in_two_tabs_is_one(at_once: AtOnce, meeting: None) -> None:
    publish_chapter()
    asker = UserFactory()
    first, second = at_once(*[lambda: ask(asker)] * 2)
    assert first == second
    assert Enquiry.objects.count() == 1


def test_of_two_answers_the_second_is_told_of_the_first(at_once: AtOnce, meeting: None) -> None:
    publish_chapter()
    enquiry = ask()
    found = at_once(replying(enquiry, "Yes."), replying(enquiry, "No."))
    assert {type(one) for one in found} == {EnquiryReply, AnsweredMeanwhile}
    assert EnquiryReply.objects.count() == 1


def test_control_without_the_lock_one_question_is_kept_twice(at_once: AtOnce, meeting: None, unlocked: None) -> None:
    publish_chapter()
    asker = UserFactory()
    at_once(*[lambda: ask(asker)] * 2)
    assert Enquiry.objects.count() == 2


def test_control_without_the_lock_only_the_database_stops_a_second_answer(
    at_once: AtOnce, meeting: None, unlocked: None
) -> None:
    publish_chapter()
    enquiry = ask()
    found = at_once(replying(enquiry, "Yes."), replying(enquiry, "No."))
    assert {type(one) for one in found} == {EnquiryReply, IntegrityError}
