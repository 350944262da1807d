from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable

from core.enums import Status
from core.models.facts import FactQuerySet
from standards.models import Clause
from training.enums import RANK, AssignmentKind


class ScenarioVersionQuerySet(FactQuerySet):
    def newest(self) -> Self:
        """Of each scenario, the version with the highest number."""
        newer = self.model._default_manager.filter(scenario_key=OuterRef("scenario_key"), number__gt=OuterRef("number"))
        return self.exclude(Exists(newer))


class LessonVersionQuerySet(FactQuerySet):
    def newest(self) -> Self:
        """Of each lesson, the version with the highest number."""
        newer = self.model._default_manager.filter(lesson_key=OuterRef("lesson_key"), number__gt=OuterRef("number"))
        return self.exclude(Exists(newer))


class PlaythroughQuerySet(FactQuerySet):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def ended(self) -> Self:
        return self.exclude(ended_at=None)

    def counting(self) -> Self:
        """Without those that tried again from a decision of another run."""
        return self.filter(practice_of=None)


def asked_in_cycle(*, cycle: str, activity: str) -> Q:
    """Activities in use that a programme asks for in this kind of cycle; what only asks for what changed has its own.

    Both: how to get there from the row, such as "activity__".
    """
    is_refresher, is_delta = (
        Q(**{f"{cycle}kind": kind}) for kind in (AssignmentKind.RECERTIFICATION, AssignmentKind.DELTA)
    )
    in_refresher, in_first = (Q(**{f"{activity}{name}": True}) for name in ("in_refresher", "in_first"))
    return Q(**{f"{activity}is_active": True}) & (
        (is_refresher & in_refresher) | (~is_refresher & ~is_delta & in_first)
    )


class ProgramActivityQuerySet(models.QuerySet):
    def of_assignment(self, assignment: Any) -> Self:
        """Those in use that one assignment asks for, or offers."""
        if assignment.delta_id:
            return self.filter(delta=assignment.delta_id, is_active=True)
        return self.filter(program=assignment.program_id).of_kind(assignment.kind)

    def of_kind(self, kind: str) -> Self:
        """Those in use in a cycle of this kind: a refresher may be shorter than the first time."""
        field = "in_refresher" if kind == AssignmentKind.RECERTIFICATION else "in_first"
        return self.filter(**{field: True}, is_active=True)

    def that_ask_something(self) -> Self:
        """Those that are needed, less chapters in which no clause is in force: there is nothing to sign."""
        return self.filter(is_active=True, is_optional=False).annotate_asking().filter(is_asking=True)

    def annotate_asking(self) -> Self:
        in_force = Clause.objects.filter(chapter_key=OuterRef("chapter__translation_key"), retired_at=None)
        return self.annotate(is_asking=ExpressionWrapper(Q(chapter=None) | Exists(in_force), BooleanField()))


class WaiverQuerySet(FactQuerySet):
    def on(self, day: date | Combinable, *, until: datetime | None = None) -> Self:
        """Those that hold on this day. until: as far as anybody knew before this moment."""
        began = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
        if until is None:
            return began.filter(Q(end__isnull=True) | Q(end__ended_on__gt=day))
        known = began.filter(granted_at__lt=until)
        return known.filter(Q(end__isnull=True) | Q(end__ended_on__gt=day) | Q(end__granted_at__gte=until))


def overlays(day: date | Combinable, *, learner: str = "learner", program: str = "program") -> dict[str, Exists]:
    """`is_waived` and `is_on_leave`: what lies over a status on this day. learner, program: how to get to them from the row."""
    waivers = apps.get_model("training.Waiver").objects.on(day)
    leaves = apps.get_model("people.LeaveOfAbsence").objects.on(day)
    return {
        "is_waived": Exists(waivers.filter(learner=OuterRef(learner), program=OuterRef(program))),
        "is_on_leave": Exists(leaves.filter(user=OuterRef(learner))),
    }


