"""What administrators see of the outbox, and one more try for a mail that was given up."""

from __future__ import annotations

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from outbox.domain.retrying import PAUSES
from outbox.enums import MailState
from outbox.models import Mail
from outbox.reports import IN_STATE
from outbox.selectors import notices_for_report
from outbox.services import send_due_mail
from tests.factories.outbox import QUIET, TIP, notify
from tests.factories.people import NOW, UserFactory
from tests.pages import signed_in, smooth, text

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/reports/outbox/"


@pytest.fixture
def client():
    return signed_in(UserFactory(role="Administrators"))


def make(state: MailState, **fields) -> None:
    """A notice to somebody called like the state."""
    notice = notify(UserFactory(name=state.name), kind=QUIET if state is MailState.NO_MAIL else TIP)
    facts = {
        MailState.SENT: {"sent_at": NOW},
        MailState.FAILED: {"next_try_at": NOW, "error": "TimeoutError: slow"},
        MailState.GIVEN_UP: {"error": "SMTPRecipientsRefused: no such mailbox", "tries": 7},
    }
    if state is MailState.TOO_OLD:
        notice.send_after, notice.is_too_old = None, True
        notice.save()
    if state in facts:
        notice.mail = Mail.objects.create(recipient=notice.recipient, created_at=NOW, **facts[state])
        notice.save()


@pytest.mark.parametrize("state", list(MailState))
def test_the_filter_finds_what_is_shown_as_such(state):
    for each in MailState:
        make(each)
    waiting = notify(UserFactory(name="WAITING"))
    waiting.mail = Mail.objects.create(recipient=waiting.recipient, created_at=NOW, next_try_at=NOW)
    waiting.save()

    found = notices_for_report().filter(IN_STATE[state])

    assert {(str(notice.recipient), notice.mail_state) for notice in found} == {(state.name, state)}


def test_it_says_who_was_told_what_and_whether_the_mail_went_out(client):
    for state in MailState:
        make(state)

    page = smooth(client.get(ADDRESS))

    assert "For the bell" in page
    assert "no such mailbox" in page
    assert page.count("Try again") == 1


@pytest.mark.parametrize(
    ("query", "names"),
    [("state=given_up", ["GIVEN_UP"]), ("kind=test_quiet", ["NO_MAIL"]), ("person=sent", ["SENT"])],
)
def test_it_is_filtered_in_the_address(client, query, names):
    for state in MailState:
        make(state)

    page = text(client.get(f"{ADDRESS}?{query}"))

    assert [state.name for state in MailState if f">{state.name}<" in page.replace(" ", "").replace("\n", "")] == names


def test_its_file_holds_the_errors(client):
    make(MailState.GIVEN_UP)

    file = b"".join(client.get(f"{ADDRESS}?export=csv")).decode()

    assert "GIVEN_UP" in file
    assert "no such mailbox" in file


@pytest.mark.parametrize("count", [1, 3])
def test_queries_are_a_fixed_number(client, count, django_assert_max_num_queries):
    for _ in range(count):
        make(MailState.GIVEN_UP)
    client.get(ADDRESS)

    with django_assert_max_num_queries(14):
        client.get(ADDRESS)


def test_a_mail_that_was_given_up_is_tried_again(client, monkeypatch):
    notice = notify(UserFactory())
    take, refusal = EmailBackend.send_messages, smtplib.SMTPRecipientsRefused({})
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *args: (_ for _ in ()).throw(refusal))
    now = NOW
    for pause in (*PAUSES, PAUSES[-1]):
        send_due_mail(now=now)
        now += pause
    monkeypatch.setattr(EmailBackend, "send_messages", take)
    notice.refresh_from_db()

    response = client.post(reverse("mail_retry", args=[notice.mail.public_id]), follow=True)

    assert "goes out with the next run" in smooth(response)
    with_clock = Mail.objects.get().next_try_at
    assert send_due_mail(now=with_clock) == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("role", ["Editors", "Approvers"])
def test_nobody_else_of_the_staff_sees_it(role):
    client = signed_in(UserFactory(role=role))

    assert ADDRESS not in text(client.get("/admin/"))
    assert client.get(ADDRESS).status_code == 302
