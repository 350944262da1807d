"""What needs a supervisor today: who is late, expired, about to expire, or fails again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    Q,
    QuerySet,
    When,
    Window,
)

from core.enums import Status
from people.models import User
from training.enums import RANK, WORST_FIRST
from training.models.programs import Program
from training.models.status import ProgramStatus
from training.selectors.failures import Failure
from training.selectors.team.matrix import TeamMatrix

SOON = timedelta(days=30)
LOUD = [RANK[status] for status in RANK if status.is_loud]
SHOWN = ("learner__public_id", "learner__name", "program__title", "program__slug")
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


def needs_of_team(matrix: TeamMatrix, most: int) -> Needs:
    """`most` of them: the loud ones, then failures, then what expires in 30 days. One query."""
    rows = list(_urgent(matrix)[:most])
    return Needs([_need(row, matrix) for row in rows], rows[0].count if rows else 0)


def _urgent(matrix: TeamMatrix) -> QuerySet[ProgramStatus, Any]:
    """Where a date or a failure asks for somebody, unless it rests: what is left is loud, was failed, or expires soon."""
    late, failing = Q(completed_on=None, due_on__lt=F("today")), Q(pk__in=list(matrix.failures))
    expires_soon = Q(expires_on__lte=matrix.today + SOON)
    urgent = matrix.scope.statuses.filter(late | expires_soon | failing).exclude(rank__in=RESTING)
    urgency = Case(When(rank__in=LOUD, then=0), When(failing, then=1), default=2)
    on = Case(When(late, then=F("due_on")), When(completed_on__isnull=False, then=F("expires_on")))
    found = urgent.annotate(urgency=urgency, on=on, count=Window(Count("pk")))
    ordered = found.order_by("urgency", F("on").asc(nulls_last=True), "learner__name", "program__title", "pk")
    return ordered.select_related("learner", "program").only("is_open", *SHOWN)


def _need(row: Any, matrix: TeamMatrix) -> Need:
    return Need(
        person=row.learner,
        program=row.program,
        status=WORST_FIRST[row.rank],
        on=row.on,
        failures=tuple(sorted(matrix.failures.get(row.pk, ()), key=attrgetter("title"))),
        can_be_reminded=row.is_open,
    )