def learns_what_changed(*, learner: str = "learner", program: str = "program") -> Exists:
    """Whether what changed in it is still to be learnt. learner, program: how to get to them from the row of a status."""
    at_it = apps.get_model("training.ProgramAssignment").objects.open().filter(delta__isnull=False)
    return Exists(at_it.filter(learner=OuterRef(learner), program=OuterRef(program)))


class ProgramStatusQuerySet(models.QuerySet):
    def with_overlays(self, day: date) -> Self:
        """Each with `is_waived` and `is_on_leave`: what lies over it on this day."""
        return self.annotate(**overlays(day))

    def with_rank(self, today: date | Combinable) -> Self:
        """Each with `today`, and `rank`: where its status on that day stands in WORST_FIRST.

        The same rule as training.domain.states.standing, for what the database has to count and sort; a test compares them.
        today: a date, or what gives the day of each row.
        """
        is_expression = isinstance(today, Combinable)
        over = overlays(OuterRef("today") if is_expression else today)
        certified = Q(completed_on__isnull=False)
        certified &= (Q(expires_on=None) | Q(expires_on__gte=F("today"))) & (
            Q(opens_on=None) | Q(opens_on__gt=F("today"))
        )
        first_that_applies = (
            (Q(is_released=True), Status.RELEASED),
            (certified, Status.CERTIFIED),
            (over["is_waived"], Status.WAIVED),
            (over["is_on_leave"], Status.ON_LEAVE),
            (Q(completed_on=None, due_on__lt=F("today")), Status.OVERDUE),
            (Q(completed_on=None, done__gt=0), Status.IN_PROGRESS),
            (Q(completed_on=None), Status.ASSIGNED),
            (Q(expires_on__lt=F("today")), Status.EXPIRED),
        )
        whens = [When(condition, then=Value(RANK[status])) for condition, status in first_that_applies]
        rank = Case(*whens, default=Value(RANK[Status.REFRESH]), output_field=IntegerField())
        return self.annotate(today=today if is_expression else Value(today), rank=rank)

    def with_delta(self) -> Self:
        """Each with `has_delta`: whether what changed is to be learnt in it."""
        return self.annotate(has_delta=learns_what_changed())

    def not_waived_on(self, day: date) -> Self:
        return self.with_overlays(day).filter(is_waived=False)

    def asked_on(self, day: date) -> Self:
        """Without those over which a waiver or leave lies on this day."""
        return self.not_waived_on(day).filter(is_on_leave=False)

    def for_viewer(self, viewer: Any, *, day: date) -> Self:
        """One's own, those of the teams one supervises today, or everybody's for an administrator."""
        return self.filter(learner__in=get_user_model().objects.for_viewer(viewer, day=day))


class DeltaRefresherQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Neither begun nor dismissed."""
        return self.filter(begun_at=None, dismissed_at=None)


class ProgramAssignmentQuerySet(models.QuerySet):
    def for_viewer(self, viewer: Any, *, day: date) -> Self:
        """One's own, those of the teams one supervises today, or everybody's for an administrator."""
        return self.filter(learner__in=get_user_model().objects.for_viewer(viewer, day=day))

    def open(self) -> Self:
        """Neither completed nor released."""
        return self.filter(completion=None, release=None)

    def waiting_for_chapter(self, chapter_key: uuid.UUID) -> Self:
        """Open ones that ask for this chapter, and whose learner hasn't done it there."""
        asking = Q(program__activities__chapter__translation_key=chapter_key)
        asking &= asked_in_cycle(cycle="", activity="program__activities__")
        asking |= Q(delta__activities__chapter__translation_key=chapter_key)
        waiting = self.open().filter(asking).exclude(completions__activity__chapter__translation_key=chapter_key)
        return waiting.distinct()

    def latest_cycles(self) -> Self:
        """Of each person and programme, the newest assignment; what only asks for what changed doesn't count as one."""
        newer = self.model._default_manager.exclude(kind=AssignmentKind.DELTA).filter(
            learner=OuterRef("learner"), program=OuterRef("program"), cycle__gt=OuterRef("cycle")
        )
        # Two conditions: a database can join by the one, and would ask for each row if they were one.
        return self.exclude(kind=AssignmentKind.DELTA).exclude(Exists(newer))
