"""Questions as editors write them, their keys, and the versions that learners are asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Locale, Orderable, PreviewableMixin, RevisionMixin, TranslatableMixin

from core.models import Fact, FramedPreview, VersionText
from quizzes.admin_forms import QuestionForm
from quizzes.blocks import OptionsBlock
from quizzes.choosers import ClauseSelect
from quizzes.domain.questions import KeyContent, Option, QuestionContent, stem_parts
from quizzes.enums import QuestionKind


class AnswerKey(Fact):
    """Right options and feedback, in a row of their own: a question, its revisions and its history hold only the number.

    Learners get them through `quizzes.selectors.release_feedback` and nothing else.
    """

    payload = models.JSONField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def content(self) -> KeyContent:
        return KeyContent.from_mapping(self.payload)


class Question(FramedPreview, DraftStateMixin, RevisionMixin, PreviewableMixin, TranslatableMixin, ClusterableModel):
    stem = models.TextField(
        _("question"),
        max_length=1000,
        help_text=_("A situation in one to four sentences, then what is asked about it."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind.choices, default=QuestionKind.SINGLE)
    options = StreamField(OptionsBlock(), verbose_name=_("answers"), blank=True)
    answer_key = models.ForeignKey(AnswerKey, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    # What a loader or an import calls it, so that the same file never makes it twice.
    import_key = models.CharField(max_length=100, blank=True, editable=False)
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="question")

    base_form_class = QuestionForm
    panels = [
        FieldPanel("stem"),
        FieldPanel("kind"),
        FieldPanel("options"),
        FieldPanel("general_feedback"),
        InlinePanel(
            "question_clauses",
            heading=_("Clauses"),
            label=_("Clause"),
            help_text=_("What of the written standard it tests."),
            min_num=1,
            max_num=5,
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["import_key", "locale"], condition=~Q(import_key=""), name="quizzes_question_import_key_unique"
            )
        ]

    def __str__(self) -> str:
        return Truncator(self.stem).chars(80)

    @staticmethod
    def content_of(stem: str, options: Iterable[Any]) -> QuestionContent:
        """What learners read, from a stem and the blocks of an options field."""
        return QuestionContent(
            stem.strip(), tuple(Option(option.id, option.value["text"].strip()) for option in options)
        )

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def content(self) -> QuestionContent:
        return self.content_of(self.stem, self.options)

    @property
    def key(self) -> KeyContent:
        """For the admin and for grading; never put it where a learner's page is made."""
        return self.answer_key.content if self.answer_key else KeyContent()

    @property
    def clause_ids(self) -> list[int]:
        """Each once: no constraint says so, because two rows that swap their clauses would meet on the way."""
        return list(dict.fromkeys(entry.clause_id for entry in self.question_clauses.all()))

    def is_source(self) -> bool:
        """Whether versions are counted on this row: not on a translation."""
        return self.locale_id == Locale.get_default().pk

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "quizzes/question_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        situation, asked = stem_parts(self.stem)
        return {
            "question": {"kind": self.kind, "situation": situation, "asked": asked, "options": self.content.options}
        }

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """As Wagtail's, but whole or not at all: without its version a question isn't published."""
        with transaction.atomic():
            super().publish(*args, **kwargs)


class QuestionClause(Orderable):
    """A clause that a question tests; it travels with the question's revisions."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="question_clauses")
    clause = models.ForeignKey("standards.Clause", verbose_name=_("clause"), on_delete=models.PROTECT, related_name="+")

    panels = [FieldPanel("clause", widget=ClauseSelect)]

    class Meta(Orderable.Meta):
        verbose_name = _("clause of a question")

    def __str__(self) -> str:
        return str(self.clause)


class QuestionVersion(Fact):
    """A question as it was published at some moment: what attempts ask, and what grades them. Never edited."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=QuestionKind.choices)
    answer_key = models.ForeignKey(AnswerKey, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("published version of a question")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="quizzes_questionversion_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.number}"


class QuestionVersionText(VersionText):
    """Stem and options of a question's version."""

    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="texts")

    @property
    def content(self) -> QuestionContent:
        return QuestionContent.from_mapping(self.text)


class QuestionVersionClause(Fact):
    """A clause that a version tests."""

    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="clauses")
    clause = models.ForeignKey("standards.Clause", on_delete=models.PROTECT, related_name="question_versions")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "clause"], name="quizzes_questionversionclause_unique")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.clause_id}"
