"""What the database makes of a status is what the domain makes of it: over every combination of facts that tells them apart."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import Case, Value, When

from people.models import LeaveOfAbsence, User
from tests.factories.people import NOW, UserFactory
from training.domain.states import standing
from training.enums import WORST_FIRST
from training.models import Program, ProgramAssignment, ProgramStatus, Waiver
from training.selectors.states import facts_of, shown

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
AROUND = (None, TODAY - DAY, TODAY, TODAY + DAY)
DATES = [
    *((due_on, None, None, None) for due_on in AROUND),
    *((TODAY - DAY, TODAY - 9 * DAY, expires_on, opens_on) for expires_on, opens_on in product(AROUND, AROUND)),
]
"""due_on, completed_on, expires_on, opens_on"""
COMBINATIONS = list(product(DATES, (0, 1), (False, True), (False, True)))
"""…, done, is_released, is_waived"""


@pytest.fixture
def statuses() -> None:
    """Each combination for somebody who is there and for somebody who is away."""
    there, away = UserFactory(), UserFactory()
    LeaveOfAbsence.objects.create(user=away, starts_on=TODAY - DAY, ends_on=TODAY + DAY, recorded_at=NOW)
    programs = Program.objects.bulk_create(
        Program(title=f"{number}", slug=f"{number}") for number in range(len(COMBINATIONS))
    )
    for learner in (there, away):
        assignments = ProgramAssignment.objects.bulk_create(
            ProgramAssignment(learner=learner, program=program, assigned_at=NOW) for program in programs
        )
        ProgramStatus.objects.bulk_create(map(_status, assignments, COMBINATIONS))
        Waiver.objects.bulk_create(
            Waiver(learner=learner, program=program, starts_on=TODAY, reason="x", granted_at=NOW)
            for program, (*_, is_waived) in zip(programs, COMBINATIONS, strict=True)
            if is_waived
        )


def _status(assignment: ProgramAssignment, combination) -> ProgramStatus:
    (due_on, completed_on, expires_on, opens_on), done, is_released, _is_waived = combination
    return ProgramStatus(
        learner_id=assignment.learner_id,
        program_id=assignment.program_id,
        assignment=assignment,
        due_on=due_on,
        done=done,
        is_open=False,
        is_released=is_released,
        completed_on=completed_on,
        expires_on=expires_on,
        opens_on=opens_on,
    )


def _by_domain(row: ProgramStatus, today: date) -> object:
    return shown(standing(facts_of(row, is_started=row.done > 0), today))


@pytest.mark.usefixtures("statuses")
def test_the_rank_is_the_standing_on_any_day():
    for today in (TODAY - DAY, TODAY, TODAY + DAY, TODAY + 2 * DAY):
        rows = list(ProgramStatus.objects.with_rank(today).with_overlays(today))

        assert len(rows) == 2 * len(COMBINATIONS)
        assert [WORST_FIRST[row.rank] for row in rows] == [_by_domain(row, today) for row in rows]


@pytest.mark.usefixtures("statuses")
def test_each_row_may_have_a_day_of_its_own():
    first = User.objects.order_by("pk").first()
    today = Case(When(learner=first, then=Value(TODAY)), default=Value(TODAY + DAY))
    rows = list(ProgramStatus.objects.with_rank(today).order_by("pk"))
    overlaid = {
        row.pk: row
        for day in (TODAY, TODAY + DAY)
        for row in ProgramStatus.objects.with_overlays(day)
        if (row.learner_id == first.pk) == (day == TODAY)
    }

    assert [WORST_FIRST[row.rank] for row in rows] == [_by_domain(overlaid[row.pk], row.today) for row in rows]


@pytest.mark.usefixtures("statuses")
def test_every_status_is_among_them():
    assert set(ProgramStatus.objects.with_rank(TODAY).values_list("rank", flat=True)) == set(range(len(WORST_FIRST)))
