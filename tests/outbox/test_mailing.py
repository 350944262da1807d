"""What waits is sent: one mail a person, once, whoever is killed on the way."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from outbox.domain.retrying import CLAIM_HOLDS, PAUSES
from outbox.enums import MailState
from outbox.models import Mail, Notice, NoticePreference
from outbox.services import mailing, retry_mail, send_due_mail
from tests.factories.outbox import DUE, QUIET, TIP, notify
from tests.factories.people import NOW, UserFactory

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Nothing of ours catches it, as nothing catches kill -9."""


@pytest.fixture
def server(monkeypatch) -> Callable[..., None]:
    """`server(refusal)`: from now on sending raises it; `server(None)`: mails are taken again. `opens=False`: it can't be reached."""
    take = EmailBackend.send_messages

    def behave(refusal: BaseException | None = None, *, takes: bool = False, opens: bool = True) -> None:
        def send(backend, messages):
            if takes or refusal is None:
                take(backend, messages)
            if refusal is not None:
                raise refusal

        def open_connection(backend):
            if not opens:
                raise ConnectionRefusedError("no mail server")

        monkeypatch.setattr(EmailBackend, "send_messages", send)
        monkeypatch.setattr(EmailBackend, "open", open_connection)

    return behave


def send(**later: int) -> int:
    return send_due_mail(now=NOW + timedelta(**later))


class TestGathering:
    def test_several_notices_of_one_person_are_one_mail(self):
        aishah, ben = UserFactory(), UserFactory()
        notify(aishah, "a", title="Sign chapter 2")
        notify(aishah, "b", title="Your certificate is ready")
        notify(ben, "a", title="Sign chapter 2")

        assert send() == 2

        subjects = {tuple(message.to): message.subject for message in mail.outbox}
        assert subjects == {(aishah.email,): "Sign chapter 2, and 1 more", (ben.email,): "Sign chapter 2"}
        assert "Your certificate is ready" in mail.outbox[0].body + mail.outbox[1].body

    def test_it_goes_out_once(self):
        notice = notify(UserFactory())

        assert [send(), send(), send(hours=1), send(days=-1)] == [1, 0, 0, 0]

        notice.refresh_from_db()
        assert len(mail.outbox) == 1
        assert (notice.mail_state, notice.mail.sent_at, notice.mail.tries) == (MailState.SENT, NOW, 1)

    def test_what_isnt_due_waits_and_what_is_for_the_bell_only_is_never_mailed(self):
        person = UserFactory()
        tonight = notify(person, "night", now=NOW + timedelta(hours=13))
        notify(person, "bell", kind=QUIET)

        assert send(hours=14) == 0
        assert send(hours=24) == 1
        assert mail.outbox[0].subject == tonight.text.title

    def test_who_left_and_who_does_without_get_none(self):
        left, without = UserFactory(is_active=False), UserFactory()
        NoticePreference.objects.create(user=without, kind=TIP)
        NoticePreference.objects.create(user=without, kind=DUE)
        notices = [notify(left), notify(without, "tip", kind=TIP)]
        notify(without, "due", title="Due today")  # one that nobody may do without

        assert send() == 1

        assert mail.outbox[0].subject == "Due today"
        for notice in notices:
            notice.refresh_from_db()
            assert notice.mail_state is MailState.NO_MAIL

    def test_what_nothing_sent_for_two_weeks_is_said_not_to_have_gone(self):
        old, recent = notify(UserFactory(), "old"), notify(UserFactory(), "recent", now=NOW + timedelta(days=1))

        assert send(days=14) == 1

        old.refresh_from_db(), recent.refresh_from_db()
        assert (old.mail_state, recent.mail_state) == (MailState.TOO_OLD, MailState.SENT)

    def test_a_notice_of_a_kind_that_is_gone_is_left_alone(self):
        Notice.objects.create(recipient=UserFactory(), kind="gone", key="x", url="/", created_at=NOW, send_after=NOW)

        assert send() == 0

    @pytest.mark.parametrize("count", [1, 3])
    def test_gathering_takes_a_fixed_number_of_queries(self, count, django_assert_num_queries, monkeypatch):
        for person in UserFactory.create_batch(count):
            notify(person)
        monkeypatch.setattr(mailing, "LONGEST_RUN", timedelta(0))

        # What is too old; a savepoint and its end around people, notices, choices, new mails, whose they are; another around nobody;
        # what is to send.
        with django_assert_num_queries(12):
            assert send() == 0

        assert Mail.objects.to_send(NOW).count() == count


