"""Registers the question bank."""

from wagtail.snippets.models import register_snippet

from quizzes.viewsets import QuestionViewSet

register_snippet(QuestionViewSet)
