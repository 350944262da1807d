"""Assignments: who has a programme, and what closes it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Fact
from core.models.constraints import exactly_one
from training.enums import AssignmentKind
from training.models.programs import Program, ProgramActivity
from training.querysets import ProgramAssignmentQuerySet


class ProgramAssignment(models.Model):
    """Learner × programme × cycle: why, by whom, until when. A refresher is a new cycle; nothing is deleted.

    What only asks for what changed (`delta`) belongs to the cycle that the person is in, and moves none of its dates.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="assignments"
    )
    program = models.ForeignKey(
        Program, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="assignments"
    )
    cycle = models.PositiveIntegerField(_("cycle"), default=1)
    kind = models.CharField(_("kind"), max_length=20, choices=AssignmentKind.choices, default=AssignmentKind.FIRST)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("assigned by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField(_("assigned"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    delta = models.ForeignKey(
        "training.DeltaRefresher", null=True, editable=False, on_delete=models.PROTECT, related_name="assignments"
    )
    is_by_rule = models.BooleanField(
        _("by rule"), default=False, help_text=_("Whoever leaves the audience is released from it.")
    )

    objects = ProgramAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        ordering = ["-assigned_at", "-pk"]
        # Every list of a team asks who has something of the kind to do, and few have.
        indexes = [
            models.Index(
                fields=["learner", "program"], condition=Q(delta__isnull=False), name="training_assignment_delta"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "program", "cycle"],
                condition=Q(delta=None),
                name="training_programassignment_cycle_unique",
            ),
            models.UniqueConstraint(fields=["learner", "delta"], name="training_programassignment_delta_unique"),
            models.CheckConstraint(
                condition=Q(kind=AssignmentKind.DELTA, delta__isnull=False)
                | (~Q(kind=AssignmentKind.DELTA) & Q(delta=None)),
                name="training_programassignment_delta_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.program} ({self.cycle})"

    @property
    def title(self) -> str:
        """What is to be done, as its learner reads it."""
        return str(self.delta or self.program)

    @property
    def is_ordered(self) -> bool:
        """Whether each activity opens when the one before it is done."""
        return not self.delta_id and bool(self.program.is_ordered)

    @property
    def is_refresher(self) -> bool:
        return self.kind == AssignmentKind.RECERTIFICATION


class Completion(Fact):
    """Closes one activity of one assignment, and names the evidence: one of signature, lesson, playthrough, attempt, prior learning."""

    assignment = models.ForeignKey(ProgramAssignment, on_delete=models.PROTECT, related_name="completions")
    activity = models.ForeignKey(ProgramActivity, on_delete=models.PROTECT, related_name="completions")
    acknowledgement = models.ForeignKey(
        "standards.Acknowledgement", null=True, on_delete=models.PROTECT, related_name="+"
    )
    lesson_completion = models.ForeignKey(
        "training.LessonCompletion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    playthrough = models.ForeignKey("training.Playthrough", null=True, on_delete=models.PROTECT, related_name="+")
    attempt = models.ForeignKey("quizzes.QuizAttempt", null=True, on_delete=models.PROTECT, related_name="+")
    prior_learning = models.ForeignKey(
        "training.PriorLearning", null=True, on_delete=models.PROTECT, related_name="completions"
    )
    completed_at = models.DateTimeField()

    class Meta:
        ordering = ["completed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "activity"], name="training_completion_unique"),
            models.CheckConstraint(
                condition=exactly_one(
                    "acknowledgement", "lesson_completion", "playthrough", "attempt", "prior_learning"
                ),
                name="training_completion_one_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.activity}"


class ProgramCompletion(Fact):
    """Closes the assignment. Dates are local ones of the learner's branch; `expires_on` is the last day that counts.

    base_on: what the validity counts from (training/domain/recertification.py). opens_on: from then on it may be refreshed.
    """

    assignment = models.OneToOneField(ProgramAssignment, on_delete=models.PROTECT, related_name="completion")
    completed_at = models.DateTimeField()
    completed_on = models.DateField()
    base_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    opens_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.assignment} {self.completed_on}"


class AssignmentRelease(Fact):
    """The person no longer has to do it. History stays. Released by rule, they get it again by rule; by hand, only by hand."""

    assignment = models.OneToOneField(ProgramAssignment, on_delete=models.PROTECT, related_name="release")
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    is_by_rule = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.assignment)
