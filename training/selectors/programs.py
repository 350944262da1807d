"""Reads of programmes: what one rests on, and who has it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from wagtail.models import Page

from core.selectors import organisation_today
from people.models import User
from quizzes.models import AskedClause
from standards.models import AcknowledgedClause
from standards.selectors.clauses import version_ids_in_force
from training.domain.recertification import Validity
from training.enums import ActivityKind, AssignmentKind
from training.models import ChoiceCitation, CompletedClause
from training.models.assignments import Completion, ProgramAssignment, ProgramCompletion
from training.models.programs import Program, ProgramActivity
from training.querysets import asked_in_cycle


def present_cycle_began_at(learner: User, quiz_id: int) -> datetime | None:
    """When this person's refresher that asks for this quiz began; None outside one: then all attempts count."""
    return (
        ProgramAssignment.objects.open()
        .filter(
            learner=learner,
            cycle__gt=1,
            delta=None,
            program__activities__quiz=quiz_id,
            program__activities__is_active=True,
        )
        .order_by("-assigned_at")
        .values_list("assigned_at", flat=True)
        .first()
    )


def sign_again_since(*, learner: str, chapter_key: str) -> Subquery:
    """When the open refresher began that asks for the chapter, and in which it isn't signed yet; for a query over rows with these paths."""
    done = Completion.objects.filter(activity=OuterRef("pk"), assignment=OuterRef("program__assignments"))
    began = "program__assignments__assigned_at"
    asking = ProgramActivity.objects.filter(
        asked_in_cycle(cycle="program__assignments__", activity=""),
        program__assignments__learner=OuterRef(learner),
        program__assignments__cycle__gt=1,
        program__assignments__delta=None,
        program__assignments__completion=None,
        program__assignments__release=None,
        chapter__translation_key=OuterRef(chapter_key),
    )
    return Subquery(asking.exclude(Exists(done)).order_by(f"-{began}").values(began)[:1])


def latest_assignments_unscoped(learners: Collection[int], program: Program) -> dict[int, ProgramAssignment]:
    """By person (id): the newest cycle of those of them who were ever assigned it, with what closed it."""
    cycles = ProgramAssignment.objects.filter(learner__in=learners, program=program).latest_cycles()
    return {each.learner_id: each for each in cycles.select_related("completion", "release", "program", "learner")}


def validity_before_unscoped(assignment: ProgramAssignment) -> Validity | None:
    """How long the completion before this cycle holds or held, if there is one."""
    before = (
        ProgramCompletion.objects.filter(
            assignment__learner=assignment.learner_id,
            assignment__program=assignment.program_id,
            assignment__cycle__lt=assignment.cycle,
        )
        .exclude(assignment__kind=AssignmentKind.DELTA)
        .order_by("-assignment__cycle")
        .first()
    )
    if before is None:
        return None
    return Validity(before.completed_on, before.base_on or before.completed_on, before.expires_on, before.opens_on)


def clause_versions_for_assignment_unscoped(assignment: ProgramAssignment) -> list[int]:
    """Ids of the versions in force of every clause that the assignment's evidence rests on: signed, shown, asked, played."""
    evidence = Completion.objects.filter(assignment=assignment)
    # The last signature of a chapter may be for its changed clauses only: it rests on all that the person signed there.
    signed = AcknowledgedClause.objects.filter(
        acknowledgement__learner=assignment.learner_id,
        version__clause__chapter_key__in=evidence.values("acknowledgement__chapter_key"),
        version__clause__retired_at=None,
    )
    shown = CompletedClause.objects.filter(completion__in=evidence.values("lesson_completion"))
    asked = AskedClause.objects.filter(asked__attempt__in=evidence.values("attempt"))
    played = ChoiceCitation.objects.filter(version__in=evidence.values("playthrough__version"))
    clause_ids = {
        *signed.values_list("version__clause", flat=True),
        *shown.values_list("clause_version__clause", flat=True),
        *asked.values_list("version__clause", flat=True),
        *played.values_list("clause", flat=True),
    }
    return sorted(version_ids_in_force(clause_ids).values())


def programs_with_pages_unscoped(pages: Iterable[Page]) -> list[str]:
    """Titles of programmes in which one of these pages, or a page below it, is an activity."""
    below = Q()
    for page in pages:
        below |= Q(path__startswith=page.path)
    if not below:
        return []
    ids = Page.objects.filter(below).values("pk")
    uses = ProgramActivity.objects.filter(Q(*((f"{kind}__in", ids) for kind in ActivityKind), _connector=Q.OR))
    return sorted({str(use.program or use.delta) for use in uses.select_related("program", "delta")})


def with_totals(programs: QuerySet[Program]) -> QuerySet[Any]:
    """Each with how many activities are needed the first time (`total_first`) and in a refresher (`total_refresher`)."""
    needed = Q(activities__is_active=True, activities__is_optional=False)
    return programs.annotate(
        total_first=Count("activities", filter=needed & Q(activities__in_first=True)),
        total_refresher=Count("activities", filter=needed & Q(activities__in_refresher=True)),
    )


def programs_unscoped() -> QuerySet[Program]:
    return Program.objects.all()


def people_to_assign(viewer: User, now: datetime) -> QuerySet[User]:
    """Active people whom this administrator may assign, by name."""
    return User.objects.for_viewer(viewer, day=organisation_today(now)).active().order_by("name")


def assignments_for_program(viewer: User, program: Program, now: datetime) -> QuerySet[ProgramAssignment]:
    """The newest cycle of each person that this viewer may see."""
    return (
        ProgramAssignment.objects.filter(program=program)
        .for_viewer(viewer, day=organisation_today(now))
        .latest_cycles()
        .select_related("learner", "completion", "release")
        .order_by("learner__name")
    )
