"""Lessons as editors write them, their immutable versions, and who has gone through one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, PagePermissionTester

from core.models import BasePage, Fact
from standards.models import Clause, ClauseVersion
from training.admin_forms.lessons import LessonPageForm
from training.blocks.lessons import LessonBodyBlock
from training.domain.lesson.content import content_of
from training.querysets import LessonVersionQuerySet


class CompletedPermissionTester(PagePermissionTester):
    """Evidence rests on a lesson that somebody has gone through: it can be unpublished, not deleted, and neither can what holds it."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and not self._has_completions()

    def _has_completions(self) -> bool:
        return LessonPage.objects.descendant_of(self.page, inclusive=True).exclude(completions=None).exists()


class LessonIndexPage(BasePage):
    """Where the lessons stand. Learners see the list of lessons instead."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["training.LessonPage"]

    class Meta:
        verbose_name = _("lessons")

    def get_learner_url(self) -> str:
        return reverse("lessons")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return CompletedPermissionTester(user, self)


class LessonPage(BasePage):
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("What it takes to go through it, videos included."),
    )
    introduction = models.TextField(
        _("introduction"), max_length=500, help_text=_("One or two sentences: what one can do afterwards.")
    )
    body = StreamField(LessonBodyBlock(), verbose_name=_("lesson"))

    parent_page_types = ["training.LessonIndexPage"]
    subpage_types: list[str] = []
    base_form_class = LessonPageForm

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [TitleFieldPanel("title"), FieldPanel("introduction"), FieldPanel("minutes"), FieldPanel("body")],
                heading=_("Lesson"),
            ),
            ObjectList(
                [MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title")], _("Address"))], heading=_("Address")
            ),
        ]
    )

    class Meta:
        verbose_name = _("lesson")

    def get_learner_url(self) -> str:
        return reverse("lesson", args=[self.slug])

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return CompletedPermissionTester(user, self)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "training/lesson_preview.html"

    def is_source(self) -> bool:
        """Whether versions are counted on this page: not on an alias or a translation."""
        return self.alias_of_id is None and self.locale_id == Locale.get_default().pk

    @property
    def content(self) -> dict[str, Any]:
        """What is written now, as a version keeps it."""
        return content_of(title=self.title, introduction=self.introduction, body=self.body.get_prep_value())


class LessonVersion(Fact):
    """A lesson as published, in the language that it is written in."""

    lesson_key = models.UUIDField()
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = LessonVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson version")
        ordering = ["lesson_key", "number"]
        constraints = [
            models.UniqueConstraint(fields=["lesson_key", "number"], name="training_lessonversion_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.lesson_key} v{self.number}"


class LessonCitation(Fact):
    """A version cites a clause. Its content says the same; rows answer for many clauses at once."""

    version = models.ForeignKey(LessonVersion, on_delete=models.PROTECT, related_name="citations")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "clause"], name="training_lessoncitation_unique")]

    def __str__(self) -> str:
        return f"{self.version}: {self.clause}"


class LessonCompletion(Fact):
    """Somebody says that they have gone through a lesson, in the version that they had before them."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lesson_completions")
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="completions")
    version = models.ForeignKey(LessonVersion, on_delete=models.PROTECT, related_name="completions")
    completed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lesson gone through")
        ordering = ["-completed_at", "-pk"]
        indexes = [models.Index(fields=["learner", "lesson"], name="training_lesson_learner")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.lesson}"


class CompletedClause(Fact):
    """The version of a clause that was in force when somebody went through a lesson that shows it."""

    completion = models.ForeignKey(LessonCompletion, on_delete=models.PROTECT, related_name="clauses")
    clause_version = models.ForeignKey(ClauseVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["completion", "clause_version"], name="training_completedclause_unique")
        ]

    def __str__(self) -> str:
        return str(self.clause_version)
