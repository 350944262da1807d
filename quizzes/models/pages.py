"""Quizzes: which questions, in which order, and what it takes to pass."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import PagePermissionTester

from core.models import BasePage, PublicationRefused
from quizzes.admin_forms import QuizPageForm
from quizzes.domain import rules
from quizzes.domain.drawing import draw
from quizzes.domain.rules import Rules
from quizzes.enums import FeedbackPolicy, Navigation, PagesBy, ScoreMethod
from quizzes.models.attempts import QuizAttempt
from quizzes.models.placed import QuizQuestion, candidates


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
        help_text=_("How long it usually takes; a limit is set below."),
    )
    mastery_score = models.DecimalField(
        _("mastery score"),
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.8"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
        help_text=_("The part of all marks that passes, from 0 to 1: 0.8 is 80 per cent."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Left empty: any number."),
    )
    pause_hours = models.PositiveSmallIntegerField(
        _("pause between attempts, in hours"),
        default=0,
        validators=[MaxValueValidator(24 * 90)],
        help_text=_("From handing in to the next start; time to read the clauses again."),
    )
    score_method = models.CharField(
        _("what counts"), max_length=10, choices=ScoreMethod.choices, default=ScoreMethod.BEST
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("Left empty: no limit. People who need extra time get it as their account says."),
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Left empty: it is open at once."))
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_("What is open then is handed in as it stands. Left empty: it stays open."),
    )
    navigation = models.CharField(_("moving about"), max_length=10, choices=Navigation.choices, default=Navigation.FREE)
    pages_by = models.CharField(_("on one screen"), max_length=10, choices=PagesBy.choices, default=PagesBy.QUESTION)
    shuffles_questions = models.BooleanField(
        _("shuffle the questions"), default=False, help_text=_("Within each section.")
    )
    shuffles_answers = models.BooleanField(
        _("shuffle the answers"), default=True, help_text=_("Of the questions that allow it.")
    )
    feedback = models.CharField(
        _("feedback"), max_length=20, choices=FeedbackPolicy.choices, default=FeedbackPolicy.AT_END
    )
    is_certainty_based = models.BooleanField(
        _("mark by certainty"),
        default=False,
        help_text=_("Each answer says how sure it is: sure and right earns most, sure and wrong costs most."),
    )

    base_form_class = QuizPageForm
    parent_page_types = ["quizzes.QuizIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("mastery_score")]),
        InlinePanel("questions", heading=_("Questions, in the order they are asked"), label=_("Question"), min_num=1),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("pause_hours")]),
                FieldPanel("score_method"),
                FieldPanel("time_limit"),
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            ],
            heading=_("Attempts and time"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("navigation"), FieldPanel("pages_by")]),
                FieldRowPanel([FieldPanel("shuffles_questions"), FieldPanel("shuffles_answers")]),
                FieldPanel("feedback"),
                FieldPanel("is_certainty_based"),
            ],
            heading=_("How it is asked and marked"),
        ),
    ]

    class Meta:
        verbose_name = _("quiz")

    def clean(self) -> None:
        super().clean()
        faults = {}
        if self.feedback == FeedbackPolicy.AFTER_CLOSING and not self.closes_at:
            faults["closes_at"] = _(
                "Say when the quiz closes: feedback waits for it. Or choose another time for feedback."
            )
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            faults["closes_at"] = _("It closes before it opens. Choose a later time here, or an earlier one there.")
        if faults:
            raise ValidationError(faults)

    @property
    def rules(self) -> Rules:
        """What holds for an attempt that is begun now."""
        return Rules(
            mastery_score=Decimal(self.mastery_score),
            attempts_allowed=self.attempts_allowed,
            pause=timedelta(hours=self.pause_hours),
            score_method=rules.ScoreMethod(self.score_method),
            time_limit=timedelta(minutes=self.time_limit) if self.time_limit else None,
            shuffles_questions=self.shuffles_questions,
            shuffles_answers=self.shuffles_answers,
            navigation=rules.Navigation(self.navigation),
            feedback=rules.FeedbackPolicy(self.feedback),
            is_certainty_based=self.is_certainty_based,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            pages_by=rules.PagesBy(self.pages_by),
        )

    def drawing_faults(self, rows: Iterable[QuizQuestion]) -> list[str]:
        """What these rows ask for and the bank hasn't got, in words for the editor."""
        rows = list(rows)
        drawing = [row for row in rows if row.is_draw]
        wanted = [row.as_draw() for row in drawing]
        fixed = {row.question_id for row in rows if row.question_id}
        got = draw(wanted, candidates(wanted), fixed=fixed, seed="")
        return [
            _(
                "“%(draw)s” finds only %(found)d published questions that nothing else here asks. "
                "Draw fewer, from more, or publish more questions."
            )
            % {"draw": row, "found": len(found)}
            for row, found in zip(drawing, got, strict=True)
            if len(found) < (row.draw_count or 0)
        ]

    def publication_fault(self) -> str:
        return " ".join(self.drawing_faults(self.questions.all()))

    def check_publication(self, revision: Any) -> None:
        """Raises PublicationRefused for draws that find too little, also where a schedule or a workflow publishes."""
        if revision and (fault := revision.as_object().publication_fault()):
            raise PublicationRefused(fault)

    def get_learner_url(self) -> str:
        return reverse("quiz", args=[self.slug])

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return AttemptedPermissionTester(user, self)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "quizzes/introduction.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        rows = self.questions.all()
        return {
            "quiz": self,
            "rules": self.rules,
            "limit": self.rules.limit_for(0),
            "question_count": sum(row.draw_count or 1 for row in rows),
            "section_count": sum(bool(row.section) for row in rows),
            "start": rules.Start(left=self.attempts_allowed),
            "is_preview": True,
        }

    @property
    def pass_percent(self) -> int:
        return int(self.mastery_score * 100)
