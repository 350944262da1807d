"""Counting: what was shown on a day is what is counted as of that day, later and anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from people.models import Membership
from people.services.employment import end_employment
from tests.factories.people import NOW, MembershipFactory, TeamFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from training.domain.tallies import STATES, Tally
from training.selectors.counting import (
    Cell,
    tallies_of_day_unscoped,
    tallies_today_unscoped,
)
from training.services.assigning import release_assignment
from training.services.counting import COUNTING_JOB
from training.services.exceptions import end_waiver, extend_assignment, record_leave, waive_program
from training.services.refreshing import open_refreshers

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
FIRST = date(2026, 11, 24)


def at(number: int):
    """Nine in the morning of a day of the story."""
    return NOW + number * DAY


def told_day_by_day(story, days: int) -> list[dict[Cell, Tally]]:
    """What is counted in the evening of each day, after what happened on it."""
    evenings = []
    for number in range(days):
        if number in story:
            story[number]()
        open_refreshers(now=at(number))
        evenings.append(tallies_today_unscoped(FIRST + number * DAY))
    return evenings


def test_as_of_a_day_is_what_was_shown_on_it():
    admin = UserFactory()
    till, floor = TeamFactory(name="Till"), TeamFactory(name="Floor")
    ann, ben, cy, di, eve = (
        MembershipFactory(team=till, user__name=name, user__employed_on=date(2026, 1, 1)).user
        for name in ("Ann", "Ben", "Cy", "Di", "Eve")
    )
    chapter, other = publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    program = make_program(chapter, other, days_to_complete=3, active_months=1, window_days=10)
    short = make_program(other, title="Short", days_to_complete=2, active_months=None)
    made = {}

    def move(person, day):
        Membership.objects.filter(user=person, ends_on=None).update(ends_on=day - DAY)
        MembershipFactory(team=floor, user=person, starts_on=day)

    story = {
        0: lambda: [assign(each, person, now=at(0)) for each in (program, short) for person in (ann, ben, cy, di, eve)],
        1: lambda: sign(ann, chapter, now=at(1)),
        2: lambda: (
            sign(ann, other, now=at(2)),
            made.update(waiver=waive_program(
                learner=ben, program=program, starts_on=FIRST + 2 * DAY, ends_on=None, reason="x", by=admin, now=at(2)
            )),
            record_leave(user=cy, starts_on=FIRST + 2 * DAY, ends_on=FIRST + 5 * DAY, by=admin, now=at(0)),
        ),
        4: lambda: [
            extend_assignment(assignment=each, due_on=FIRST + 7 * DAY, reason="x", by=admin, now=at(4))
            for each in di.assignments.all()
        ],
        6: lambda: end_waiver(waiver=made["waiver"], ended_on=FIRST + 6 * DAY, reason="x", by=admin, now=at(6)),
        8: lambda: (move(di, FIRST + 8 * DAY), sign(di, chapter, now=at(8))),
        9: lambda: [release_assignment(assignment=each, by=admin, now=at(9)) for each in ben.assignments.filter(program=short)],
        12: lambda: (end_employment(user=eve, left_on=FIRST + 11 * DAY, by=admin, now=at(12)), assign(short, ben, now=at(12))),
        30: lambda: (sign(ann, chapter, now=at(30)), sign(cy, other, now=at(30))),
        35: lambda: sign(ann, other, now=at(35)),
    }  # fmt: skip

    evenings = told_day_by_day(story, 45)

    for number, shown in enumerate(evenings):
        assert tallies_of_day_unscoped(FIRST + number * DAY) == shown, f"day {number}"
    seen = {name for evening in evenings for tally in evening.values() for name in STATES if getattr(tally, name)}
    assert seen == set(STATES)


def test_the_job_says_of_which_day_everybody_is_counted():
    assert COUNTING_JOB.told({"day": "2026-10-31"}) == "Everybody is counted as of 31 October 2026."
