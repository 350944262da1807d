"""Going through a lesson: what is recorded, when again, and what it closes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.enums import Status
from core.models import FactError
from tests.factories.lessons import CODES, go_through, publish_lesson, republish
from tests.factories.people import NOW, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import edit_clause, publish, publish_chapter
from training.models import LessonCompletion
from training.selectors.my_training import my_training_for_learner
from training.selectors.programs import clause_versions_for_assignment_unscoped
from training.services.lessons import LessonChanged, NotPublished, complete_lesson

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=400)


def frozen(completion: LessonCompletion) -> list[str]:
    return [str(row.clause_version) for row in completion.clauses.all()]


def test_going_through_records_the_version_and_the_clauses_in_force():
    chapter = publish_chapter("Reliability", CODES)
    learner, lesson = UserFactory(), publish_lesson()
    edit_clause(chapter, "REL-2", reason="Eleven complaints.", kind="substantive", statement="We never guess.")
    publish(chapter, now=NOW)

    completion = go_through(learner, lesson)

    assert (completion.learner, completion.lesson, completion.completed_at) == (learner, lesson, NOW)
    assert completion.version.number == 1
    assert frozen(completion) == [f"{code} v{number}" for code, number in zip(CODES, (1, 2), strict=True)]
    assert str(completion) == f"{learner}: Listening first"


def test_twice_is_once_and_a_new_version_is_once_more():
    learner, lesson = UserFactory(), publish_lesson()
    first = go_through(learner, lesson)

    assert go_through(learner, lesson, now=LATER) == first
    republish(lesson, title="Listening, always")
    second = go_through(learner, lesson, now=LATER)

    assert (second.version.number, LessonCompletion.objects.count()) == (2, 2)


@pytest.mark.parametrize("version", [1, 3])
def test_another_version_than_the_one_that_is_there_is_refused(version):
    learner, lesson = UserFactory(), publish_lesson()
    republish(lesson, title="Listening, always")

    with pytest.raises(LessonChanged):
        complete_lesson(learner=learner, lesson=lesson, version=version, now=NOW)

    assert not LessonCompletion.objects.exists()


def test_a_lesson_that_was_taken_down_is_refused():
    lesson = publish_lesson()
    lesson.unpublish()

    with pytest.raises(NotPublished):
        go_through(UserFactory(), lesson)


def test_it_closes_the_activity_and_the_programme_rests_on_what_it_showed():
    learner, lesson, other = UserFactory(), publish_lesson(), publish_lesson(slug="other")
    assignment, untouched = assign(make_program(lesson), learner), assign(make_program(other, title="Other"), learner)
    assert my_training_for_learner(learner, NOW).first.next.title == "Listening first"

    completion = go_through(learner, lesson)

    assert assignment.completions.get().lesson_completion == completion
    assert assignment.completion.completed_at == NOW
    assert not untouched.completions.exists()
    in_force = {row.clause_version_id for row in completion.clauses.all()}
    assert set(clause_versions_for_assignment_unscoped(assignment)) == in_force
    assert [card.status for card in my_training_for_learner(learner, NOW).closed] == [Status.CERTIFIED]


def test_earlier_work_counts_in_the_first_cycle_and_a_refresher_asks_again():
    learner, lesson = UserFactory(), publish_lesson()
    first = go_through(learner, lesson)
    program = make_program(lesson)
    assert assign(program, learner).completions.get().lesson_completion == first

    refresher = assign(program, learner, now=LATER)
    assert not refresher.completions.exists()
    again = go_through(learner, lesson, now=LATER)

    assert refresher.completions.get().lesson_completion == again
    assert again != first
    assert go_through(learner, lesson, now=LATER) == again


def test_a_completion_is_a_fact():
    completion = go_through(UserFactory(), publish_lesson())

    for fact in (completion, completion.version, completion.clauses.first(), completion.version.citations.first()):
        with pytest.raises(FactError):
            fact.save()
