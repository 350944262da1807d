"""Questions as editors write them, and their keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model, get_image_model_string
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from core.models import Fact, FramedPreview
from quizzes.admin_forms import QuestionForm
from quizzes.blocks.stored import PartsBlock
from quizzes.choosers import ClauseSelect
from quizzes.domain.keys import KeyContent
from quizzes.domain.questions import Option, Part, Picture, QuestionContent
from quizzes.enums import Difficulty, QuestionKind


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


class Question(
    FramedPreview,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    ClusterableModel,
):
    stem = models.TextField(
        _("question"),
        max_length=2000,
        help_text=_("A situation in one to four sentences, then what is asked about it."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind.choices, default=QuestionKind.SINGLE)
    options = StreamField(PartsBlock(), verbose_name=_("answers"), blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True, editable=False)
    is_shuffled = models.BooleanField(
        _("shuffle the answers"), default=True, help_text=_("Each learner sees them in another order.")
    )
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"), choices=Difficulty.choices, default=Difficulty.WORKING
    )
    image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    image_alt = models.CharField(
        _("what the image shows"),
        max_length=300,
        blank=True,
        help_text=_("In words, for those who don’t see it: all that one needs to answer."),
    )
    tags = ClusterTaggableManager(through="quizzes.QuestionTag", verbose_name=_("tags"), blank=True)
    answer_key = models.ForeignKey(AnswerKey, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    # What a loader or an import calls it, so that the same file never makes it twice.
    import_key = models.CharField(max_length=100, blank=True, editable=False)
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="question")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="question",
        for_concrete_model=False,
    )

    base_form_class = QuestionForm
    # The form leaves out what the question's kind doesn't need.
    panels = [
        FieldPanel("kind"),
        FieldPanel("stem"),
        InlinePanel(
            "question_clauses",
            heading=_("Clauses"),
            label=_("Clause"),
            help_text=_("What of the written standard it tests."),
            min_num=1,
            max_num=5,
        ),
        FieldPanel("answer"),
        FieldPanel("if_true"),
        FieldPanel("if_false"),
        FieldPanel("options"),
        FieldPanel("unit_name"),
        FieldPanel("otherwise"),
        FieldPanel("general_feedback"),
        FieldPanel("difficulty"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image"), classname="collapsed"),
        MultiFieldPanel(
            [
                FieldPanel("is_shuffled"),
                FieldPanel("is_all_or_nothing"),
                FieldPanel("minds_case"),
                FieldPanel("minds_accents"),
                FieldPanel("other_units"),
                FieldPanel("unit_penalty"),
                FieldPanel("tags"),
            ],
            heading=_("More settings"),
            classname="collapsed",
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
        return Truncator(self.stem).chars(80) or gettext("A question without a text yet")

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def content(self) -> QuestionContent:
        """What learners read; of a dialogue, what they may say of a line is the codes of the question's clauses."""
        if self.kind == QuestionKind.SPOT_IT:
            codes = dict.fromkeys(entry.clause.code for entry in self.question_clauses.all())
            options = tuple(Option(code, code) for code in codes)
        else:
            options = tuple(
                Option(block.id, block.value["text"].strip(), block.value.get("part") or "")
                for block in self.options
                if block.block_type == "option"
            )
        return QuestionContent(
            self.stem.strip(),
            options,
            tuple(
                Part(
                    block.id,
                    (block.value["text"] or "").strip(),
                    block.value["kind"] or "",
                    block.value["speaker"] or "",
                )
                for block in self.options
                if block.block_type == "part"
            ),
            self.unit,
            Picture(self.image_id, self.image_alt.strip()) if self.image_id else None,
            not self.is_shuffled,
        )

    def set_content(self, content: QuestionContent) -> None:
        """Take what learners read from `content`; the rows behind it are not saved here."""
        self.stem, self.unit, self.is_shuffled = content.stem, content.unit, not content.keeps_order
        picture = content.picture
        self.image_id: int | None = picture.id if picture else None
        self.image_alt = picture.alt if picture else ""
        self.options = self.stored_options(self.kind, content)

    @staticmethod
    def stored_options(kind: str, content: QuestionContent) -> list[dict[str, Any]]:
        """Options and parts as blocks of `options`. A dialogue's options are its clauses, which stand elsewhere."""
        options = () if kind == QuestionKind.SPOT_IT else content.options
        return [
            *(
                {"type": "option", "id": option.id, "value": {"text": option.text, "part": option.part}}
                for option in options
            ),
            *(
                {
                    "type": "part",
                    "id": part.id,
                    "value": {"text": part.text, "kind": part.kind, "speaker": part.speaker},
                }
                for part in content.parts
            ),
        ]

    def set_clauses(self, clause_ids: Iterable[int]) -> None:
        self.question_clauses.set(
            [QuestionClause(clause_id=clause, sort_order=place) for place, clause in enumerate(clause_ids)]
        )

    def unsaved_copy(self) -> Question:
        """A new question that says the same, right answers and all: to be shown, and to get ids and a key of its own when it is saved."""
        copy = Question(kind=self.kind, locale=self.locale, difficulty=self.difficulty, answer_key=self.answer_key)
        copy.set_content(self.content)
        copy.set_clauses(self.clause_ids)
        copy.tags.add(*self.tags.names())
        return copy

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

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Of a revision: a draft may name an image that was deleted since, which only what is published protects."""
        if data.get("image") and not get_image_model().objects.filter(pk=data["image"]).exists():
            data = {**data, "image": None}
        return super().from_serializable_data(data, *args, **kwargs)

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """As Wagtail's, but whole or not at all: without its version a question isn't published."""
        with transaction.atomic():
            super().publish(*args, **kwargs)


class QuestionTag(TaggedItemBase):
    content_object = ParentalKey(Question, on_delete=models.CASCADE, related_name="tagged_items")


class QuestionClause(Orderable):
    """A clause that a question tests; it travels with the question's revisions."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="question_clauses")
    clause = models.ForeignKey("standards.Clause", verbose_name=_("clause"), on_delete=models.PROTECT, related_name="+")

    panels = [FieldPanel("clause", widget=ClauseSelect)]

    class Meta(Orderable.Meta):
        verbose_name = _("clause of a question")

    def __str__(self) -> str:
        return str(self.clause)
