"""Conditions, loops, critical choices, clocks, and practice from a decision: what is taken, and what it counts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from wagtail.models import Locale

from quizzes.models import RecallReview
from quizzes.services import rebuild_recall
from tests.factories.people import NOW, UserFactory
from tests.factories.programs import assign, make_program
from tests.factories.scenarios import BEST, FEEBLE, begin, play, play_again, pressing_content, publish_scenario
from training.models import Completion, Playthrough, PlaythroughStep, ScenarioPage
from training.selectors.playing import scene_for_playthrough
from training.selectors.scenarios import scenario_summaries_for_learner
from training.services.playing import (
    AlreadyDecided,
    ChoiceNotOffered,
    NoSuchDecision,
    NotPlayable,
    let_time_pass,
    take_choice,
    try_again,
)

pytestmark = pytest.mark.django_db

IN_TIME = NOW + timedelta(seconds=93)
LATE = NOW + timedelta(seconds=94)


@pytest.fixture
def learner() -> Any:
    return UserFactory()


@pytest.fixture
def pressing() -> ScenarioPage:
    return publish_scenario(**pressing_content())


def choose(run: Playthrough, position: int, choice: str, *, now: Any = NOW) -> PlaythroughStep:
    return take_choice(learner=run.learner, playthrough=run, position=position, choice_key=choice, now=now)


def offered(run: Playthrough, *, now: Any = NOW) -> set[str]:
    return {key for key, _ in scene_for_playthrough(run, run.learner, Locale.get_default(), now).choices}


def test_choice_is_offered_where_all_its_conditions_hold(learner, pressing):
    run = play(learner, pressing, ["listen", "sorry"])
    assert offered(run) == {"give", "keep"}
    assert choose(run, 3, "give").playthrough.ending_key == "stays"


def test_choice_whose_condition_is_not_met_is_neither_shown_nor_taken(learner, pressing):
    run = play(learner, pressing, ["hurry", "sorry"])
    assert offered(run) == {"keep"}
    with pytest.raises(ChoiceNotOffered):
        choose(run, 3, "give")
    assert run.steps.count() == 2


def test_condition_closes_a_loop_and_its_points_count_once(learner, pressing):
    run = begin(learner, pressing)
    first, second = choose(run, 1, "ask-first"), None
    assert (first.points, first.mood_after) == (-1, 2)
    second = choose(run, 2, "ask-first")
    assert (second.points, second.mood_after) == (0, 1)
    assert [row.points for step in (first, second) for row in step.clauses.all()] == [1, -2, 0, 0]
    assert offered(run) == {"hurry", "listen"}
    with pytest.raises(ChoiceNotOffered):
        choose(run, 3, "ask-first")


def test_points_below_zero_are_kept_and_score_nothing(learner, pressing):
    run = play(learner, pressing, ["ask-first", "hurry", "sorry", "keep"])
    assert (run.points, run.scaled, run.is_success) == (2, Decimal("0.4000"), False)
    worst = play(learner, pressing, ["ask-first", "hurry", "later"])
    assert (worst.points, worst.scaled, worst.is_success) == (-2, Decimal(0), False)


def test_critical_choice_fails_the_run_whatever_the_points(learner):
    told = pressing_content(mastery_score="0.00")
    run = play(learner, publish_scenario(**told), ["listen", "later"])
    assert (run.points, run.scaled, run.is_success) == (0, Decimal(0), False)


def test_choice_of_the_last_second_counts_and_after_it_the_clock_has_chosen(learner, pressing):
    assert choose(begin(learner, pressing), 1, "listen", now=IN_TIME).choice_key == "listen"
    other = UserFactory()
    run = begin(other, pressing)
    late = choose(run, 1, "listen", now=LATE)
    assert (late.choice_key, late.is_late, late.chosen_at, late.points) == ("hurry", True, LATE, 1)
    assert choose(run, 1, "listen", now=LATE) == late
    assert run.steps.count() == 1


def test_time_passes_once_and_only_where_it_is_up(learner, pressing):
    run = begin(learner, pressing)
    assert let_time_pass(learner=learner, playthrough=run, now=IN_TIME) == run
    assert not run.steps.exists()
    for _ in range(2):
        let_time_pass(learner=learner, playthrough=run, now=LATE)
    assert run.steps.get().is_late
    with pytest.raises(Playthrough.DoesNotExist):
        let_time_pass(learner=UserFactory(), playthrough=run, now=LATE)


def test_time_passes_no_more_in_a_run_that_ended(learner, pressing):
    run = play(learner, publish_scenario(), BEST)
    assert let_time_pass(learner=learner, playthrough=run, now=LATE + timedelta(days=1)) == run


def test_clock_begins_anew_with_each_scene(learner, pressing):
    run = begin(learner, pressing)
    choose(run, 1, "ask-first", now=IN_TIME)
    assert not choose(run, 2, "listen", now=IN_TIME + timedelta(seconds=90)).is_late


def test_extra_time_is_given_on_the_clock(pressing):
    learner = UserFactory(extra_time=50)
    run = begin(learner, pressing)
    scene = scene_for_playthrough(run, learner, Locale.get_default(), NOW + timedelta(seconds=15))
    assert (scene.clock.seconds, scene.clock.total, scene.clock.share) == (120, 135, 89)
    assert not choose(run, 1, "listen", now=NOW + timedelta(seconds=135)).is_late


def test_scene_without_a_clock_waits(learner, pressing):
    run = play(learner, pressing, ["listen"])
    scene = scene_for_playthrough(run, learner, Locale.get_default(), NOW + timedelta(days=9))
    assert (scene.clock, scene.is_time_up) == (None, False)


@pytest.mark.parametrize("mode", ["assessment", "practice"])
def test_what_came_of_a_choice_is_told_after_it_in_practice_only(learner, mode):
    run = play(learner, publish_scenario(mode=mode), ["listen"])
    said = scene_for_playthrough(run, learner, Locale.get_default(), NOW).conversation
    told = [(one.text, one.is_newest) for one in said if one.who == "outcome"]
    assert told == ([("Canary: you kept a promise.", True)] if mode == "practice" else [])
    assert [one.is_newest for one in said].count(True) == 1


def test_practice_begins_with_the_steps_that_led_to_the_decision(learner, pressing):
    run = play(learner, pressing, ["ask-first", "listen", "later"])
    practice = play_again(run, 3, now=LATE)
    assert (practice.practice_of, practice.from_position, practice.version) == (run, 3, run.version)
    copied = [(step.choice_key, step.points, step.chosen_at) for step in practice.steps.order_by("position")]
    assert copied == [("ask-first", -1, NOW + timedelta(minutes=1)), ("listen", 2, NOW + timedelta(minutes=2))]
    assert [row.points for step in practice.steps.order_by("position") for row in step.clauses.all()] == [1, -2, 2]
    ended = choose(practice, 3, "whole-price", now=LATE).playthrough
    assert (ended.points, ended.is_success) == (4, True)


def test_clock_of_a_practice_begins_with_it(learner, pressing):
    run = play(learner, pressing, ["ask-first", "listen", "later"])
    practice = play_again(run, 2, now=NOW + timedelta(days=3))
    assert not choose(practice, 2, "listen", now=NOW + timedelta(days=3, seconds=90)).is_late


def test_practice_counts_nowhere(learner):
    scenario = publish_scenario()
    assign(make_program(scenario), learner)
    run = play(learner, scenario, FEEBLE)
    before, reviews = scenario_summaries_for_learner(learner, [scenario]), RecallReview.objects.count()

    practice = play_again(run, 1, BEST)

    assert (practice.is_success, practice.points) == (True, 5)
    assert scenario_summaries_for_learner(learner, [scenario]) == before
    assert not Completion.objects.exists()
    assert RecallReview.objects.count() == reviews
    assert not rebuild_recall(learner=learner).missing
    assign(make_program(scenario, slug="again"), learner)
    assert not Completion.objects.exists()


def test_practice_leaves_room_for_a_run_that_counts(learner):
    scenario = publish_scenario()
    practice = play_again(play(learner, scenario, FEEBLE), 2)
    counting = begin(learner, scenario)
    assert counting not in {practice, practice.practice_of}
    assert begin(learner, scenario) == counting


def test_trying_again_twice_is_one_practice_until_it_has_ended(learner):
    run = play(learner, publish_scenario(), FEEBLE)
    practice = play_again(run, 2)
    assert play_again(run, 2) == practice
    choose(practice, 2, "later")
    assert play_again(run, 2) != practice


def test_practice_goes_on_from_practice(learner):
    first = play_again(play(learner, publish_scenario(), FEEBLE), 1, BEST)
    second = play_again(first, 2)
    assert (second.practice_of, second.steps.get().choice_key) == (first, "listen")


@pytest.mark.parametrize("position", [0, 3, -1])
def test_practice_from_a_decision_that_was_not_made_is_refused(learner, position):
    run = play(learner, publish_scenario(), FEEBLE)
    with pytest.raises(NoSuchDecision):
        play_again(run, position)
    assert Playthrough.objects.get() == run


def test_practice_of_an_open_or_foreign_run_is_refused(learner):
    scenario = publish_scenario()
    run = play(learner, scenario, FEEBLE)
    with pytest.raises(Playthrough.DoesNotExist):
        try_again(learner=UserFactory(), playthrough=run, position=1, now=NOW)
    with pytest.raises(Playthrough.DoesNotExist):
        try_again(learner=learner, playthrough=begin(learner, scenario), position=1, now=NOW)


def test_practice_of_a_scenario_taken_down_goes_on_but_none_begins(learner):
    scenario = publish_scenario()
    run = play(learner, scenario, FEEBLE)
    practice = play_again(run, 2)
    scenario.unpublish()
    assert choose(practice, 2, "whole-price").playthrough.is_success
    with pytest.raises(NotPlayable):
        play_again(run, 1)


def test_second_tab_of_a_practice_sees_where_the_first_went(learner):
    practice = play_again(play(learner, publish_scenario(), FEEBLE), 2)
    choose(practice, 2, "sorry")
    with pytest.raises(AlreadyDecided):
        choose(practice, 2, "later")
