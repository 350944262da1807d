"""Two tabs at the same moment. Each control takes the lock off and must fail, on PostgreSQL: SQLite locks the whole database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from tests.factories.people import NOW, UserFactory
from tests.factories.scenarios import FEEBLE, begin, play, play_again, pressing_content, publish_scenario
from training.models import Playthrough, PlaythroughStep, ScenarioPage, ScenarioVersion
from training.services import playing as services
from training.services.playing import AlreadyDecided, let_time_pass, take_choice

pytestmark = pytest.mark.race


@pytest.fixture
def meeting(meet: Callable[[Any, str], None]) -> None:
    """Two services meet after they have read and before they write."""
    meet(services, "present_unscoped")
    meet(services, "newest_version_unscoped")


@pytest.fixture
def meeting_before_practice(meet: Callable[[Any, str], None]) -> None:
    meet(services, "_is_live")


def choosing(run: Playthrough, position: int, choice: str) -> Any:
    return lambda: take_choice(learner=run.learner, playthrough=run, position=position, choice_key=choice, now=NOW)


def test_same_choice_in_two_tabs_is_one_step(at_once, meeting):
    run = begin(UserFactory(), publish_scenario())
    first, second = at_once(choosing(run, 1, "listen"), choosing(run, 1, "listen"))
    assert first == second
    assert PlaythroughStep.objects.count() == 1


def test_two_choices_in_two_tabs_are_one_step_and_a_refusal(at_once, meeting):
    run = begin(UserFactory(), publish_scenario())
    found = at_once(choosing(run, 1, "listen"), choosing(run, 1, "hurry"))
    assert {type(one) for one in found} == {PlaythroughStep, AlreadyDecided}
    assert PlaythroughStep.objects.count() == 1


def test_last_choice_in_two_tabs_ends_the_run_once(at_once, meeting):
    run = play(UserFactory(), publish_scenario(), ["listen"])
    first, second = at_once(choosing(run, 2, "whole-price"), choosing(run, 2, "whole-price"))
    assert first.playthrough.points == second.playthrough.points == 5
    assert Playthrough.objects.ended().count() == 1


def test_two_starts_are_one_run(at_once, meeting):
    learner, scenario = UserFactory(), publish_scenario()
    first, second = at_once(*[lambda: begin(learner, scenario)] * 2)
    assert first == second
    assert Playthrough.objects.count() == 1


def test_control_same_choice_without_the_lock_fails(at_once, meeting, unlocked):
    run = begin(UserFactory(), publish_scenario())
    found = at_once(choosing(run, 1, "listen"), choosing(run, 1, "listen"))
    assert IntegrityError in {type(one) for one in found}


def test_control_two_starts_without_the_lock_fail(at_once, meeting, unlocked):
    learner, scenario = UserFactory(), publish_scenario()
    found = at_once(*[lambda: begin(learner, scenario)] * 2)
    assert IntegrityError in {type(one) for one in found}


def test_two_tries_from_one_decision_are_one_practice(at_once, meeting_before_practice):
    run = play(UserFactory(), publish_scenario(), FEEBLE)
    first, second = at_once(*[lambda: play_again(run, 2)] * 2)
    assert first == second
    assert Playthrough.objects.open().get() == first


def test_control_two_tries_without_the_lock_fail(at_once, meeting_before_practice, unlocked):
    run = play(UserFactory(), publish_scenario(), FEEBLE)
    found = at_once(*[lambda: play_again(run, 2)] * 2)
    assert IntegrityError in {type(one) for one in found}


def test_clock_and_choice_at_once_are_one_step(at_once, meeting):
    run = begin(UserFactory(), publish_scenario(**pressing_content()))
    late = NOW + timedelta(seconds=94)
    at = {"learner": run.learner, "playthrough": run, "now": late}
    at_once(lambda: let_time_pass(**at), lambda: take_choice(**at, position=1, choice_key="listen"))
    assert PlaythroughStep.objects.get().is_late


def test_two_publications_number_without_a_gap(at_once):
    page = publish_scenario()

    def publish(title: str) -> None:
        draft = ScenarioPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        draft.title = title
        draft.save_revision().publish()

    found = at_once(lambda: publish("One"), lambda: publish("Two"))
    numbers = list(ScenarioVersion.objects.order_by("number").values_list("number", flat=True))
    assert not [error for error in found if isinstance(error, Exception)]
    assert numbers == [1, 2, 3]
