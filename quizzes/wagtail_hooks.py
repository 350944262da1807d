"""Registers the question bank."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from quizzes.models import Question
from quizzes.permissions import QuestionPermissionPolicy
from quizzes.viewsets import QuestionViewSet, question_check, question_versions

register_permission_policy(Question, QuestionPermissionPolicy(Question))
register_snippet(QuestionViewSet)


@hooks.register("register_admin_urls")
def register_checking() -> list[URLPattern]:
    return [
        path("questions/<int:question_id>/check/", question_check, name="question_check"),
        path("questions/<int:question_id>/versions/", question_versions, name="question_versions"),
    ]
