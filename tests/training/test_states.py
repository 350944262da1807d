"""The table of DESIGN, “Programmes and activities”: what is on record → where an assignment stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from training.domain.states import AssignmentFacts, Standing, State, standing

TODAY = date(2026, 11, 24)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (AssignmentFacts(), Standing(State.ASSIGNED)),
        (AssignmentFacts(due_on=TODAY), Standing(State.ASSIGNED)),
        (AssignmentFacts(due_on=YESTERDAY), Standing(State.ASSIGNED, is_overdue=True)),
        (AssignmentFacts(due_on=TOMORROW, is_started=True), Standing(State.IN_PROGRESS)),
        (AssignmentFacts(due_on=YESTERDAY, is_started=True), Standing(State.IN_PROGRESS, is_overdue=True)),
        (AssignmentFacts(due_on=YESTERDAY, is_started=True, completed_on=TODAY), Standing(State.CERTIFIED)),
        (AssignmentFacts(completed_on=YESTERDAY, expires_on=TODAY), Standing(State.CERTIFIED)),
        (AssignmentFacts(completed_on=YESTERDAY, expires_on=YESTERDAY), Standing(State.EXPIRED)),
        (AssignmentFacts(due_on=YESTERDAY, is_started=True, is_released=True), Standing(State.RELEASED)),
    ],
)
def test_standing(facts, expected):
    assert standing(facts, TODAY) == expected
