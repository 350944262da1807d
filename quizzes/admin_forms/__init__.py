"""The question form of the admin: what each kind asks of its author, and what it says where something is missing."""

from quizzes.admin_forms.questions import QuestionForm

__all__ = ["QuestionForm"]
