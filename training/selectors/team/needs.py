"""What needs a supervisor today: who is late, expired, about to expire, or fails again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)

from core.enums import Status
from people.models import User
from training.enums import RANK, WORST_FIRST
from training.models.programs import Program
from training.models.status import ProgramStatus
from training.selectors.failures import Failure, repeated_failures_unscoped, statuses_with_failures_unscoped
from training.selectors.team.scope import TeamScope

SOON = timedelta(days=30)
LOUD = [RANK[status] for status in RANK if status.is_loud]
HOLDING = [RANK[Status.CERTIFIED], RANK[Status.REFRESH]]
RESTING = [RANK[Status.WAIVED], RANK[Status.ON_LEAVE], RANK[Status.RELEASED]]


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
        return not self.status.is_loud and self.on is not None

    @property
    def marked(self) -> Status:
        """How the list shows it: what was failed is worse than what is only under way."""
        return self.status if self.status.is_loud or not self.failures else Status.FAILED


@dataclass(frozen=True)
class Needs:
    """The first of them, the most urgent one at the head, and how many there are."""

    first: list[Need]
    count: int


def needs_of_team(scope: TeamScope, most: int) -> Needs:
    """`most` of them: the loud ones, then failures, then what expires in 30 days. A query, and one more where something was failed."""
    rows = list(_urgent(scope)[:most])
    failing = {row.learner_id for row in rows if row.is_failing}
    failures = repeated_failures_unscoped(failing) if failing else {}
    needs = [_need(row, tuple(failures.get((row.learner_id, row.program_id), ()))) for row in rows]
    return Needs(needs, rows[0].count if rows else 0)


def _urgent(scope: TeamScope) -> QuerySet[ProgramStatus, Any]:
    statuses = scope.statuses.annotate(
        is_loud=_flag(Q(rank__in=LOUD)),
        is_failing=_flag(statuses_with_failures_unscoped(scope.memberships.values("user")) & ~Q(rank__in=RESTING)),
        on=_day(),
    )
    expires_soon = Q(rank__in=HOLDING, expires_on__lte=scope.today + SOON)
    urgent = statuses.filter(Q(is_loud=True) | Q(is_failing=True) | expires_soon)
    order = ("-is_loud", "-is_failing", F("on").asc(nulls_last=True), "learner__name", "program__title", "pk")
    return urgent.annotate(count=Window(Count("pk"))).select_related("learner", "program").order_by(*order)


def _flag(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _day() -> Case:
    late = When(rank__in=LOUD, completed_on=None, then=F("due_on"))
    held = When(rank__in=[*LOUD, *HOLDING], then=F("expires_on"))
    return Case(late, held, default=Value(None), output_field=DateField())


def _need(row: Any, failures: tuple[Failure, ...]) -> Need:
    status = WORST_FIRST[row.rank]
    return Need(row.learner, row.program, status, row.on, failures, can_be_reminded=row.is_open)
