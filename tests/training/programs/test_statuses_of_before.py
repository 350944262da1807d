"""The migration that makes the statuses of what was there before says the same as the facts."""

from __future__ import annotations

import importlib
from datetime import timedelta

import pytest
from django.apps import apps

from tests.factories.people import NOW, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from training.models import ProgramStatus
from training.selectors.status import differences_unscoped
from training.services.assigning import release_assignment

pytestmark = pytest.mark.django_db


def test_it_says_what_the_facts_say():
    chapter, other = publish_chapter(), publish_chapter("Timeliness", ("TIM-1",))
    program = make_program(chapter, other)
    idle, underway, done, again, released = people = [UserFactory() for _ in range(5)]
    for learner in people:
        assign(program, learner)
    for learner in (underway, done, again):
        sign(learner, chapter)
    for learner in (done, again):
        sign(learner, other)
    assign(program, again, now=NOW + timedelta(days=500))
    release_assignment(assignment=released.assignments.get(), by=None, now=NOW)
    ProgramStatus.objects.all().delete()

    importlib.import_module("training.migrations.0008_statuses_of_before").fill(apps, None)

    assert differences_unscoped([learner.pk for learner in people]) == []
    assert ProgramStatus.objects.get(learner=idle).is_open
