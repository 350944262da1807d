"""Which five are asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import Locale

from people.models import User
from quizzes.models import Question
from quizzes.selectors.feedback import FeedbackWithheld, release_practice_feedback
from quizzes.selectors.practice import five_for_learner, open_day_for_learner
from quizzes.services import HeldByQuiz, NothingToPractise, begin_practice
from tests.factories.people import NOW, BranchFactory, MembershipFactory, TeamFactory
from tests.factories.practice import learn, practise, practise_all
from tests.factories.quizzes import begin, publish_question, publish_quiz, ruled, take
from tests.factories.standards import retire
from tests.quizzes.practice.cards import DAY, TODAY, codes

pytestmark = pytest.mark.django_db


def test_a_day_asks_five_and_stays_as_it_is(learner: User) -> None:
    learn(learner, *(f"REL-{number}" for number in range(1, 8)))
    day = begin_practice(learner=learner, now=NOW)
    asked = list(day.questions.values_list("version", "text", "option_ids"))
    Question.objects.update(live=False)

    assert begin_practice(learner=learner, now=NOW + timedelta(hours=3)) == day
    assert len(asked) == 5
    assert list(day.questions.values_list("version", "text", "option_ids")) == asked


def test_what_slips_comes_first_and_what_was_only_signed_after_it(learner: User) -> None:
    learn(learner, "REL-1", "REL-2", "REL-3")
    first = begin_practice(learner=learner, now=NOW)
    for asked in first.questions.all():
        if asked.clause.code != "REL-3":
            practise(first, asked.position, right=asked.clause.code == "REL-2")

    later = begin_practice(learner=learner, now=NOW + DAY)

    # REL-1 was wrong and is due; REL-3 was never asked; REL-2 is still known.
    assert codes(later) == ["REL-1", "REL-3", "REL-2"]


def test_nothing_learned_is_nothing_to_practise(learner: User) -> None:
    publish_question()

    with pytest.raises(NothingToPractise):
        begin_practice(learner=learner, now=NOW)


def test_a_question_never_asked_comes_before_one_asked_already(learner: User) -> None:
    learn(learner, "REL-1")
    practise_all(learner)
    other = publish_question("another", codes=["REL-1"], stem="And what else?")

    day = begin_practice(learner=learner, now=NOW + DAY)

    assert [asked.version.question for asked in day.questions.all()] == [other]


def test_the_day_is_the_learners_own(learner: User) -> None:
    branch = BranchFactory(time_zone="Pacific/Auckland")
    MembershipFactory(user=learner, team=TeamFactory(branch=branch))
    learn(learner, "REL-1")
    evening = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

    assert begin_practice(learner=learner, now=evening).day == TODAY + DAY


def test_what_a_quiz_tells_only_after_it_closed_is_not_practised_before(learner: User) -> None:
    learn(learner, "REL-1", "REL-2")
    question = five_for_learner(learner, NOW, Locale.get_default())[0].question.version.question
    quiz = ruled(publish_quiz([question]), feedback="after_closing", closes_at=NOW + DAY)
    take(learner, quiz, right=0)

    def practised(now: datetime) -> set[int]:
        return {one.question.version.question_id for one in five_for_learner(learner, now, Locale.get_default())}

    assert question.pk not in practised(NOW)
    assert question.pk in practised(NOW + 2 * DAY)


def test_what_an_open_quiz_asks_is_not_practised(learner: User) -> None:
    learn(learner, "REL-1", "REL-2")
    day = begin_practice(learner=learner, now=NOW)
    held = day.questions.get(position=1)
    practise(day, 1)
    begin(learner, publish_quiz([held.version.question]))

    assert [one.clause_id for one in five_for_learner(learner, NOW, Locale.get_default())] == [
        day.questions.get(position=2).clause_id
    ]
    with pytest.raises(FeedbackWithheld):
        release_practice_feedback(learner, held.pk, Locale.get_default(), NOW)
    with pytest.raises(HeldByQuiz):
        practise(day, 1, turn=2)
    open_day = open_day_for_learner(learner, day.day, NOW)
    assert open_day is not None
    assert (open_day.next and open_day.next.card.position) == 2


def test_retired_clauses_are_asked_no_more(learner: User) -> None:
    chapter = learn(learner, "REL-1", "REL-2")
    practise_all(learner)
    retire(chapter, "REL-1")

    assert codes(begin_practice(learner=learner, now=NOW + DAY)) == ["REL-2"]
