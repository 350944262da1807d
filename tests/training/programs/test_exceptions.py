"""Exceptions that somebody grants: more time, waivers, what was learnt elsewhere, leave."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.enums import Status
from people.models import LeaveOfAbsence
from tests.factories.people import NOW, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from training.models import Extension, PriorLearning, Waiver
from training.selectors.my_training import my_training_for_learner
from training.services.assigning import release_assignment
from training.services.exceptions import (
    Contradiction,
    NothingOpen,
    end_waiver,
    extend_assignment,
    record_leave,
    record_prior_learning,
    waive_program,
)

pytestmark = pytest.mark.django_db

DUE = date(2026, 12, 15)


@pytest.fixture
def granted():
    return {"by": UserFactory(), "now": NOW, "reason": "As agreed"}


def shown(learner) -> list[Status]:
    training = my_training_for_learner(learner, NOW)
    return [card.status for card in (*training.open, *training.closed)]


def test_more_time_is_later_than_before_and_twice_is_once(granted):
    assignment = assign(make_program(publish_chapter()), UserFactory())
    later = DUE + timedelta(days=5)

    for _ in range(2):
        extend_assignment(assignment=assignment, due_on=later, **granted)

    assert Extension.objects.get().due_on == later
    with pytest.raises(Contradiction):
        extend_assignment(assignment=assignment, due_on=DUE, **granted)


def test_what_is_closed_has_no_more_time_and_nothing_to_credit(granted):
    program = make_program(publish_chapter())
    assignment = assign(program, UserFactory())
    release_assignment(assignment=assignment, by=None, now=NOW)

    with pytest.raises(NothingOpen):
        extend_assignment(assignment=assignment, due_on=DUE + timedelta(days=1), **granted)
    with pytest.raises(NothingOpen):
        record_prior_learning(
            assignment=assignment, activities=program.activities.all(), learnt_on=NOW.date(), **granted
        )
    assert not PriorLearning.objects.exists()


def test_a_waiver_lies_over_the_status_until_it_ends(granted):
    learner, program = UserFactory(), make_program(publish_chapter())
    assign(program, learner)
    waived = {"learner": learner, "program": program, "starts_on": NOW.date(), "ends_on": None, **granted}

    for _ in range(2):
        waiver = waive_program(**waived)
    assert Waiver.objects.get() == waiver
    assert shown(learner) == [Status.WAIVED]

    for _ in range(2):
        end_waiver(waiver=waiver, ended_on=NOW.date(), **granted)
    assert shown(learner) == [Status.ASSIGNED]
    assert waive_program(**waived) != waiver


def test_a_waiver_does_not_end_before_it_begins(granted):
    dates = {"starts_on": NOW.date(), "ends_on": NOW.date() - timedelta(days=1)}
    with pytest.raises(Contradiction):
        waive_program(learner=UserFactory(), program=make_program(publish_chapter()), **dates, **granted)


def test_prior_learning_closes_what_it_shows_and_the_programme_when_that_was_all(granted):
    learner, chapter, other = UserFactory(), publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    program = make_program(chapter, other)
    assignment = assign(program, learner)
    sign(learner, chapter)

    learning = record_prior_learning(
        assignment=assignment, activities=list(program.activities.all()), learnt_on=date(2025, 5, 1), **granted
    )

    assert [str(done.activity) for done in learning.completions.all()] == ["Timeliness"]
    assert assignment.completion.completed_on == NOW.date()


def test_leave_lies_over_the_status_and_neither_overlaps_nor_ends_before_it_begins():
    learner, by = UserFactory(), UserFactory()
    assign(make_program(publish_chapter()), learner)
    first, last = NOW.date(), NOW.date() + timedelta(days=9)
    for ends_on in (None, last):
        record_leave(user=learner, starts_on=first, ends_on=ends_on, by=by, now=NOW)

    assert shown(learner) == [Status.ON_LEAVE]
    assert LeaveOfAbsence.objects.get().ends_on == last
    for starts_on, ends_on in ((last, None), (last + timedelta(days=5), last), (first - timedelta(days=3), first)):
        with pytest.raises(Contradiction):
            record_leave(user=learner, starts_on=starts_on, ends_on=ends_on, by=by, now=NOW)
