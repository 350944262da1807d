"""Due dates in one's own calendar: what is in the file, whose it is, and how its address is given up."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from core import clock
from home.models import CalendarFeed
from home.selectors.calendars import calendar_address_for_person, calendar_token
from home.services.calendars import make_calendar_feed, written_calendar
from people.models import User
from tests.factories.deltas import LATER, begin, change
from tests.factories.looking_after import waive
from tests.factories.people import NOW, LeaveFactory, MembershipFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from tests.pages import signed_in, smooth
from training.services.assigning import release_assignment
from training.services.exceptions import extend_assignment, record_leave
from training.services.refreshing import open_refreshers

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def ann() -> User:
    return MembershipFactory(user__name="Ann Melati").user


@pytest.fixture
def by() -> User:
    return UserFactory()


def events(person: User, now=NOW) -> list:
    return list(Calendar.from_ical(written_calendar(person=person, now=now)).walk("VEVENT"))


def said(person: User, now=NOW) -> list[tuple[str, date]]:
    return [(str(event["summary"]), event["dtstart"].dt) for event in events(person, now)]


def address(person: User, now=NOW) -> str:
    return reverse("calendar_feed", args=[calendar_token(make_calendar_feed(person=person, now=now))])


def test_a_due_date_is_a_whole_day_with_a_reminder_the_day_before(ann):
    assignment = assign(make_program(publish_chapter(), title="Welcome"), ann)

    (event,) = events(ann)

    assert str(event["summary"]) == "Due: Welcome"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 12, 15), date(2026, 12, 16))
    assert event["dtstamp"].dt == NOW
    assert event["sequence"] == 0
    assert str(event["url"]) == "http://testserver/my/"
    assert event.walk("VALARM")[0]["trigger"].dt == timedelta(hours=-15)
    assert str(assignment.public_id) not in str(event)


def test_a_day_that_moves_keeps_its_uid_and_counts_up(ann, by):
    assignment = assign(make_program(publish_chapter()), ann)
    (before,) = events(ann)

    extend_assignment(assignment=assignment, due_on=date(2026, 12, 20), reason="Ill", by=by, now=NOW + DAY)
    record_leave(user=ann, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2), by=by, now=NOW + DAY)
    (after,) = events(ann, NOW + DAY)

    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 2)
    assert after["dtstamp"].dt > before["dtstamp"].dt
    assert after["dtstart"].dt == date(2026, 12, 22)


def test_what_is_done_becomes_its_expiry_and_then_its_refresher(ann):
    chapter = publish_chapter()
    assign(make_program(chapter, title="Welcome", window_days=30), ann)
    due = events(ann)[0]["uid"]
    sign(ann, chapter)

    assert said(ann) == [("Valid for the last day: Welcome", date(2027, 11, 24))]
    assert events(ann)[0]["uid"] != due

    opened = NOW.replace(year=2027)
    open_refreshers(now=opened)

    assert said(ann, opened) == [("Refresher due: Welcome", date(2027, 11, 24))]
    assert said(ann, opened + 3 * DAY) == [("Refresher due: Welcome", date(2027, 11, 24))]


def test_what_nobody_asks_for_isnt_there(ann, by):
    chapter = publish_chapter()
    waive(ann, assign(make_program(chapter, title="Waived"), ann).program, by=by)
    release_assignment(
        assignment=assign(make_program(chapter, title="Released"), ann), by=by, now=NOW, reason="Not needed"
    )
    assign(make_program(chapter, title="Whenever", days_to_complete=None), ann)
    assign(make_program(chapter, title="Somebody else's"), by)
    assert said(ann) == []

    assign(make_program(chapter, title="Asked"), ann)
    assert [title for title, _day in said(ann)] == ["Due: Asked"]
    LeaveFactory(user=ann, starts_on=NOW.date(), recorded_at=NOW)
    assert said(ann) == []


def test_what_changed_is_due_too(ann):
    chapter = publish_chapter()
    assign(make_program(chapter, title="Welcome"), ann)
    sign(ann, chapter)
    begin(change(chapter))

    assert said(ann, LATER) == [
        ("Due: What changed: REL-1", date(2027, 3, 18)),
        ("Valid for the last day: Welcome", date(2027, 11, 24)),
    ]


def test_long_titles_are_folded_and_come_back_whole(ann):
    title = "Selamat datang ke kedai; “piawaian” perkhidmatan, aduan & ganti rugi 欢迎 \\ tidak"
    assign(make_program(publish_chapter(), title=title, slug="panjang"), ann)

    file = written_calendar(person=ann, now=NOW)

    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert said(ann)[0][0] == f"Due: {title}"


def test_the_calendar_says_what_it_is_and_when_to_look_again(ann):
    file = written_calendar(person=ann, now=NOW)
    calendar = Calendar.from_ical(file)

    assert rb"X-WR-CALNAME:My training\, " in file
    assert calendar["refresh-interval"].dt == timedelta(hours=6)
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert b"Ann" not in file


@pytest.mark.parametrize("count", [1, 3])
def test_queries_are_a_fixed_number(client, ann, count, django_assert_num_queries):
    chapter = publish_chapter()
    for number in range(count):
        assign(make_program(chapter, title=f"Programme {number}"), ann)
    place = address(ann)

    # Whose it is, settings, branch, extensions, leave, statuses, what changed.
    with django_assert_num_queries(7):
        client.get(place)


def test_it_is_fetched_without_a_session_and_kept_nowhere(client, ann):
    response = client.get(address(ann))

    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_an_old_a_forged_and_a_leavers_address_show_nothing(client, ann):
    old = address(ann)
    new = address(ann)

    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert client.get(re.sub(r".\.ics$", "~.ics", new)).status_code == 404
    assert client.get(f"/calendar/{CalendarFeed.objects.get().key.hex}.ics").status_code == 404
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert client.get(new).status_code == 404


def test_the_page_makes_an_address_shows_it_makes_another_and_stops(ann):
    client = signed_in(ann)
    assert "Make my address" in smooth(client.get("/my/calendar/"))

    made = smooth(client.post("/my/calendar/new/", follow=True))
    first = calendar_address_for_person(ann)
    assert first.address in made
    assert f'href="{first.subscription}"' in made
    assert first.subscription.startswith("webcal://testserver/calendar/")
    assert "Here is a new address" not in made

    assert "Here is a new address" in smooth(client.post("/my/calendar/new/", follow=True))
    assert calendar_address_for_person(ann) != first

    assert "Make my address" in smooth(client.post("/my/calendar/stop/", follow=True))
    assert calendar_address_for_person(ann) is None
