"""The question bank as its editors see it, keys and all. Nothing here is for learners."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from taggit.models import Tag
from wagtail.models import Locale

from quizzes.domain.authoring import decompose
from quizzes.domain.questions import QuestionContent
from quizzes.domain.spelling_out import KeyLine, spelled_out
from quizzes.enums import QuestionKind
from quizzes.models import AttemptQuestion, Question, QuestionTag, QuestionVersion, QuestionVersionText, QuizPage
from quizzes.selectors.questions import question_key
from standards.selectors.chapters import live_chapters_unscoped
from standards.selectors.citations import outdated_uses_unscoped


@dataclass(frozen=True)
class PublishedVersion:
    """A question as it was asked from `published_at` on, and how often that has been."""

    number: int
    published_at: datetime
    asked: int
    kind: QuestionKind
    codes: tuple[str, ...]
    content: QuestionContent
    lines: tuple[KeyLine, ...]
    general: str


def questions_in_bank_unscoped() -> QuerySet[Question]:
    """All questions, with `times_asked` and their clauses."""
    asked = AttemptQuestion.objects.filter(version__question=OuterRef("pk")).order_by().values("version__question")
    counted = asked.annotate(count=Count("pk")).values("count")
    return Question.objects.annotate(times_asked=Coalesce(Subquery(counted), 0)).prefetch_related(
        "question_clauses__clause"
    )


def questions_about_unscoped(clause_ids: Collection[int]) -> dict[int, list[Question]]:
    """Clause id → published questions of the source language that test it, the oldest first. Two queries."""
    found: dict[int, list[Question]] = {clause: [] for clause in clause_ids}
    live = Question.objects.filter(
        live=True, locale=Locale.get_default(), versions__number=1, question_clauses__clause__in=clause_ids
    )
    for question in live.distinct().order_by("pk").prefetch_related("question_clauses"):
        for entry in question.question_clauses.all():
            if entry.clause_id in found:
                found[entry.clause_id].append(question)
    return found


def narrow_to_asked(questions: QuerySet[Question], *, is_asked: bool) -> QuerySet[Question]:
    asked = Exists(AttemptQuestion.objects.filter(version__question=OuterRef("pk")))
    return questions.filter(asked if is_asked else ~asked)


def narrow_to_outdated(questions: QuerySet[Question], *, is_outdated: bool) -> QuerySet[Question]:
    outdated = outdated_uses_unscoped()
    ids = [pk for pk in questions.values_list("pk", flat=True) if question_key(pk) in outdated]
    return questions.filter(pk__in=ids) if is_outdated else questions.exclude(pk__in=ids)


def narrow_to_chapters(questions: QuerySet[Question], keys: Collection[uuid.UUID | str]) -> QuerySet[Question]:
    """Questions that test a clause of one of these chapters."""
    return questions.filter(question_clauses__clause__chapter_key__in=keys).distinct()


def chapter_choices() -> list[tuple[str, str]]:
    return [(str(page.translation_key), page.title) for page in live_chapters_unscoped()]


def tags_in_bank() -> QuerySet[Tag]:
    return Tag.objects.filter(pk__in=QuestionTag.objects.values("tag")).order_by("name")


def published_versions_unscoped(question: Question) -> list[PublishedVersion]:
    """Every version of a question, the newest first, with its key."""
    versions = list(
        QuestionVersion.objects.filter(question=question)
        .annotate(times_asked=Count("asked"))
        .select_related("answer_key")
        .prefetch_related("clauses__clause")
        .order_by("-number")
    )
    texts = QuestionVersionText.objects.best_for([version.pk for version in versions], Locale.get_default())
    return [_published(version, texts[version.pk].content, version.times_asked) for version in versions]


def quizzes_that_asked_unscoped(question: Question) -> QuerySet[QuizPage]:
    """Quizzes in which this question has been asked, whether or not they still do."""
    asked = AttemptQuestion.objects.filter(version__question=question).values("attempt__quiz")
    return QuizPage.objects.filter(pk__in=asked).order_by("title")


def _published(version: QuestionVersion, content: QuestionContent, asked: int) -> PublishedVersion:
    key = version.answer_key.content
    return PublishedVersion(
        version.number,
        version.published_at,
        asked,
        QuestionKind(version.kind),
        tuple(entry.clause.code for entry in version.clauses.all()),
        content,
        spelled_out(decompose(version.kind, content, key)),
        key.general,
    )
