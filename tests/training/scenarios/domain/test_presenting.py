"""The order of the choices, and the clock of a scene."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.factories.people import NOW
from tests.training.scenarios.domain.stories import choice, scene
from training.domain.scenario.presenting import GRACE, is_up, late_choice, limit_for, mixed

CALM = scene("greeting", *(choice(key, "stays") for key in ("listen", "hurry", "wait", "say-nothing")))
PRESSING = replace(CALM, seconds=40, late="say-nothing")


@given(st.text(max_size=8))
def test_choices_are_the_same_ones_in_an_order_that_a_run_keeps(seed):
    shown = mixed(CALM.choices, "greeting", seed)
    assert sorted(one.key for one in shown) == sorted(one.key for one in CALM.choices)
    assert shown == mixed(CALM.choices, "greeting", seed)


def test_runs_and_scenes_have_orders_of_their_own():
    orders = {tuple(one.key for one in mixed(CALM.choices, "greeting", str(run))) for run in range(60)}
    assert len(orders) > 12
    elsewhere = {tuple(one.key for one in mixed(CALM.choices, f"scene-{place}", "run")) for place in range(60)}
    assert len(elsewhere) > 12


def test_a_scene_without_a_clock_has_neither_limit_nor_late_choice():
    assert (limit_for(CALM, 50), late_choice(CALM)) == (None, None)
    assert late_choice(PRESSING) == PRESSING.choices[3]
    assert limit_for(replace(PRESSING, late="gone"), 0) is None


def test_extra_time_makes_the_clock_run_longer():
    assert [limit_for(PRESSING, extra) for extra in (0, 25, 200)] == [
        timedelta(seconds=seconds) for seconds in (40, 50, 120)
    ]


def test_time_is_up_after_the_limit_and_what_the_network_takes():
    limit = timedelta(seconds=40)
    assert not is_up(NOW, limit, NOW + limit + GRACE)
    assert is_up(NOW, limit, NOW + limit + GRACE + timedelta(microseconds=1))
    assert not is_up(NOW, None, NOW + timedelta(days=9))
