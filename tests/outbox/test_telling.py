"""What is told, to whom, when it may be mailed, and that it is told once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from core.models import OrganisationSettings
from outbox.models import Notice
from outbox.services import Message, tell_many
from tests.factories.outbox import ALARM, DUE, KUALA_LUMPUR, QUIET, notify, register_kinds
from tests.factories.people import NOW, UserFactory

pytestmark = pytest.mark.django_db

TONIGHT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # eleven at night in Kuala Lumpur
TOMORROW = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)  # eight in the morning there


def test_the_same_thing_is_told_once_and_not_changed():
    person = UserFactory()

    notify(person, "due-14:assignment:17", title="Due in 14 days")
    notify(person, "due-14:assignment:17", title="Due in 13 days", now=TOMORROW)
    notify(UserFactory(), "due-14:assignment:17")

    assert [notice.text.title for notice in Notice.objects.filter(recipient=person)] == ["Due in 14 days"]
    assert Notice.objects.count() == 2


def test_dates_come_back_as_dates():
    context = {"due_on": date(2026, 12, 8), "at": NOW, "titles": ["Reliable"], "count": 3, "of": {"date": "noted"}}
    notice = notify(UserFactory(), **{**context, "of": None})

    notice.refresh_from_db()

    assert notice.context == {**context, "of": None}


@pytest.mark.parametrize(
    ("kind", "now", "send_after"),
    [(DUE, NOW, NOW), (DUE, TONIGHT, TOMORROW), (ALARM, TONIGHT, TONIGHT), (QUIET, NOW, None)],
)
def test_mail_waits_for_the_end_of_quiet_hours(kind, now, send_after):
    assert notify(UserFactory(), kind=kind, now=now).send_after == send_after


@pytest.mark.parametrize(
    ("hours", "send_after"),
    [
        ({"quiet_from": None, "quiet_until": None}, TONIGHT),
        ({"quiet_from": time(22), "quiet_until": time(7)}, datetime(2026, 11, 24, 23, 0, tzinfo=UTC)),
    ],
)
def test_the_organisation_sets_the_quiet_hours(hours, send_after):
    OrganisationSettings.objects.create(**hours)

    assert notify(UserFactory(), now=TONIGHT).send_after == send_after


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "my/", ""])
def test_a_notice_leads_to_a_page_of_this_site(url):
    with pytest.raises(ValueError, match="not a path"):
        notify(UserFactory(), url=url)


@pytest.mark.parametrize("count", [1, 3])
def test_telling_many_takes_a_fixed_number_of_queries(count, django_assert_num_queries):
    register_kinds()
    people = UserFactory.create_batch(count)
    messages = [Message(person.pk, "hello", {}, "/my/", KUALA_LUMPUR) for person in people]

    with django_assert_num_queries(2):  # the organisation's hours; the rows
        tell_many(kind=DUE, messages=messages, now=NOW)

    assert Notice.objects.count() == count


def test_a_kind_that_nobody_registered_is_a_mistake():
    with pytest.raises(KeyError):
        tell_many(kind="nonsense", messages=[], now=NOW)


@pytest.mark.race
def test_two_at_once_tell_once(at_once):
    person = UserFactory()

    at_once(lambda: notify(person), lambda: notify(person))

    assert Notice.objects.count() == 1
