"""Helping people along: a talk that is noted."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from people.models import User
from training.models.coaching import CoachingTalk, CoachingWords


@transaction.atomic
def note_coaching_talk(*, learner: User, held_on: date, text: str, by: User, now: datetime) -> CoachingTalk:
    """Note what was spoken of. The same words of the same talk twice are once."""
    User.objects.lock(learner)
    same = CoachingTalk.objects.filter(learner=learner, held_by=by, held_on=held_on, wording__text=text)
    if talk := same.first():
        return talk
    talk = CoachingTalk.objects.create(learner=learner, held_by=by, held_on=held_on, noted_at=now)
    CoachingWords.objects.create(talk=talk, text=text)
    return talk