class TestTrying:
    def test_a_refusal_is_kept_and_tried_again_later(self, server, caplog):
        refused, fine = notify(UserFactory()), notify(UserFactory())
        server(smtplib.SMTPRecipientsRefused({refused.recipient.email: (550, b"no such mailbox")}))
        assert send() == 0

        refused.refresh_from_db()
        assert refused.mail_state is MailState.FAILED
        assert "no such mailbox" in refused.mail.error
        assert "SMTPRecipientsRefused" in caplog.text
        assert refused.recipient.email not in caplog.text

        server(None)
        assert send(minutes=4) == 0
        assert send(minutes=5) == 2
        fine.refresh_from_db()
        assert (fine.mail_state, fine.mail.tries, fine.mail.error) == (MailState.SENT, 2, "")

    def test_one_that_is_refused_keeps_no_other_from_going_out(self):
        notify(UserFactory(email="new\nline@example.com"), "bad")
        notify(UserFactory(), "good", now=NOW + timedelta(seconds=1))

        assert send(seconds=1) == 1

    def test_it_is_given_up_after_the_last_try_until_somebody_asks(self, server):
        notice, now = notify(UserFactory()), NOW
        server(TimeoutError("too slow"))
        for pause in (*PAUSES, timedelta(days=30)):
            assert send_due_mail(now=now) == 0
            now += pause

        notice.refresh_from_db()
        assert (notice.mail_state, notice.mail.tries) == (MailState.GIVEN_UP, 7)
        server(None)
        assert send_due_mail(now=now) == 0

        retry_mail(mail=notice.mail, by=UserFactory(), now=now)
        retry_mail(mail=notice.mail, by=UserFactory(), now=now)
        assert send_due_mail(now=now) == 1

    def test_where_the_server_is_away_nothing_is_tried_and_the_run_says_so(self, server):
        notice = notify(UserFactory())
        server(opens=False)

        with pytest.raises(ConnectionRefusedError):
            send()

        notice.refresh_from_db()
        assert notice.mail.tries == 0
        server(None)
        assert send() == 1

    def test_it_is_not_asked_for_when_nothing_waits(self, server):
        server(opens=False)

        assert send() == 0


class TestKilled:
    def test_a_claim_of_a_killed_sender_holds_for_a_while(self, server):
        notify(UserFactory())
        server(Killed())
        with pytest.raises(Killed):
            send()
        server(None)

        assert send() == 0
        assert send_due_mail(now=NOW + CLAIM_HOLDS) == 1

    def test_killed_after_the_server_took_it_the_copy_has_the_same_id(self, server):
        notify(UserFactory())
        server(Killed(), takes=True)
        with pytest.raises(Killed):
            send()
        server(None)
        send_due_mail(now=NOW + CLAIM_HOLDS)

        first, second = mail.outbox
        assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]

    def test_a_mail_that_kills_its_sender_isnt_tried_for_ever(self, server):
        notice = notify(UserFactory())
        server(Killed())
        for turn in range(len(PAUSES) + 1):
            with pytest.raises(Killed):
                send_due_mail(now=NOW + turn * CLAIM_HOLDS)

        assert send(days=1) == 0
        notice.refresh_from_db()
        assert notice.mail_state is MailState.GIVEN_UP


@pytest.mark.race
class TestAtOnce:
    def test_two_senders_send_once(self, at_once, monkeypatch):
        for person in UserFactory.create_batch(3):
            notify(person, "a")
            notify(person, "b")
        addresses: list[str] = []
        monkeypatch.setattr(EmailBackend, "send_messages", lambda backend, sent: addresses.extend(sent[0].to))

        counts = at_once(send, send)

        assert sum(counts) == len(set(addresses)) == len(addresses) == 3

    def test_the_lock_is_what_keeps_them_apart(self, unlocked, at_once, meet, monkeypatch):
        notify(UserFactory(), "a")
        meet(Mail, "save")
        monkeypatch.setattr(EmailBackend, "send_messages", lambda backend, sent: 1)

        counts = at_once(send, send)

        assert sum(counts) == 2


class TestWords:
    def test_html_and_text_say_the_same_and_escape_what_people_wrote(self):
        notify(
            UserFactory(name="Aishah & <b>Co", short_name="Aishah"),
            title="<script>alert(1)</script>\nBcc: all@example.com",
            body="Due on Friday.",
            lines=["Chapter 1 & 2"],
            url="/standards/REL-1/",
        )
        send()

        message = mail.outbox[0]
        html = message.alternatives[0].content
        assert message.subject == "<script>alert(1)</script> Bcc: all@example.com"
        assert "&lt;script&gt;" in html
        assert "<script>" not in html
        for said in ("Hello Aishah,", "Due on Friday.", "http://testserver/standards/REL-1/"):
            assert said in html
            assert said in message.body
        assert "- Chapter 1 & 2" in message.body
        assert "List-Unsubscribe" not in message.extra_headers
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"

    def test_it_is_in_the_readers_language_if_the_interface_speaks_it(self, settings):
        settings.INTERFACE_LANGUAGES = ["en", "ms"]
        notify(UserFactory(language="ms"))
        notify(UserFactory(language="fil"))
        send()

        htmls = [message.alternatives[0].content for message in mail.outbox]
        assert [html.split('lang="')[1][:2] for html in htmls] == ["ms", "en"]

    def test_links_follow_the_configured_address(self, settings):
        settings.BASE_URL = "https://piawai.example"
        notify(UserFactory(), due_on=date(2026, 12, 1))
        send()

        assert "https://piawai.example/my/" in mail.outbox[0].body
        assert mail.outbox[0].extra_headers["Message-ID"].endswith("@piawai.example>")
