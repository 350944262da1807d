"""Registers the question bank."""

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from quizzes.models import Question
from quizzes.permissions import QuestionPermissionPolicy
from quizzes.viewsets import QuestionViewSet

register_permission_policy(Question, QuestionPermissionPolicy(Question))
register_snippet(QuestionViewSet)
