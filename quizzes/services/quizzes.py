"""Quizzes, and the page under which they stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.models import Page

from core import clock
from people.models import User
from quizzes.models import Question, QuizIndexPage, QuizPage, QuizQuestion


@transaction.atomic
def create_quiz_index(*, parent: Page, title: str, by: User | None, now: datetime) -> QuizIndexPage:
    """The page under which the site's quizzes stand; the one that is there, if there is one."""
    if existing := QuizIndexPage.objects.first():
        return existing
    index = QuizIndexPage(title=title, slug="quizzes", owner=by, live=False)
    parent.add_child(instance=index)
    _publish(index, by, now)
    return QuizIndexPage.objects.get(pk=index.pk)


@transaction.atomic
def create_quiz(
    *,
    parent: Page,
    title: str,
    slug: str,
    introduction: str,
    minutes: int,
    mastery_score: Decimal,
    questions: Iterable[Question],
    by: User | None,
    now: datetime,
) -> QuizPage:
    """A published quiz with these questions in this order; the one that has this slug, as it stands, if there is one."""
    if existing := QuizPage.objects.child_of(parent).filter(slug=slug).first():
        return existing
    quiz = QuizPage(
        title=title,
        slug=slug,
        introduction=introduction,
        minutes=minutes,
        mastery_score=mastery_score,
        owner=by,
        live=False,
    )
    quiz.questions = [QuizQuestion(question=question, sort_order=place) for place, question in enumerate(questions)]
    parent.add_child(instance=quiz)
    _publish(quiz, by, now)
    return QuizPage.objects.get(pk=quiz.pk)


def _publish(page: Page, by: User | None, now: datetime) -> None:
    with clock.set_to(now):
        page.save_revision(user=by).publish(user=by)
