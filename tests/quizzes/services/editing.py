"""A published question, opened and published again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from quizzes.models import Question
from tests.factories.people import NOW

LATER = NOW + timedelta(days=1)


def draft_of(question: Question) -> Question:
    """The question as the editor opens it, apart from the object in hand."""
    return Question.objects.get(pk=question.pk).get_latest_revision_as_object()


def edited(question: Question, **changes: Any) -> Question:
    """The question published again with these changes."""
    draft = draft_of(question)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return Question.objects.get(pk=question.pk)
