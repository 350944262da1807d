"""What a quiz asks, row by row: questions that always come, and draws from the bank; some rows begin a section."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import Tag
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Locale, Orderable

from quizzes.domain.drawing import Candidate, Draw
from quizzes.enums import Difficulty
from quizzes.models.questions import Question
from standards.models import Clause


class QuizQuestion(Orderable):
    """A question that always comes, or a draw of some from the bank. A question that stands in a quiz twice is asked once."""

    page = ParentalKey("quizzes.QuizPage", on_delete=models.CASCADE, related_name="questions")
    section = models.CharField(
        _("section"),
        max_length=120,
        blank=True,
        help_text=_("A heading, if a new section begins here. Left empty, the section before goes on."),
    )
    question = models.ForeignKey(
        Question,
        verbose_name=_("question"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quiz_questions",
        help_text=_("It always comes. Leave it empty to draw from the bank."),
    )
    draw_count = models.PositiveSmallIntegerField(
        _("how many"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    draw_chapter = models.ForeignKey(
        "standards.ChapterPage",
        verbose_name=_("chapter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    draw_codes = models.CharField(
        _("clauses"), max_length=200, blank=True, help_text=_("Codes with commas between them, such as REL-1, REL-3.")
    )
    draw_tag = models.CharField(_("tag"), max_length=100, blank=True)
    draw_difficulty = models.PositiveSmallIntegerField(
        _("at least"), choices=Difficulty.choices, null=True, blank=True, help_text=_("Left empty: any difficulty.")
    )

    panels = [
        FieldPanel("section"),
        FieldPanel("question"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("draw_count"), FieldPanel("draw_difficulty", heading=_("difficulty at least"))]
                ),
                FieldPanel("draw_chapter"),
                FieldRowPanel([FieldPanel("draw_codes"), FieldPanel("draw_tag")]),
            ],
            heading=_("Or drawn for each learner: first what they haven’t met, then what they met least"),
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("question of a quiz")
        constraints = [
            models.CheckConstraint(
                name="quizzes_quizquestion_fixed_or_drawn",
                condition=Q(question__isnull=False, draw_count=None) | Q(question=None, draw_count__isnull=False),
            )
        ]

    def __str__(self) -> str:
        if not self.is_draw:
            return str(self.question)
        named = (self.draw_chapter and self.draw_chapter.title, self.draw_codes, self.draw_tag)
        return gettext("%(count)d on %(what)s") % {
            "count": self.draw_count,
            "what": ", ".join(str(one) for one in named if one),
        }

    @property
    def is_draw(self) -> bool:
        return self.question_id is None and self.draw_count is not None

    def clean(self) -> None:
        super().clean()
        drawn = (self.draw_count, self.draw_chapter_id, self.draw_codes, self.draw_tag, self.draw_difficulty)
        if self.question_id and any(drawn):
            raise ValidationError({"question": _("Choose a question, or say what to draw; leave the other empty.")})
        if self.question_id:
            return
        if not any(drawn):
            raise ValidationError({"question": _("Choose a question, or say below how many to draw, and from what.")})
        self._clean_draw()

    def _clean_draw(self) -> None:
        faults: dict[str, Any] = {}
        if not self.draw_count:
            faults["draw_count"] = _("Say how many questions to draw.")
        codes = _codes(self.draw_codes)
        unknown = set(codes) - set(Clause.objects.filter(code__in=codes).values_list("code", flat=True))
        if unknown:
            faults["draw_codes"] = _(
                "There is no clause %(codes)s. Codes look like REL-1, with commas between them."
            ) % {"codes": ", ".join(sorted(unknown))}
        self.draw_codes = ", ".join(codes)
        if self.draw_tag and not Tag.objects.filter(name=self.draw_tag).exists():
            faults["draw_tag"] = _("No question has this tag. Tags are written here as they are on the questions.")
        if not (self.draw_chapter_id or codes or self.draw_tag):
            faults["draw_chapter"] = _("Say what to draw from: a chapter, clauses, a tag, or more than one of these.")
        if faults:
            raise ValidationError(faults)

    def as_draw(self) -> Draw:
        return Draw(
            count=self.draw_count or 0,
            chapter=str(self.draw_chapter.translation_key) if self.draw_chapter else "",
            codes=_codes(self.draw_codes),
            tag=self.draw_tag,
            difficulty=self.draw_difficulty or 0,
        )


def candidates(draws: Iterable[Draw]) -> list[Candidate]:
    """The published questions of the source language that any of these draws wants. Three queries, none without draws."""
    wanted = Q()
    for one in draws:
        about = {
            "question_clauses__clause__chapter_key": one.chapter,
            "question_clauses__clause__code__in": one.codes,
            "tags__name": one.tag,
        }
        wanted |= Q(difficulty__gte=one.difficulty, **{lookup: value for lookup, value in about.items() if value})
    if not wanted:
        return []
    found = Question.objects.filter(wanted, live=True, locale=Locale.get_default(), versions__number=1).distinct()
    return [
        Candidate(
            question.pk,
            question.difficulty,
            {entry.clause.code: str(entry.clause.chapter_key) for entry in question.question_clauses.all()},
            frozenset(entry.tag.name for entry in question.tagged_items.all()),
        )
        for question in found.only("pk", "difficulty").prefetch_related("question_clauses__clause", "tagged_items__tag")
    ]


def _codes(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for part in written.split(",") if (code := part.strip().upper())))
