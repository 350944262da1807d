"""Forms of the admin: what each kind of question asks of its author and what it says where something is missing; what a quiz needs."""

from quizzes.admin_forms.questions import QuestionForm
from quizzes.admin_forms.quizzes import QuizPageForm

__all__ = ["QuestionForm", "QuizPageForm"]
