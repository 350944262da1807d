"""Coaching talks: noted once, kept for good, their words erasable."""

from __future__ import annotations

import pytest

from core.models import FactError
from tests.factories.looking_after import note_talk
from tests.factories.people import MembershipFactory, UserFactory
from training.models import CoachingTalk, CoachingWords

pytestmark = pytest.mark.django_db


def test_the_same_words_twice_are_one_talk():
    learner, supervisor = MembershipFactory().user, UserFactory()

    first, second = note_talk(learner, by=supervisor), note_talk(learner, by=supervisor)
    other = note_talk(learner, by=supervisor, text="And then the rule.")

    assert first == second != other
    assert CoachingTalk.objects.count() == CoachingWords.objects.count() == 2


def test_a_talk_is_a_fact_and_its_words_can_be_blanked():
    talk = note_talk(UserFactory(), by=UserFactory())

    with pytest.raises(FactError):
        talk.delete()
    CoachingWords.objects.filter(talk=talk).update(text="")
    assert CoachingTalk.objects.get().wording.text == ""
