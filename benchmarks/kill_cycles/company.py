"""Content and people of the run, made through the services and the tests' factories. Imported once Django is set up."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction

from core import clock
from people.models import User
from tests.factories.people import UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.quizzes import publish_quiz
from tests.factories.scenarios import publish_scenario
from tests.factories.standards import publish_chapter


@transaction.atomic
def make_company(people: int) -> list[tuple[int, str]]:
    """One chapter, quiz and role-play, and this many people who are to sign the chapter: (person's id, session) of each."""
    earlier = clock.now() - timedelta(days=1)
    with clock.set_to(earlier):
        chapter = publish_chapter()
        publish_quiz()
        publish_scenario()
        program = make_program(chapter)
        learners = [UserFactory() for _ in range(people)]
        for learner in learners:
            assign(program, learner, now=earlier)
    return [(learner.pk, _session(learner)) for learner in learners]


def _session(learner: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(learner.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = learner.get_session_auth_hash()
    store.create()
    return str(store.session_key)
