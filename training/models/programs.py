"""Programmes and their activities."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from training.admin_forms import ProgramForm
from training.enums import ActivityKind
from training.querysets import ProgramActivityQuerySet


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
