"""Questions and quizzes: what is published, what an attempt would ask, what cites a clause."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from people.models import User
from quizzes.models import (
    Question,
    QuestionClause,
    QuestionVersion,
    QuestionVersionText,
    QuizPage,
    QuizQuestion,
)
from standards.contributions import ClauseUse
from standards.domain.coverage import Practice
from standards.selectors.clauses import version_ids_in_force


@dataclass(frozen=True)
class QuestionToAsk:
    """A question of a quiz as a new attempt freezes it."""

    version: QuestionVersion
    text: QuestionVersionText
    clause_version_ids: tuple[int, ...]


def quizzes_unscoped() -> QuerySet[QuizPage]:
    """Published quizzes of the source language, in the order of the page tree."""
    return QuizPage.objects.live().filter(locale=Locale.get_default(), alias_of=None).order_by("path")


def quiz_for_viewer(viewer: User, slug: str) -> QuizPage | None:
    """A published quiz that is for this person. What they have begun or handed in needs no page: see the attempts below."""
    quiz = quizzes_unscoped().filter(slug=slug).first()
    return quiz if quiz and quiz.is_for(viewer) else None


def question_count(quiz: QuizPage) -> int:
    """How many questions an attempt begun now would have."""
    return (
        QuizQuestion.objects.filter(page=quiz, question__live=True, question__versions__number=1)
        .values("question")
        .distinct()
        .count()
    )


def questions_to_ask_unscoped(quiz: QuizPage, locale: Locale) -> list[QuestionToAsk]:
    """The published questions of a quiz, each in its last version, in `locale` or the source's words, with clause versions in force."""
    placed = (
        QuizQuestion.objects.filter(page=quiz, question__live=True)
        .order_by("sort_order", "pk")
        .values_list("question", flat=True)
    )
    questions = list(dict.fromkeys(placed))
    latest: dict[int, QuestionVersion] = {}
    for version in (
        QuestionVersion.objects.filter(question__in=questions).prefetch_related("clauses").order_by("number")
    ):
        latest[version.question_id] = version
    texts = QuestionVersionText.objects.best_for([version.pk for version in latest.values()], locale)
    cited = {version.pk: [entry.clause_id for entry in version.clauses.all()] for version in latest.values()}
    in_force = version_ids_in_force({clause for clauses in cited.values() for clause in clauses})
    return [
        QuestionToAsk(
            version, texts[version.pk], tuple(in_force[clause] for clause in cited[version.pk] if clause in in_force)
        )
        for version in (latest[question] for question in questions if question in latest)
    ]


def latest_version_unscoped(question: Question) -> QuestionVersion | None:
    return QuestionVersion.objects.filter(question=question).order_by("-number").first()


def clause_uses(clause_ids: Collection[int]) -> list[ClauseUse]:
    """Published questions that cite these clauses, for the standards' editor."""
    rows = (
        QuestionClause.objects.filter(clause__in=clause_ids, question__live=True)
        .select_related("question")
        .annotate(published_at=Max("question__versions__published_at"))
        .order_by("question", "sort_order")
    )
    return [
        ClauseUse(
            row.clause_id,
            _("Question"),
            str(row.question),
            reverse("wagtailsnippets_quizzes_question:edit", args=[row.question_id]),
            Practice.QUESTION,
            key=question_key(row.question_id),
            published_at=row.published_at,
            check_url=reverse("question_check", args=[row.question_id]),
        )
        for row in rows
    ]


def question_key(question_id: int) -> str:
    """What the standards call a question that cites a clause."""
    return f"question:{question_id}"


def question_by_import_key_unscoped(import_key: str, locale: Locale) -> Question | None:
    return Question.objects.filter(import_key=import_key, locale=locale).first()
