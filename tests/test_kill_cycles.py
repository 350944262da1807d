"""The comparison of `make kill-cycles` finds what is lost and what is there twice."""

from __future__ import annotations

import pytest

from benchmarks.kill_cycles.comparing import compare, compare_certificates
from benchmarks.kill_cycles.learners import ANSWERED, CHOSEN, HANDED_IN, SIGNED, Learner
from tests.factories.people import UserFactory
from tests.factories.quizzes import publish_quiz, take
from tests.factories.scenarios import play, publish_scenario
from tests.factories.standards import publish_chapter, sign

pytestmark = pytest.mark.django_db


def learner_who_confirmed(*confirmed: tuple[str, str]) -> Learner:
    person = UserFactory()
    sign(person, publish_chapter())
    play(person, publish_scenario())
    return Learner(person.pk, "", 0, list(confirmed))


SIGNATURE = (SIGNED, "reliability")
STEPS = ((CHOSEN, "1:listen"), (CHOSEN, "2:whole-price"))


def test_what_is_there_once_is_as_it_should_be():
    outcome = compare(learner_who_confirmed(SIGNATURE, *STEPS))

    assert (outcome.confirmed, outcome.lost, outcome.doubled) == (3, [], [])


def test_what_was_confirmed_and_is_not_there_is_lost():
    learner = learner_who_confirmed(SIGNATURE, *STEPS, (CHOSEN, "3:give"), (HANDED_IN, "reliability"))

    assert compare(learner).lost == [f"{learner.pk}: {CHOSEN} 3:give", f"{learner.pk}: {HANDED_IN} reliability"]


def test_what_is_there_more_often_than_it_was_confirmed_is_doubled():
    learner = learner_who_confirmed(*STEPS)

    assert compare(learner).doubled == [f"{learner.pk}: {SIGNED} reliability"]


def test_an_answer_counts_by_its_question_and_option():
    person, quiz = UserFactory(), publish_quiz(1)
    attempt = take(person, quiz, right=1)
    [answer] = attempt.questions.get().responses.all()
    learner = Learner(person.pk, "", 0, [(ANSWERED, f"1:{answer.answer[0].value}"), (HANDED_IN, "reliability")])

    assert compare(learner).lost == compare(learner).doubled == []


def test_who_has_no_certificate_is_missed():
    assert compare_certificates(1).lost == ["a completion", "a certificate", "a file"]
