"""Somebody who has learnt something of every kind."""

from __future__ import annotations

from datetime import date, timedelta

from people.models import User
from tests.factories import lessons as lesson_factory
from tests.factories import quizzes as quiz_factory
from tests.factories import scenarios as scenario_factory
from tests.factories.looking_after import note_talk, waive
from tests.factories.people import NOW
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from training.models import Waiver
from training.services.exceptions import end_waiver, record_prior_learning


def waive_often(learner: User, count: int) -> None:
    """So many entries of one kind, each a minute after the other, quickly made."""
    program = make_program(title="Till")
    Waiver.objects.bulk_create(
        Waiver(
            learner=learner,
            program=program,
            starts_on=date(2026, 1, 1) + timedelta(days=number),
            granted_at=NOW + timedelta(minutes=number),
        )
        for number in range(count)
    )


def learn_all(learner: User, *, by: User, number: int = 1) -> None:
    """A chapter that closes a programme, a lesson, a role-play, a quiz (failed first), what was learnt elsewhere, a waiver, a talk."""
    chapter = publish_chapter(f"Chapter {number}", (f"CHA-{number}1", f"CHA-{number}2"))
    program = make_program(chapter, title=f"Programme {number}", slug=f"all-{number}")
    assign(program, learner)
    sign(learner, chapter)
    lesson = lesson_factory.publish_lesson(slug=f"lesson-{number}", title=f"Lesson {number}")
    lesson_factory.go_through(learner, lesson)
    scenario = scenario_factory.publish_scenario(slug=f"play-{number}", title=f"Play {number}")
    scenario_factory.play(learner, scenario)
    quiz = quiz_factory.publish_quiz(1, slug=f"quiz-{number}")
    quiz_factory.take(learner, quiz, right=0), quiz_factory.take(learner, quiz, right=1)
    unread = lesson_factory.publish_lesson(slug=f"unread-{number}", title=f"Unread {number}")
    other = assign(make_program(unread, title=f"Other {number}", slug=f"other-{number}"), learner)
    said = f"First aid {number}, Red Crescent"
    record_prior_learning(assignment=other, activities=[], learnt_on=date(2026, 2, 3), reason=said, by=by, now=NOW)
    waiver = waive(learner, program, by=by, reason="Between us", starts_on=date(2026, 11, number))
    end_waiver(waiver=waiver, ended_on=NOW.date(), reason="Between us", by=by, now=NOW)
    note_talk(learner, by=by, text="Between us")
