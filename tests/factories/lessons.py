"""A lesson of one of each, in the format of home/content/en/lessons/: a heading, a text, a clause, a question, a video elsewhere."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

from people.models import User
from tests.factories.people import NOW
from tests.factories.standards import cite, home_page
from training.models import LessonCompletion, LessonIndexPage, LessonPage, LessonVersion
from training.services.lessons import complete_lesson, create_lesson, create_lesson_index

CODES = ("REL-1", "REL-2")
CHECK = 3
"""Place of the question in the lesson."""
RIGHT, WRONG = 1, 0

# What a learner may not see before they have answered is marked with “Canary”.
CONTENT: dict[str, Any] = {
    "title": "Listening first",
    "slug": "listening-first",
    "minutes": 6,
    "introduction": "Afterwards you can hear somebody out in a minute.",
    "body": [
        {"heading": "Why it pays"},
        {"text": "Whoever is heard & understood waits more gladly."},
        {"clause": "REL-1"},
        {
            "check": {
                "question": "Somebody begins with a long story. What do you do?",
                "clause": "REL-2",
                "options": [
                    {"text": "Guess what they need", "feedback": "Canary: you guess wrong half the time."},
                    {"text": "Hear them out", "right": True, "feedback": "Canary: that takes a minute."},
                    {"text": "Ask them to be brief", "feedback": "Canary: they leave the main thing out."},
                ],
            }
        },
        {
            "video": {
                "title": "A minute at the counter",
                "address": "https://vimeo.com/123456",
                "transcript": "Good morning. Tell me.",
            }
        },
    ],
}


def content(**changes: Any) -> dict[str, Any]:
    """The content above, to be changed at will."""
    return {**copy.deepcopy(CONTENT), **changes}


def lessons_page(*, now: datetime = NOW) -> LessonIndexPage:
    return create_lesson_index(parent=home_page(), title="Lessons", by=None, now=now)


def publish_lesson(*, by: User | None = None, now: datetime = NOW, **changes: Any) -> LessonPage:
    cite(*CODES)
    return create_lesson(parent=lessons_page(now=now), content=content(**changes), by=by, now=now)


def republish(page: LessonPage, **changes: Any) -> LessonPage:
    """Save and publish the page anew with these fields, as the admin would."""
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


def go_through(learner: User, lesson: LessonPage, *, now: datetime = NOW) -> LessonCompletion:
    """In its newest version."""
    newest = LessonVersion.objects.newest().get(lesson_key=lesson.translation_key)
    return complete_lesson(learner=learner, lesson=lesson, version=newest.number, now=now)
