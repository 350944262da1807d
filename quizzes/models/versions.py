"""The versions of questions: what attempts ask, and what grades them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string

from core.models import Fact, VersionText
from quizzes.domain.questions import QuestionContent
from quizzes.enums import QuestionKind
from quizzes.models.questions import AnswerKey, Question


class QuestionVersion(Fact):
    """A question as it was published at some moment: what attempts ask, and what grades them. Never edited."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=QuestionKind.choices)
    answer_key = models.ForeignKey(AnswerKey, on_delete=models.PROTECT, related_name="+")
    # The content names the picture by its number; this keeps it in the library.
    image = models.ForeignKey(get_image_model_string(), null=True, on_delete=models.PROTECT, related_name="+")
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
