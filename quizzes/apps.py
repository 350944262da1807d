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
        register_personal_data(
            PersonalData("quizzes.Question", ("locked_by",), hidden=("stem", "options", "image_alt"))
        )
        register_personal_data(
            PersonalData("quizzes.QuizAttempt", ("learner",), is_fact=True, hidden=("seed",), words=_("Quizzes taken"))
        )
        register_personal_data(
            PersonalData("quizzes.Recall", ("learner",), words=_("How well clauses are remembered")),
            PersonalData(
                "quizzes.RecallReview", ("learner",), is_fact=True, words=_("How well clauses are remembered")
            ),
            PersonalData("quizzes.PracticeDay", ("learner",), is_fact=True, words=_("Five a day")),
        )
        # Which answers were right is told by `release_feedback` alone, when it is time.
        register_personal_data(
            PersonalData(
                "quizzes.AttemptGrade",
                ("attempt__learner",),
                is_fact=True,
                mentions=("reason",),
                shown=("attempt__quiz__title",),
                hidden=("marks", "share", "keys", "reason"),
                words=_("Results of quizzes"),
            ),
            PersonalData(
                "quizzes.Response",
                ("asked__attempt__learner",),
                is_fact=True,
                mentions=("chosen",),  # what somebody typed
                shown=(
                    "asked__attempt__quiz__title",
                    "asked__position",
                    "asked__text__text__stem",
                    "asked__text__text__options",
                ),
                words=_("Answers in quizzes"),
            ),
            PersonalData(
                "quizzes.PracticeAnswer",
                ("asked__practice_day__learner",),
                is_fact=True,
                mentions=("chosen",),  # what somebody typed
                shown=("asked__practice_day__day", "asked__text__text__stem", "asked__text__text__options"),
                words=_("Five a day"),
            ),
        )
