"""Where everybody stands is kept with the facts, and can be made anew from them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from tests.factories.people import NOW, LeaveFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from training.models import ProgramStatus
from training.selectors.status import computed_statuses_unscoped, differences_unscoped
from training.services.assigning import release_assignment
from training.services.exceptions import extend_assignment, record_leave
from training.services.refreshing import open_refreshers
from training.services.status import rebuild_status

pytestmark = pytest.mark.django_db


def status(learner) -> ProgramStatus:
    assert differences_unscoped([learner.pk]) == []
    return ProgramStatus.objects.get(learner=learner)


def test_status_follows_each_fact_in_its_transaction():
    learner, admin = UserFactory(), UserFactory()
    chapter, other = publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    program = make_program(chapter, other, window_days=30)

    assignment = assign(program, learner)
    assert (status(learner).due_on, status(learner).done, status(learner).is_open) == (date(2026, 12, 15), 0, True)

    extend_assignment(assignment=assignment, due_on=date(2026, 12, 20), reason="Ill", by=admin, now=NOW)
    assert status(learner).due_on == date(2026, 12, 20)

    sign(learner, chapter)
    assert status(learner).done == 1

    sign(learner, other)
    row = status(learner)
    assert (row.is_open, row.completed_on, row.expires_on, row.opens_on) == (
        False,
        date(2026, 11, 24),
        date(2027, 11, 24),
        date(2027, 10, 25),
    )


def test_a_refresher_keeps_what_holds_until_it_is_done():
    learner, chapter = UserFactory(), publish_chapter()
    assignment = assign(make_program(chapter, window_days=30), learner)
    sign(learner, chapter)

    assert open_refreshers(now=NOW + timedelta(days=340)) == 1

    row = status(learner)
    assert (row.assignment == assignment, row.is_open, row.done, row.due_on) == (False, True, 0, date(2027, 11, 24))
    assert (row.completed_on, row.expires_on) == (date(2026, 11, 24), date(2027, 11, 24))


def test_release_and_another_cycle():
    learner = UserFactory()
    program = make_program(publish_chapter())
    release_assignment(assignment=assign(program, learner), by=None, now=NOW)
    assert (status(learner).is_released, status(learner).is_open) == (True, False)

    assign(program, learner)

    assert (status(learner).is_released, status(learner).is_open) == (False, True)


def test_leave_that_is_over_moves_the_due_date_and_leave_without_an_end_does_not():
    learner, admin = UserFactory(), UserFactory()
    assign(make_program(publish_chapter()), learner)
    record_leave(user=learner, starts_on=date(2026, 12, 1), ends_on=None, by=admin, now=NOW)
    assert status(learner).due_on == date(2026, 12, 15)

    record_leave(user=learner, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 10), by=admin, now=NOW)

    assert status(learner).due_on == date(2026, 12, 25)


def test_an_extension_counts_leave_from_when_it_was_granted():
    learner = UserFactory()
    assignment = assign(make_program(publish_chapter()), learner)
    LeaveFactory(user=learner, starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 29))
    later = NOW + timedelta(days=7)

    extend_assignment(assignment=assignment, due_on=date(2026, 12, 24), reason="Away", by=learner, now=later)

    assert status(learner).due_on == date(2026, 12, 24)


@pytest.mark.parametrize("people", [1, 5])
def test_statuses_are_worked_out_in_a_fixed_number_of_queries(people, django_assert_num_queries):
    program = make_program(publish_chapter())
    learners = [assign(program, UserFactory()).learner_id for _ in range(people)]

    with django_assert_num_queries(6):
        assert len(computed_statuses_unscoped(learners)) == people


def test_rebuild_status_mends_what_is_wrong_missing_or_too_many(capsys):
    program, other = make_program(publish_chapter()), make_program(title="Another")
    wrong, missing, right = (UserFactory() for _ in range(3))
    for learner in (wrong, missing, right):
        assign(program, learner)
    ProgramStatus.objects.filter(learner=wrong).update(done=7)
    ProgramStatus.objects.filter(learner=missing).delete()
    extra = ProgramStatus.objects.get(learner=right)
    ProgramStatus.objects.create(learner=right, program=other, assignment=extra.assignment, is_open=True)

    with pytest.raises(CommandError, match="3 statuses are not what the facts say"):
        call_command("rebuild_status", check=True)
    call_command("rebuild_status")
    assert capsys.readouterr().out.splitlines()[-1] == "3 statuses were not what the facts say; they are now."

    call_command("rebuild_status", check=True)
    assert capsys.readouterr().out.splitlines()[-1] == "Every status is what the facts say."
    assert ProgramStatus.objects.count() == 3
    assert rebuild_status() == 0
