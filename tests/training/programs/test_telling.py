"""Telling people of their programmes: each thing once, to whom it concerns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.contributions import due_work
from outbox.models import Notice
from tests.factories.people import (
    NOW,
    LeaveFactory,
    MembershipFactory,
    TeamFactory,
    TeamSupervisionFactory,
    UserFactory,
)
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from training.services.exceptions import extend_assignment, waive_program
from training.services.refreshing import open_refreshers
from training.services.telling import tell_of_dates, tell_supervisors_weekly

pytestmark = pytest.mark.django_db


def after(days: int):
    return NOW + timedelta(days=days)


def titles(person, *kinds: str) -> list[str]:
    found = Notice.objects.filter(recipient=person).order_by("created_at", "pk")
    return [notice.text.title for notice in (found.filter(kind__in=kinds) if kinds else found)]


def test_a_first_time_through_is_told_from_assignment_to_the_last_reminder():
    learner, program = UserFactory(), make_program(publish_chapter())
    assign(program, learner)

    for day in range(40):
        tell_of_dates(now=after(day))

    assert titles(learner) == [
        "“Welcome to the shop” is yours to do",
        "“Welcome to the shop” is due on 15 December 2026",
        "“Welcome to the shop” is due on 15 December 2026",
        "“Welcome to the shop” is due today",
        "“Welcome to the shop” was due on 15 December 2026",
        "“Welcome to the shop” was due on 15 December 2026",
    ]


def test_told_once_however_often_it_runs_and_after_an_outage_only_the_latest():
    learner = UserFactory()
    assign(make_program(publish_chapter()), learner)

    assert [tell_of_dates(now=after(20)), tell_of_dates(now=after(20)), tell_of_dates(now=after(19))] == [1, 0, 0]

    assert titles(learner, "due_soon") == ["“Welcome to the shop” is due on 15 December 2026"]


def test_an_extension_is_told_of_anew():
    learner = UserFactory()
    assignment = assign(make_program(publish_chapter()), learner)
    tell_of_dates(now=after(21))
    extend_assignment(assignment=assignment, due_on=date(2026, 12, 31), reason="Ill", by=learner, now=after(21))

    tell_of_dates(now=after(35))

    assert titles(learner, "due_soon")[-1] == "“Welcome to the shop” is due on 31 December 2026"


def test_nobody_is_asked_who_has_done_it_needn_t_is_away_or_has_left():
    chapter, program = publish_chapter(), None
    program = make_program(chapter)
    done, waived, away, left = (UserFactory() for _ in range(4))
    for learner in (done, waived, away, left):
        assign(program, learner)
    sign(done, chapter)
    waive_program(
        learner=waived, program=program, starts_on=NOW.date(), ends_on=None, reason="Knows it", by=done, now=NOW
    )
    LeaveFactory(user=away, starts_on=NOW.date())
    left.is_active = False
    left.save()

    assert tell_of_dates(now=after(20)) == 0


def test_supervisors_hear_of_who_is_late_step_by_step():
    shop = TeamFactory()
    counter = TeamFactory(parent=shop)
    learner = MembershipFactory(team=counter, user__name="Aisyah").user
    near, far = TeamSupervisionFactory(team=counter).user, TeamSupervisionFactory(team=shop).user
    assign(make_program(publish_chapter()), learner)

    tell_of_dates(now=after(24))
    assert (titles(near), titles(far)) == (["Aisyah is late with “Welcome to the shop”"], [])

    tell_of_dates(now=after(35))
    assert (len(titles(near)), titles(far)) == (1, ["Aisyah is late with “Welcome to the shop”"])


def test_a_refresher_is_told_as_it_opens_before_it_expires_and_after():
    learner, chapter = UserFactory(), publish_chapter()
    assign(make_program(chapter, window_days=60), learner)
    sign(learner, chapter)

    for day in range(300, 370):
        open_refreshers(now=after(day))
        tell_of_dates(now=after(day))

    assert titles(learner, "refresher_open", "expiring") == [
        "Time to refresh “Welcome to the shop”",
        "“Welcome to the shop” expires on 24 November 2027",
        "“Welcome to the shop” expires on 24 November 2027",
        "“Welcome to the shop” has expired",
    ]


def test_supervisors_hear_of_their_team_once_a_week():
    supervision = TeamSupervisionFactory()
    learner = MembershipFactory(team=supervision.team, user__name="Aisyah").user
    assign(make_program(publish_chapter()), learner)

    told = [tell_supervisors_weekly(now=after(day)) for day in (27, 28, 33, 34)]

    assert told == [1, 0, 0, 1]
    text = Notice.objects.filter(recipient=supervision.user).last().text
    assert text.body == "Overdue: 1. Expired: 0. Refreshers open: 0. People: 1."
    assert text.lines == ("Aisyah: Welcome to the shop",)


@pytest.mark.parametrize("people", [1, 4])
def test_telling_takes_a_fixed_number_of_queries(people, django_assert_max_num_queries):
    program = make_program(publish_chapter())
    for _ in range(people):
        assign(program, MembershipFactory().user)

    with django_assert_max_num_queries(29):
        assert tell_of_dates(now=after(20)) == people


def test_run_due_knows_them():
    assert {"Refreshers begun", "Notices of due dates", "Weekly notices to supervisors"} <= due_work().keys()
