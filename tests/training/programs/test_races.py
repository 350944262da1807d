"""Two at the same moment: one cycle each, whoever comes first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from people.models import User
from tests.factories.people import NOW, MembershipFactory, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.standards import publish_chapter, sign
from training.domain.deadlines import Deadline
from training.models import AudienceRule, ProgramAssignment
from training.querysets import ProgramAssignmentQuerySet
from training.selectors.status import differences_unscoped
from training.services.audience import apply_audiences, set_audience
from training.services.refreshing import open_refreshers

pytestmark = [pytest.mark.django_db, pytest.mark.race]

A_YEAR_ON = NOW + timedelta(days=350)


def certified(count: int) -> list[User]:
    """People whose refresher opens within the year."""
    chapter, learners = publish_chapter(), [UserFactory() for _ in range(count)]
    program = make_program(chapter, window_days=30)
    for learner in learners:
        assign(program, learner)
        sign(learner, chapter)
    return learners


def test_refreshers_begin_once(at_once):
    learners = certified(3)

    opened = at_once(*[lambda: open_refreshers(now=A_YEAR_ON)] * 2)

    assert sorted(opened) == [0, 3]
    assert sorted(ProgramAssignment.objects.values_list("learner", "cycle")) == sorted(
        (learner.pk, cycle) for learner in learners for cycle in (1, 2)
    )
    assert differences_unscoped([learner.pk for learner in learners]) == []


def test_control_without_the_lock_a_cycle_begins_twice(at_once, meet, unlocked):
    certified(1)
    meet(ProgramAssignmentQuerySet, "bulk_create")

    came_of_it = at_once(*[lambda: open_refreshers(now=A_YEAR_ON)] * 2)

    assert {type(outcome) for outcome in came_of_it} == {int, IntegrityError}


def test_who_joins_twice_at_once_is_assigned_once(at_once):
    program, person = make_program(publish_chapter()), MembershipFactory().user
    rules = [AudienceRule(program=program, is_everybody=True)]
    set_audience(program=program, rules=rules, deadline=Deadline(), by=None, now=NOW)

    came_of_it = at_once(*[lambda: apply_audiences(learners=[person.pk], now=NOW)] * 2)

    assert sorted(came_of_it) == [0, 1]
    assert ProgramAssignment.objects.get().learner == person
