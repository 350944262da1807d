"""What needs a supervisor today: who is late, expired, about to expire, or fails again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.enums import Status
from people.models import User
from training.models.programs import Program
from training.selectors.failures import Failure, repeated_failures_unscoped
from training.selectors.team import TeamMatrix

SOON = timedelta(days=30)
RESTING = frozenset({Status.WAIVED, Status.ON_LEAVE, Status.RELEASED})
HOLDING = frozenset({Status.CERTIFIED, Status.REFRESH})


@dataclass(frozen=True)
class Need:
    """One person and programme to look after. on: since when it is late or expired, or when it expires; failures: what was
    failed twice; can_be_reminded: there is something open to do.
    """

    person: User
    program: Program
    status: Status
    on: date | None
    failures: tuple[Failure, ...]
    can_be_reminded: bool

    @property
    def is_expiring(self) -> bool:
        return self.status in HOLDING and self.on is not None

    @property
    def marked(self) -> Status:
        """How the list shows it: what was failed is worse than what is only under way."""
        return self.status if self.status.is_loud or not self.failures else Status.FAILED


def needs_in_matrix_unscoped(matrix: TeamMatrix) -> list[Need]:
    """Of the people in a matrix, which is its viewer's to see: the loud ones first, then failures, then what expires in 30 days."""
    failures = repeated_failures_unscoped([row.person.pk for row in matrix.rows])
    needs = [
        Need(
            row.person,
            program,
            cell.status,
            cell.on if cell.status.is_loud or cell.status in HOLDING else None,
            tuple(failures.get((row.person.pk, program.pk), ())),
            can_be_reminded=cell.is_open,
        )
        for row in matrix.rows
        for program, cell in zip(matrix.programs, row.cells, strict=True)
        if cell.status not in RESTING
    ]
    return sorted((need for need in needs if _needs_someone(need, matrix.today)), key=_urgency)


def _needs_someone(need: Need, today: date) -> bool:
    expires_soon = need.is_expiring and need.on is not None and need.on <= today + SOON
    return need.status.is_loud or bool(need.failures) or expires_soon


def _urgency(need: Need) -> tuple[bool, bool, date, str, str]:
    return not need.status.is_loud, not need.failures, need.on or date.max, need.person.name, need.program.title
