"""Quizzes: which questions, in which order, and what it takes to pass."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, PagePermissionTester

from core.models import BasePage
from quizzes.models.attempts import QuizAttempt


class AttemptedPermissionTester(PagePermissionTester):
    """A quiz that somebody has taken can be unpublished, not deleted: results rest on it."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        below = self.page.get_descendants(inclusive=True)
        return not QuizAttempt.objects.filter(quiz__in=below.values("pk")).exists() and super().can_delete(ignore_bulk)


class QuizIndexPage(BasePage):
    """Where the quizzes of a site stand in the page tree; learners come to them from their training."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["quizzes.QuizPage"]
    preview_modes: list[tuple[str, str]] = []

    class Meta:
        verbose_name = _("quizzes")

    def get_learner_url(self) -> str:
        return reverse("my_training")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return AttemptedPermissionTester(user, self)


class QuizPage(BasePage):
    introduction = models.TextField(
        _("introduction"), blank=True, max_length=500, help_text=_("One or two sentences, before the first question.")
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=10,
        validators=[MinValueValidator(1)],
        help_text=_("How long it takes; nobody is stopped."),
    )
    mastery_score = models.DecimalField(
        _("mastery score"),
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.8"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
        help_text=_("The part of all marks that passes, from 0 to 1: 0.8 is 80 per cent."),
    )

    parent_page_types = ["quizzes.QuizIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        FieldPanel("title"),
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("mastery_score")]),
        InlinePanel("questions", heading=_("Questions, in the order they are asked"), label=_("Question"), min_num=1),
    ]

    class Meta:
        verbose_name = _("quiz")

    def get_learner_url(self) -> str:
        return reverse("quiz", args=[self.slug])

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return AttemptedPermissionTester(user, self)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "quizzes/introduction.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {"quiz": self, "question_count": len(self.questions.all()), "is_preview": True}

    @property
    def pass_percent(self) -> int:
        return int(self.mastery_score * 100)


class QuizQuestion(Orderable):
    """One question of a quiz; a question that stands in it twice is asked once."""

    page = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="questions")
    question = models.ForeignKey(
        "quizzes.Question", verbose_name=_("question"), on_delete=models.PROTECT, related_name="quiz_questions"
    )

    panels = [FieldPanel("question")]

    class Meta(Orderable.Meta):
        verbose_name = _("question of a quiz")

    def __str__(self) -> str:
        return str(self.question)
