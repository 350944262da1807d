"""What supervisors do for their people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile

from people.models import User
from tests.factories.people import NOW
from training.models import CoachingTalk, Program, Waiver
from training.services.coaching import note_coaching_talk
from training.services.exceptions import waive_program

PDF = b"%PDF-1.7 a scan"


def note_talk(
    learner: User, *, by: User, text: str = "First sorry, then the fix.", now: datetime = NOW
) -> CoachingTalk:
    return note_coaching_talk(learner=learner, held_on=now.date(), text=text, by=by, now=now)


def waive(learner: User, program: Program, *, by: User, now: datetime = NOW, **changes: Any) -> Waiver:
    """For good, from that day on, with a file that shows why, unless told otherwise."""
    terms: dict[str, Any] = {
        "starts_on": date(2026, 11, 24),
        "ends_on": None,
        "reason": "Trained at the bank",
        "evidence": ContentFile(PDF, "evidence.pdf"),
        **changes,
    }
    return waive_program(learner=learner, program=program, by=by, now=now, **terms)
