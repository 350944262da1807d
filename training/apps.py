from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.contributions import register_due_work, register_long_job
from outbox.contributions import register_notice_kind
from people.contributions import PersonalData, register_personal_data
from quizzes.contributions import register_counts_since
from standards.contributions import register_clause_uses, register_sign_again


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        from quizzes.contributions import register_exposures
        from training import receivers  # noqa: F401  (connects them)
        from training.selectors.lessons import lesson_clause_uses
        from training.selectors.programs import present_cycle_began_at, sign_again_since
        from training.selectors.remembering import choices_of
        from training.selectors.scenarios import scenario_clause_uses
        from training.services.audience import AUDIENCE_JOB
        from training.services.counting import COUNTING_JOB, count_due
        from training.services.deltas import DELTA_JOB, begin_ready_deltas
        from training.services.notices import KINDS
        from training.services.refreshing import open_refreshers
        from training.services.telling import tell_of_dates, tell_supervisors_weekly

        for kind in KINDS:
            register_notice_kind(kind)
        register_due_work("Refreshers begun", open_refreshers)
        register_due_work("What changed, to be learnt", begin_ready_deltas)
        register_due_work("Notices of due dates", tell_of_dates)
        register_due_work("Weekly notices to supervisors", tell_supervisors_weekly)
        register_due_work("Counts of the organisation", count_due)
        register_long_job(AUDIENCE_JOB)
        register_long_job(DELTA_JOB)
        register_long_job(COUNTING_JOB)
        register_counts_since(present_cycle_began_at)
        register_sign_again(sign_again_since)
        register_clause_uses(scenario_clause_uses)
        register_clause_uses(lesson_clause_uses)
        register_exposures(choices_of)
        register_personal_data(
            PersonalData(
                "training.LessonVersion",
                ("published_by",),
                is_fact=True,
                hidden=("content",),
                words=_("Work on content"),
            ),
            PersonalData(
                "training.LessonCompletion",
                ("learner",),
                is_fact=True,
                shown=("lesson__title",),
                words=_("Lessons gone through"),
            ),
            PersonalData(
                "training.ScenarioVersion",
                ("published_by",),
                is_fact=True,
                hidden=("graph",),
                words=_("Work on content"),
            ),
            PersonalData("training.Playthrough", ("learner",), is_fact=True, words=_("Role-plays")),
            # What a choice is worth is told when the run has ended.
            PersonalData(
                "training.PlaythroughStep",
                ("playthrough__learner",),
                is_fact=True,
                shown=("playthrough__scenario__title",),
                hidden=("points", "mood_before", "mood_after"),
                words=_("Choices in role-plays"),
            ),
            PersonalData(
                "training.ProgramAssignment",
                ("learner", "assigned_by"),
                ("reason",),
                subject=("learner",),
                mentions=("reason",),
                words=_("Programmes assigned"),
            ),
            PersonalData(
                "training.AssignmentRelease",
                ("assignment__learner", "released_by"),
                ("reason",),
                is_fact=True,
                subject=("assignment__learner",),
                mentions=("reason",),
                shown=("assignment__program__title",),
                words=_("Programmes released"),
            ),
            PersonalData(
                "training.Completion",
                ("assignment__learner",),
                is_fact=True,
                shown=("assignment__program__title",),
                words=_("What was completed"),
            ),
            PersonalData(
                "training.ProgramCompletion",
                ("assignment__learner",),
                is_fact=True,
                shown=("assignment__program__title",),
                words=_("What was completed"),
            ),
            PersonalData(
                "training.Extension",
                ("assignment__learner", "granted_by"),
                ("reason",),
                is_fact=True,
                subject=("assignment__learner",),
                mentions=("reason",),
                words=_("More time and waivers"),
            ),
            PersonalData(
                "training.Waiver",
                ("learner", "granted_by"),
                ("reason", "evidence"),
                is_fact=True,
                subject=("learner",),
                mentions=("reason",),
                words=_("More time and waivers"),
            ),
            PersonalData(
                "training.WaiverEnd",
                ("waiver__learner", "granted_by"),
                ("reason",),
                is_fact=True,
                subject=("waiver__learner",),
                mentions=("reason",),
                words=_("More time and waivers"),
            ),
            PersonalData(
                "training.PriorLearning",
                ("learner", "granted_by"),
                ("reason", "evidence"),
                is_fact=True,
                subject=("learner",),
                mentions=("reason",),
                words=_("What was learnt elsewhere"),
            ),
            PersonalData(
                "training.DeltaRefresher",
                ("begun_by", "dismissed_by"),
                mentions=("why_dismissed",),
                words=_("Work on content"),
            ),
            PersonalData("training.ProgramStatus", ("learner",), words=_("Where programmes stand")),
            PersonalData(
                "training.CoachingTalk",
                ("learner", "held_by"),
                is_fact=True,
                subject=("learner",),
                words=_("Coaching talks"),
            ),
            PersonalData(
                "training.CoachingWords",
                ("talk__learner",),
                ("text",),
                mentions=("text",),
                words=_("Coaching talks"),
            ),
        )
