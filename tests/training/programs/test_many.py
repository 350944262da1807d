"""What is done for many people at once is decided under lock, person by person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories.people import NOW, BranchFactory, MembershipFactory, TeamFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from training.enums import LeftOut
from training.models import Waiver
from training.selectors.many import to_assign_unscoped, to_remind_unscoped
from training.services.assigning import release_assignment
from training.services.many import assign_many, extend_many, remind_many, waive_many

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def chapter():
    return publish_chapter()


@pytest.fixture
def program(chapter):
    return make_program(chapter, days_to_complete=5)


def test_for_nobody_nothing_is_done(program):
    by, due_on = UserFactory(), date(2026, 12, 24)

    for found in (
        remind_many(people=[], program=None, now=NOW),
        assign_many(people=[], program=program, reason="", by=by, now=NOW),
        extend_many(people=[], program=program, due_on=due_on, reason="x", by=by, now=NOW),
        waive_many(people=[], program=program, starts_on=due_on, ends_on=None, reason="x", by=by, now=NOW),
    ):
        assert (found.takes, found.left_out) == ({}, {})


def test_it_is_new_to_whom_was_released_or_has_expired_and_to_nobody_else(chapter, program):
    new, at_it, released, certified = (UserFactory() for _ in range(4))
    assignment = assign(program, released)
    assign(program, at_it), assign(program, certified)
    release_assignment(assignment=assignment, by=None, now=NOW)
    sign(certified, chapter)
    people = [new.pk, at_it.pk, released.pk, certified.pk]

    found = to_assign_unscoped(people=people, program=program, now=NOW)
    assert set(found.takes) == {new.pk, released.pk}
    assert found.left_out == {at_it.pk: LeftOut.HAS_IT, certified.pk: LeftOut.HAS_IT}
    assert certified.pk in to_assign_unscoped(people=people, program=program, now=NOW + 400 * DAY).takes
    by = UserFactory()
    assert set(assign_many(people=people, program=program, reason="", by=by, now=NOW).takes) == set(found.takes)
    assert {person: person.assignments.latest("cycle").cycle for person in (new, released)} == {new: 1, released: 2}


def test_what_is_late_is_so_by_the_day_of_each_branch(program):
    here, there = (
        MembershipFactory(team=TeamFactory(branch=BranchFactory(time_zone=zone))).user
        for zone in ("Asia/Kuala_Lumpur", "America/Los_Angeles")
    )
    for person in (here, there):
        assign(program, person, due_on=NOW.date() - DAY)

    found = to_remind_unscoped(people=[here.pk, there.pk], program=None, now=NOW)

    assert (set(found.takes), found.left_out) == ({here.pk}, {there.pk: LeftOut.NOTHING_LATE})


def test_a_stretch_whose_end_is_waived_already_is_left_out(program):
    person, by = UserFactory(), UserFactory()
    assign(program, person)
    terms = {"people": [person.pk], "program": program, "reason": "x", "by": by, "now": NOW}
    waive_many(starts_on=date(2026, 12, 10), ends_on=date(2026, 12, 20), **terms)

    found = waive_many(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 12), **terms)

    assert found.left_out == {person.pk: LeftOut.WAIVED}
    assert Waiver.objects.count() == 1
