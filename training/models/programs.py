"""Programmes and their activities."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from core.models.constraints import exactly_one
from training.admin_forms.programs import ProgramForm
from training.domain.deadlines import Deadline
from training.domain.recertification import Basis, Rules
from training.enums import ActivityKind, ExpiryBasis
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

    fixed_due_on = models.DateField(
        _("due on"),
        null=True,
        blank=True,
        help_text=_("One day for everybody, instead of so many days after it is assigned."),
    )
    window_days = models.PositiveSmallIntegerField(
        _("refresher opens, days before"),
        default=0,
        validators=[MaxValueValidator(3650)],
        help_text=_("So many days before it expires people may refresh it, and are still certified."),
    )
    expiry_basis = models.CharField(
        _("validity counts from"), max_length=20, choices=ExpiryBasis.choices, default=ExpiryBasis.COMPLETION
    )
    fixed_expiry_on = models.DateField(
        _("expires on"),
        null=True,
        blank=True,
        help_text=_("One such day; the others are whole validities apart from it."),
    )
    minimum_months = models.PositiveSmallIntegerField(
        _("holds at least, in months"),
        default=0,
        validators=[MaxValueValidator(600)],
        help_text=_("Whoever completes it less than so long before the fixed day keeps it until the one after."),
    )
    grace_days = models.PositiveSmallIntegerField(
        _("days of grace"),
        default=0,
        validators=[MaxValueValidator(365)],
        help_text=_("So many days after it expired lists say how many are left. It has expired all the same."),
    )

    base_form_class = ProgramForm

    class Meta:
        verbose_name = _("programme")
        ordering = ["title"]
        permissions = [("assign_program", _("Assign programmes to people"))]

    def __str__(self) -> str:
        return self.title

    @property
    def rules(self) -> Rules:
        return Rules(
            active_months=self.active_months,
            window_days=self.window_days,
            basis=Basis(self.expiry_basis),
            minimum_months=self.minimum_months,
            fixed_on=self.fixed_expiry_on,
            grace_days=self.grace_days,
        )

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.days_to_complete, self.fixed_due_on)


class ProgramActivity(Orderable):
    """One thing to do: exactly one of a chapter to acknowledge, a lesson, a scenario, a quiz.

    It belongs to a programme, or to what changed in an edition.
    """

    program = ParentalKey(Program, null=True, on_delete=models.CASCADE, related_name="activities")
    delta = models.ForeignKey(
        "training.DeltaRefresher", null=True, editable=False, on_delete=models.CASCADE, related_name="activities"
    )
    chapter = models.ForeignKey(
        "standards.ChapterPage",
        verbose_name=_("chapter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lesson = models.ForeignKey(
        "training.LessonPage",
        verbose_name=_("lesson"),
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

    section = models.CharField(
        _("section"), max_length=80, blank=True, help_text=_("A heading above this activity and those that follow it.")
    )
    is_optional = models.BooleanField(
        _("optional"), default=False, help_text=_("Offered, but not needed to complete the programme.")
    )
    in_first = models.BooleanField(_("the first time"), default=True)
    in_refresher = models.BooleanField(
        _("in refreshers"),
        default=True,
        help_text=_("Switch it off for a shorter way through when it comes round again."),
    )

    objects = ProgramActivityQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("activity")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(*ActivityKind.values),
                name="training_programactivity_one_kind",
                violation_error_message=_("Choose one: a chapter, a lesson, a scenario or a quiz."),
            ),
            models.CheckConstraint(
                condition=exactly_one("program", "delta"), name="training_programactivity_one_owner"
            ),
            models.UniqueConstraint(fields=["program", "chapter"], name="training_programactivity_chapter_unique"),
            models.UniqueConstraint(fields=["program", "lesson"], name="training_programactivity_lesson_unique"),
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
