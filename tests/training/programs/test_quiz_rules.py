"""Quizzes with rules within programmes: which attempts count, in a refresher too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizzes.services import MayNotStart
from tests.factories.people import NOW, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.quizzes import begin, publish_quiz, ruled, take
from training.models.assignments import Completion

pytestmark = pytest.mark.django_db


def test_a_quiz_is_done_when_its_attempts_together_pass() -> None:
    quiz, learner = ruled(publish_quiz(2, mastery_score="0.75"), score_method="average"), UserFactory()
    assign(make_program(quiz), learner)
    done = []
    for hours, right in enumerate((1, 2)):
        attempt = take(learner, quiz, right=right, now=NOW + timedelta(hours=hours))
        done.append(Completion.objects.count())
    assert done == [0, 1]
    assert Completion.objects.get().attempt == attempt


def test_a_refresher_gives_its_attempts_anew_and_counts_those_alone() -> None:
    quiz, learner = ruled(publish_quiz(1), attempts_allowed=1), UserFactory()
    program = make_program(quiz)
    first = assign(program, learner)
    take(learner, quiz, right=1)
    with pytest.raises(MayNotStart):
        begin(learner, quiz)
    later = NOW + timedelta(days=800)
    second = assign(program, learner, now=later)
    assert (first.cycle, second.cycle, second.completions.count()) == (1, 2, 0)
    take(learner, quiz, right=0, now=later)
    assert second.completions.count() == 0
    with pytest.raises(MayNotStart):
        begin(learner, quiz, now=later)
