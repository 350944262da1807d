"""Programmes and their activities; assignments with what closes them."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from core.models import Fact
from training.admin_forms import ProgramForm
from training.enums import ActivityKind
from training.querysets import ProgramActivityQuerySet, ProgramAssignmentQuerySet


class Program(ClusterableModel):
    """An ordered set of activities with a deadline and a validity. Edited live, without drafts."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    description = models.TextField(
        _("description"), blank=True, max_length=500, help_text=_("What it is for, in a sentence or two.")
    )
    is_ordered = models.BooleanField(
        _("in this order"), default=True, help_text=_("Each activity opens when the one before it is done.")
    )
    days_to_complete = models.PositiveSmallIntegerField(
        _("days to complete"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("Counted from the day it is assigned. Empty: no deadline."),
    )
    active_months = models.PositiveSmallIntegerField(
        _("valid for months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("How long it holds once completed. Empty: for good."),
    )

    base_form_class = ProgramForm

    class Meta:
        verbose_name = _("programme")
        ordering = ["title"]
        permissions = [("assign_program", _("Assign programmes to people"))]

    def __str__(self) -> str:
        return self.title


class ProgramActivity(Orderable):
    """One thing to do: exactly one of a chapter to acknowledge, a scenario, a quiz."""

    program = ParentalKey(Program, on_delete=models.CASCADE, related_name="activities")
    chapter = models.ForeignKey(
        "standards.ChapterPage",
        verbose_name=_("chapter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    scenario = models.ForeignKey(
        "training.ScenarioPage",
        verbose_name=_("scenario"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    quiz = models.ForeignKey(
        "quizzes.QuizPage", verbose_name=_("quiz"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_active = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("Switch it off to take it out of the programme; what people did stays on record."),
    )

    objects = ProgramActivityQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("activity")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(chapter__isnull=False, scenario__isnull=True, quiz__isnull=True)
                    | Q(chapter__isnull=True, scenario__isnull=False, quiz__isnull=True)
                    | Q(chapter__isnull=True, scenario__isnull=True, quiz__isnull=False)
                ),
                name="training_programactivity_one_kind",
                violation_error_message=_("Choose one: a chapter, a scenario or a quiz."),
            ),
            models.UniqueConstraint(fields=["program", "chapter"], name="training_programactivity_chapter_unique"),
            models.UniqueConstraint(fields=["program", "scenario"], name="training_programactivity_scenario_unique"),
            models.UniqueConstraint(fields=["program", "quiz"], name="training_programactivity_quiz_unique"),
        ]

    def __str__(self) -> str:
        return str(self.page)

    def has_completions(self) -> bool:
        return self.completions.exists()

    @property
    def kind(self) -> ActivityKind:
        return next(kind for kind in ActivityKind if getattr(self, f"{kind}_id"))

    @property
    def page(self) -> Any:
        """The page of whichever kind it is: each has a title, minutes and an address for learners."""
        return getattr(self, self.kind)


class AssignmentKind(models.TextChoices):
    FIRST = "first", _("First time")
    RECERTIFICATION = "recertification", _("Refresher")
    DELTA = "delta", _("What changed")
    MANUAL = "manual", _("By hand")


class ProgramAssignment(models.Model):
    """Learner × programme × cycle: why, by whom, until when. A refresher is a new cycle; nothing is deleted."""

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

    objects = ProgramAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        ordering = ["-assigned_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "program", "cycle"], name="training_programassignment_cycle_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.program} ({self.cycle})"


class Completion(Fact):
    """Closes one activity of one assignment, and names the evidence: exactly one of signature, playthrough, attempt."""

    assignment = models.ForeignKey(ProgramAssignment, on_delete=models.PROTECT, related_name="completions")
    activity = models.ForeignKey(ProgramActivity, on_delete=models.PROTECT, related_name="completions")
    acknowledgement = models.ForeignKey(
        "standards.Acknowledgement", null=True, on_delete=models.PROTECT, related_name="+"
    )
    playthrough = models.ForeignKey("training.Playthrough", null=True, on_delete=models.PROTECT, related_name="+")
    attempt = models.ForeignKey("quizzes.QuizAttempt", null=True, on_delete=models.PROTECT, related_name="+")
    completed_at = models.DateTimeField()

    class Meta:
        ordering = ["completed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "activity"], name="training_completion_unique"),
            models.CheckConstraint(
                condition=(
                    Q(acknowledgement__isnull=False, playthrough__isnull=True, attempt__isnull=True)
                    | Q(acknowledgement__isnull=True, playthrough__isnull=False, attempt__isnull=True)
                    | Q(acknowledgement__isnull=True, playthrough__isnull=True, attempt__isnull=False)
                ),
                name="training_completion_one_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.activity}"


class ProgramCompletion(Fact):
    """Closes the assignment. `completed_on` is the local date of the learner's branch, `expires_on` the last day that counts."""

    assignment = models.OneToOneField(ProgramAssignment, on_delete=models.PROTECT, related_name="completion")
    completed_at = models.DateTimeField()
    completed_on = models.DateField()
    expires_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.assignment} {self.completed_on}"


class AssignmentRelease(Fact):
    """The person no longer has to do it. History stays."""

    assignment = models.OneToOneField(ProgramAssignment, on_delete=models.PROTECT, related_name="release")
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return str(self.assignment)
