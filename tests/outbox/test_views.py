"""The bell, the list behind it, what one wants mailed, and the link that stops mails."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from outbox.models import Notice, NoticePreference
from outbox.selectors import unsubscribe_token
from outbox.services import send_due_mail
from tests.factories.outbox import ALARM, DUE, QUIET, TIP, notify
from tests.factories.people import NOW, TeamSupervisionFactory, UserFactory
from tests.pages import signed_in, smooth, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def person():
    return UserFactory()


class TestBell:
    def test_it_counts_what_is_new_to_this_person(self, person):
        notify(person, "a"), notify(person, "b"), notify(UserFactory(), "c")

        assert "2 new notices" in smooth(signed_in(person).get("/standards/"))

    def test_it_counts_to_99(self, person):
        for number in range(100):
            notify(person, str(number))

        assert "99+" in text(signed_in(person).get("/standards/"))

    def test_visitors_have_none(self):
        assert "/notices/" not in text(Client().get("/verify/"))

    @pytest.mark.parametrize("notices", [0, 3])
    def test_it_costs_no_query_beside_the_one_that_says_who_supervises(self, notices, django_assert_num_queries):
        supervisor = TeamSupervisionFactory().user
        for number in range(notices):
            notify(supervisor, str(number))
        client = signed_in(supervisor)

        with django_assert_num_queries(6):  # session, person, choices, what was told; the bar; the organisation
            page = text(client.get("/notices/settings/"))

        assert 'href="/team/"' in page


class TestList:
    def test_the_newest_stands_first_and_new_ones_say_so(self, person):
        notify(person, "old", title="Chapter 2 is due", now=NOW - timedelta(days=1))
        notify(person, "new", title="Your certificate is <ready>", body="Valid until 2027.")
        notify(person, "mine alone", kind=QUIET, title="Well done")
        client = signed_in(person)

        page = text(client.get("/notices/"))

        assert page.index("Well done") < page.index("Chapter 2 is due")
        assert "&lt;ready&gt;" in page
        assert "Valid until 2027." in page
        assert "3 notices, 3 new" in smooth(client.get("/notices/"))

    def test_one_whose_words_cannot_be_made_takes_no_other_away(self, person):
        notify(person, "erased"), notify(person, "fine", title="Chapter 2 is due")
        Notice.objects.filter(key="erased").update(context={"title": 7, "lines": 7})

        page = text(signed_in(person).get("/notices/"))

        assert "Chapter 2 is due" in page
        assert '<span class="item-title" dir="auto">Due</span>' in page

    def test_opening_marks_it_read_and_leads_on(self, person):
        notice = notify(person, url="/standards/REL-1/")

        response = signed_in(person).post(reverse("notice_open", args=[notice.public_id]))

        assert response.url == "/standards/REL-1/"
        notice.refresh_from_db()
        assert notice.read_at == NOW + timedelta(hours=1)

    def test_what_is_somebody_elses_or_not_there_cannot_be_opened(self, person):
        theirs = notify(UserFactory())
        client = signed_in(person)

        for public_id in (theirs.public_id, uuid4()):
            assert client.post(reverse("notice_open", args=[public_id])).status_code == 404
        assert client.get(reverse("notice_open", args=[theirs.public_id])).status_code == 405
        assert not Notice.objects.exclude(read_at=None).exists()

    @pytest.mark.parametrize(("sent", "left"), [("page", 1), ("nonsense", 0), ("2026-13-45T00:00:00Z", 0), ("", 0)])
    def test_all_that_the_page_showed_are_marked_read(self, person, sent, left):
        notify(person, "shown")
        notify(person, "later", now=NOW + timedelta(minutes=30))
        until = NOW.isoformat() if sent == "page" else sent

        assert signed_in(person).post("/notices/read/", {"until": until}).url == "/notices/"

        assert Notice.objects.filter(read_at=None).count() == left

    def test_without_any_it_says_what_will_appear(self, person):
        assert "Nothing yet" in text(signed_in(person).get("/notices/"))

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries_are_a_fixed_number(self, person, count, django_assert_num_queries):
        for number in range(count):
            notify(person, str(number))
        client = signed_in(person)

        with django_assert_num_queries(6):  # session, person, count, rows; the bar; the organisation
            client.get("/notices/")

    def test_it_comes_in_pages(self, person):
        for number in range(21):
            notify(person, str(number), title=f"Notice {number}.", now=NOW + timedelta(seconds=number))
        client = signed_in(person)

        assert "Notice 0." not in text(client.get("/notices/"))
        assert "Notice 0." in text(client.get("/notices/?page=2"))


class TestChoosing:
    def test_only_what_one_gets_and_may_do_without_is_offered(self, person):
        notify(person, "tip", kind=TIP), notify(person, "due", kind=DUE), notify(person, "alarm", kind=ALARM)

        page = smooth(signed_in(person).get("/notices/settings/"))

        assert page.count('type="checkbox"') == 1
        assert 'value="test_tip" checked' in page

    def test_a_choice_is_kept_and_taken_back(self, person):
        notify(person, kind=TIP)
        client = signed_in(person)

        page = smooth(client.post("/notices/settings/", {}, follow=True))
        assert "Saved." in page
        assert 'value="test_tip">' in page
        assert NoticePreference.objects.get().user == person

        client.post("/notices/settings/", {"wanted": [TIP]})
        assert not NoticePreference.objects.exists()

    def test_nobody_does_without_what_must_be_told(self, person):
        notify(person, kind=DUE)

        signed_in(person).post("/notices/settings/", {"wanted": ["nonsense"]})

        assert not NoticePreference.objects.exists()
        assert "Nothing to choose yet" in text(signed_in(person).get("/notices/settings/"))


class TestUnsubscribing:
    def link(self, person) -> str:
        notify(person, kind=TIP)
        send_due_mail(now=NOW)
        headers = mail.outbox[-1].extra_headers
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        link = headers["List-Unsubscribe"].strip("<>")
        assert link in mail.outbox[-1].body
        return link.removeprefix("http://testserver")

    def test_the_link_of_a_mail_asks_first_and_then_does_it_signed_in_or_not(self, person):
        link = self.link(person)

        assert "Tips" in text(Client().get(link))
        assert not NoticePreference.objects.exists()

        visitor = Client(enforce_csrf_checks=True)  # a mail program has no cookie of ours
        for _ in range(2):
            response = visitor.post(link, {"List-Unsubscribe": "One-Click"})
            assert "Stopped" in text(response)
        assert NoticePreference.objects.get().kind == TIP

    def test_a_token_that_is_not_ours_stops_nothing(self, person):
        token = unsubscribe_token(person, [TIP])
        other = unsubscribe_token(UserFactory(), [TIP])
        forged = f"{other.split('.')[0]}.{token.split('.')[1]}"

        for wrong in (forged, "nonsense", unsubscribe_token(person, [DUE]), unsubscribe_token(person, ["gone"])):
            address = reverse("notice_unsubscribe", args=[wrong])
            assert Client().post(address).status_code == 404
        assert not NoticePreference.objects.exists()
