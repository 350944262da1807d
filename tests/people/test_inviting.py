"""Invitations by mail: the token is only in the mail, a mail goes out once, and a mail server that is away loses nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from core import clock
from core.contributions import due_work
from core.models import OrganisationSettings
from people.models import Invitation, User
from people.querysets import WAITS
from people.services import accept_invitation, invite_person, request_invitations, send_due_invitations
from tests.factories.people import NOW, UserFactory
from tests.pages import signed_in, smooth

pytestmark = pytest.mark.django_db

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class BrokenBackend(EmailBackend):
    """A mail server that is away."""

    tried: list[str] = []

    def send_messages(self, messages):
        self.tried += [message.to[0] for message in messages]
        raise OSError("away")


@pytest.fixture
def broken(settings):
    BrokenBackend.tried = []
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"


def newcomer(**about) -> User:
    return UserFactory(password=None, **about)


def ask(*people: User, now=NOW) -> int:
    return request_invitations(user_ids=[person.pk for person in people], by=None, now=now)


def link_in(mail) -> str:
    return re.search(r"http://testserver(/invitation/[\w-]+/)", mail.body)[1]


def test_a_mail_brings_the_link_once(mailoutbox):
    OrganisationSettings.objects.create(name="Kedai & Co.")
    siti = newcomer(email="siti@example.com", name="Siti <Aminah>", short_name="Ti")
    ask(siti)
    assert [send_due_invitations(now=NOW) for _ in range(2)] == [1, 0]

    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["siti@example.com"], "Your training account at Kedai & Co.")
    assert mail.body.startswith("Hello Ti,\n\nKedai & Co. has made you an account")
    html, kind = mail.alternatives[0]
    assert (kind, "Kedai &amp; Co. has made you" in html, link_in(mail) in html) == ("text/html", True, True)
    with clock.set_to(NOW):
        assert Client().get(link_in(mail)).status_code == 200
    invitation = Invitation.objects.get()
    assert (invitation.sent_at, invitation.expires_at, invitation.tries) == (NOW, NOW + 14 * DAY, 1)
    assert link_in(mail).split("/")[2] not in str(vars(invitation))


def test_sending_is_due_work():
    assert due_work()["Invitations sent"] is send_due_invitations


def test_nothing_is_asked_for_nobody():
    assert (ask(newcomer(is_active=False)), Invitation.objects.count()) == (0, 0)


def test_a_mail_server_that_is_away_loses_nothing(broken, settings, mailoutbox):
    ask(newcomer())
    moment = NOW
    for times, wait in enumerate(WAITS, start=1):
        assert send_due_invitations(now=moment) == 0
        assert send_due_invitations(now=moment + wait - MINUTE) == 0
        assert len(BrokenBackend.tried) == times
        moment += wait

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due_invitations(now=moment) == 1
    with clock.set_to(moment):
        assert Client().get(link_in(mailoutbox[0])).status_code == 200


def test_after_its_last_try_it_waits_to_be_asked_for_again(broken, settings):
    siti = newcomer()
    ask(siti)
    Invitation.objects.update(tries=len(WAITS) + 1, tried_at=NOW)
    assert send_due_invitations(now=NOW + 2 * DAY) == 0

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert (ask(siti, now=NOW + 2 * DAY), send_due_invitations(now=NOW + 2 * DAY)) == (1, 1)
    assert Invitation.objects.count() == 1


def test_a_run_stops_where_the_server_is_down_and_spares_the_others(broken):
    ask(*(newcomer() for _ in range(5)))
    send_due_invitations(now=NOW)

    assert len(BrokenBackend.tried) == 3
    assert Invitation.objects.filter(tries=0).count() == 2


def test_what_another_run_has_claimed_meanwhile_is_left_to_it(mailoutbox, monkeypatch):
    """Two runs at once: both have listed it, and the other has claimed it since."""
    from people.services import inviting

    ask(newcomer())
    connect = inviting.get_connection

    def claimed_meanwhile():
        Invitation.objects.update(tries=1, tried_at=NOW)
        return connect()

    monkeypatch.setattr(inviting, "get_connection", claimed_meanwhile)

    assert send_due_invitations(now=NOW) == 0
    assert mailoutbox == []


def test_a_link_by_hand_takes_the_place_of_a_mail(mailoutbox):
    siti = newcomer()
    ask(siti)
    token = invite_person(user=siti, by=siti, now=NOW)

    assert send_due_invitations(now=NOW) == 0
    assert accept_invitation(token=token, password="ketuk-pintu-dahulu", now=NOW) == siti


def test_a_mail_takes_the_place_of_an_older_link(mailoutbox):
    siti = newcomer()
    token = invite_person(user=siti, by=siti, now=NOW - DAY)
    ask(siti)
    send_due_invitations(now=NOW)

    with clock.set_to(NOW + MINUTE):
        answers = [
            Client().get(address).status_code
            for address in (reverse("invitation", args=[token]), link_in(mailoutbox[0]))
        ]
    assert answers == [404, 200]


def test_who_left_meanwhile_gets_none(mailoutbox):
    ask(newcomer())
    User.objects.update(is_active=False)
    assert send_due_invitations(now=NOW) == 0


@pytest.fixture
def admin():
    with clock.set_to(NOW):
        yield signed_in(UserFactory(role="Administrators"))


def test_the_list_says_where_each_invitation_is(admin):
    names = {}
    for name, about in {
        "Not asked for": {},
        "Waiting to be sent": {"requested_at": NOW},
        "Not sent: the mail server didn’t take it": {"requested_at": NOW, "tries": len(WAITS) + 1},
        "Sent": {"requested_at": NOW, "sent_at": NOW},
        "Sent, and too old by now": {"requested_at": NOW, "sent_at": NOW - 15 * DAY, "expires_at": NOW - DAY},
    }.items():
        names[name] = newcomer()
        if about:
            Invitation.objects.create(user=names[name], **{"created_at": NOW, "expires_at": NOW + DAY, **about})
    UserFactory(name="Has a password"), newcomer(is_active=False, name="Has left")

    page = smooth(admin.get(reverse("people_invitations")))

    for state, person in names.items():
        assert re.search(rf"{person.email}</td> <td>{state}<", page)
    assert "Has " not in page.split("<tbody>")[1]


def test_those_ticked_are_asked_or_all_that_the_list_holds(admin):
    siti, ali = newcomer(name="Siti"), newcomer(name="Ali")
    known = UserFactory()
    address = reverse("people_invitations")

    ticked = admin.post(address, {"person": [siti.public_id, known.public_id, "nobody"]}, follow=True)
    assert "One invitation goes out within minutes." in smooth(ticked)
    assert [each.user for each in Invitation.objects.all()] == [siti]

    admin.post(f"{address}?q=ali", {"all": "1"})
    assert {each.user for each in Invitation.objects.all()} == {siti, ali}
    assert "Nobody was chosen." in smooth(admin.post(address, {}, follow=True))


def test_an_empty_list_says_so(admin):
    address = reverse("people_invitations")
    assert "There is nobody to invite." in smooth(admin.get(address))
    assert "Nobody of this name" in smooth(admin.get(f"{address}?q=x"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(admin, count, django_assert_max_num_queries):
    ask(*(newcomer() for _ in range(count)))
    admin.get(reverse("people_invitations"))
    with django_assert_max_num_queries(14):
        admin.get(reverse("people_invitations"))
