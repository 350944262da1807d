"""A question of the bank as learners see it."""

from __future__ import annotations

from django import template

from quizzes.models import Question
from quizzes.selectors.attempts import AskedQuestion

register = template.Library()


@register.filter
def as_asked(question: Question) -> AskedQuestion:
    """As an attempt would ask it, unanswered. What learners never see isn't in it."""
    content = question.content
    return AskedQuestion.put(1, question.kind, content, content.option_ids, ())
