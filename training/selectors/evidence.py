"""What somebody did before a programme asked for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from people.models import User
from quizzes.models import QuizAttempt
from quizzes.selectors.attempts import passing_attempt_unscoped
from standards.models import Acknowledgement
from standards.selectors.reading import chapter_signature_for_learner
from training.models import LessonCompletion, Playthrough
from training.models.programs import ProgramActivity


def earlier_evidence_unscoped(
    learner: User, activity: ProgramActivity
) -> Acknowledgement | LessonCompletion | QuizAttempt | Playthrough | None:
    """What closes this activity for this person already."""
    if activity.chapter is not None:
        return chapter_signature_for_learner(learner, activity.chapter.translation_key)
    if activity.lesson_id:
        return LessonCompletion.objects.filter(learner=learner, lesson=activity.lesson_id).first()
    if activity.quiz:
        return passing_attempt_unscoped(learner, activity.quiz)
    passed = Playthrough.objects.counting().filter(learner=learner, scenario=activity.scenario_id, is_success=True)
    return passed.order_by("ended_at").first()


def learners_with_evidence_unscoped(learners: Collection[int], activities: Iterable[ProgramActivity]) -> set[int]:
    """Those of these people (ids) who ever did anything of what these activities ask: for the others there is nothing to look up."""
    chapters = [each.chapter.translation_key for each in activities if each.chapter]
    signed = Acknowledgement.objects.filter(learner__in=learners, chapter_key__in=chapters)
    lessons = [each.lesson_id for each in activities if each.lesson_id]
    read = LessonCompletion.objects.filter(learner__in=learners, lesson__in=lessons)
    tried = QuizAttempt.objects.filter(
        learner__in=learners, quiz__in=[each.quiz_id for each in activities if each.quiz_id]
    )
    scenarios = [each.scenario_id for each in activities if each.scenario_id]
    played = Playthrough.objects.filter(learner__in=learners, scenario__in=scenarios)
    return {
        person
        for rows in (signed, read, tried, played)
        for person in rows.order_by().values_list("learner", flat=True).distinct()
    }
