"""The conditions that the database goes by say the same as the rules."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from tests.factories.people import NOW, LeaveFactory, UserFactory
from tests.factories.programs import assign, make_program
from training.domain.states import standing
from training.enums import WORST_FIRST
from training.models import Program, ProgramStatus, Waiver
from training.selectors.conditions import shown_as
from training.selectors.states import facts_of, shown

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
DAYS = (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))


def people_in_every_state() -> None:
    """Each combination of dates, done or not, released or not, for somebody at work, away, and with a waiver."""
    program = make_program()
    combinations = [
        each
        for each in product(DAYS, (0, 1), (False, True), DAYS[:2], DAYS, DAYS)
        if each[3] or not (each[4] or each[5])
    ]
    away, waived = UserFactory(), UserFactory()
    LeaveFactory(user=away, starts_on=TODAY)
    learners = [UserFactory(), away, waived]
    assignment = assign(program, learners[0])
    programs = Program.objects.bulk_create(
        Program(title=f"{number}", slug=f"{number}") for number in range(len(combinations))
    )
    Waiver.objects.bulk_create(
        Waiver(learner=waived, program=each, starts_on=TODAY, granted_at=NOW) for each in programs
    )
    ProgramStatus.objects.all().delete()
    ProgramStatus.objects.bulk_create(
        ProgramStatus(
            learner=learner, program=each, assignment=assignment, is_open=True,
            due_on=due_on, done=done, is_released=is_released,
            completed_on=completed_on, expires_on=expires_on, opens_on=opens_on,
        )
        for learner in learners
        for each, (due_on, done, is_released, completed_on, expires_on, opens_on) in zip(programs, combinations, strict=True)
    )  # fmt: skip


def test_every_combination_is_shown_by_the_database_as_by_the_rules():
    people_in_every_state()
    rows = ProgramStatus.objects.with_overlays(TODAY)
    right = {row.pk: shown(standing(facts_of(row, is_started=row.done > 0), TODAY)) for row in rows}
    assert len(right) == 3 * 4 * 2 * 2 * (1 + 4 * 4)
    assert set(right.values()) == set(shown_as(TODAY))

    ranked = ProgramStatus.objects.with_rank(TODAY).values_list("pk", "rank")
    assert {pk: WORST_FIRST[rank] for pk, rank in ranked} == right

    for status, condition in shown_as(TODAY).items():
        assert set(rows.filter(condition).values_list("pk", flat=True)) == {pk for pk in right if right[pk] is status}
