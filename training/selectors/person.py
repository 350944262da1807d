"""Where one person stands with each programme, as whoever looks after them sees it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.files import FieldFile

from core.enums import Status
from people.models import Branch, User
from people.selectors import local_today
from training.domain.states import standing
from training.enums import ActivityKind
from training.models.assignments import Completion
from training.models.exceptions import PriorLearning, Waiver
from training.models.programs import Program, ProgramActivity
from training.models.status import ProgramStatus
from training.selectors.deltas import delta_statuses_unscoped
from training.selectors.failures import Failure, repeated_failures_unscoped
from training.selectors.programs import with_totals
from training.selectors.states import facts_of, shown, still_holds


@dataclass(frozen=True)
class ProgramOfPerson:
    """row: the status on record. waiver: the one that holds today. total: how many activities are needed in this kind of cycle.

    still_holds: what they completed before holds today, whatever became of the assignment since.
    """

    row: ProgramStatus
    status: Status
    total: int
    failures: tuple[Failure, ...] = ()
    waiver: Waiver | None = None
    still_holds: bool = False

    @property
    def program(self) -> Program:
        return self.row.program

    @property
    def is_trouble(self) -> bool:
        return self.status.is_loud or (bool(self.failures) and not self.is_resting)

    @property
    def is_resting(self) -> bool:
        return self.status in (Status.WAIVED, Status.ON_LEAVE)

    @property
    def can_be_reminded(self) -> bool:
        return self.row.is_open and not self.is_resting

    @property
    def can_be_extended(self) -> bool:
        """A refresher is due when what holds expires, and no extension changes that."""
        return self.row.is_open and self.row.completed_on is None and self.row.due_on is not None

    @property
    def can_be_waived(self) -> bool:
        return self.waiver is None and not self.row.is_released

    @property
    def can_be_credited(self) -> bool:
        """What was learnt elsewhere can be recorded."""
        return self.row.is_open

    @property
    def can_be_released(self) -> bool:
        return self.row.is_open and not self.row.assignment.is_by_rule


def programs_for_learner(learner: User, branch: Branch | None, now: datetime) -> list[ProgramOfPerson]:
    """Everything that they were ever assigned, trouble first. branch: where they work. Five queries."""
    today = local_today(branch, now)
    rows = list(
        ProgramStatus.objects.filter(learner=learner)
        .with_overlays(today)
        .select_related("program", "assignment", "learner")
        .order_by("program__title")
    )
    counted = with_totals(Program.objects.filter(pk__in=[row.program_id for row in rows]))
    totals = {program.pk: (program.total_first, program.total_refresher) for program in counted}
    waivers = {waiver.program_id: waiver for waiver in Waiver.objects.on(today).filter(learner=learner)}
    failures = repeated_failures_unscoped([learner.pk])
    found = [
        ProgramOfPerson(
            row=row,
            status=shown(standing(facts_of(row, is_started=row.done > 0), today)),
            total=totals[row.program_id][row.assignment.is_refresher],
            failures=tuple(failures.get((learner.pk, row.program_id), ())),
            waiver=waivers.get(row.program_id),
            still_holds=still_holds(row, today),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (not each.is_trouble, each.status.is_fine))


@dataclass(frozen=True)
class DeltaOfPerson:
    """What changed, while it is to be learnt. row: kept nowhere; see `delta_statuses_unscoped`."""

    row: ProgramStatus
    status: Status

    @property
    def title(self) -> str:
        return self.row.assignment.title


def deltas_for_learner(learner: User, branch: Branch | None, now: datetime) -> list[DeltaOfPerson]:
    """What changed and isn't learnt yet, the first due first. branch: where they work."""
    today = local_today(branch, now)
    return [
        DeltaOfPerson(row, shown(standing(facts_of(row, is_started=row.done > 0), today)))
        for row in delta_statuses_unscoped([learner.pk], today)
    ]


def status_for_learner(learner: User, slug: str) -> ProgramStatus | None:
    """Where this person stands with the programme of that short name; None if they were never assigned it."""
    found = ProgramStatus.objects.filter(learner=learner, program__slug=slug)
    return found.select_related("program", "assignment", "learner").first()


def programs_to_assign_for_learner(learner: User, branch: Branch | None, now: datetime) -> QuerySet[Program]:
    """Those that would be new to them: neither under way nor held."""
    holds = Q(is_released=False, completed_on__isnull=False)
    holds &= Q(expires_on=None) | Q(expires_on__gte=local_today(branch, now))
    kept = ProgramStatus.objects.filter(Q(is_open=True) | holds, learner=learner)
    return Program.objects.exclude(pk__in=kept.values("program"))


def activities_to_credit_unscoped(status: ProgramStatus) -> QuerySet[Any]:
    """What the assignment asks for, with its pages: prior learning may stand in for any of it. `is_done` says what is done."""
    assignment = status.assignment
    done = Completion.objects.filter(assignment=assignment, activity=OuterRef("pk"))
    asked = ProgramActivity.objects.of_assignment(assignment)
    return asked.annotate(is_done=Exists(done)).select_related(*ActivityKind).order_by("sort_order", "pk")


def waiver_for_learner(learner: User, public_id: uuid.UUID) -> Waiver | None:
    return Waiver.objects.filter(learner=learner, public_id=public_id).select_related("program", "learner").first()


def evidence_for_learner(learner: User, public_id: uuid.UUID) -> FieldFile | None:
    """The file of a waiver or of prior learning, by the id of either; None where there is no file."""
    for model in (Waiver, PriorLearning):
        row = model.objects.filter(learner=learner, public_id=public_id).first()
        if row and row.evidence:
            return row.evidence
    return None
