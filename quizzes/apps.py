from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.contributions import register_due_work
from people.contributions import PersonalData, register_personal_data
from standards.contributions import register_clause_uses


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = _("Quizzes")

    def ready(self) -> None:
        from quizzes import receivers  # noqa: F401  (connects them)
        from quizzes.contributions import register_exposures
        from quizzes.selectors.questions import clause_uses
        from quizzes.selectors.recall import answers_of
        from quizzes.services import submit_overdue_attempts

        register_due_work("Quizzes handed in by the clock", submit_overdue_attempts)
        register_clause_uses(clause_uses)
        register_exposures(answers_of)
        register_personal_data(PersonalData("quizzes.Question", ("locked_by",)))
        register_personal_data(PersonalData("quizzes.QuizAttempt", ("learner",), is_fact=True))
        register_personal_data(
            PersonalData("quizzes.Recall", ("learner",)),
            PersonalData("quizzes.RecallReview", ("learner",), is_fact=True),
            PersonalData("quizzes.PracticeDay", ("learner",), is_fact=True),
        )
