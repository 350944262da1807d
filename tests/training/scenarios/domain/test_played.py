"""What many runs say about a story and about clauses."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.statistics.items import Shown
from quizzes.domain.statistics.verdicts import Verdict
from tests.training.scenarios.domain.stories import choice, ending, scene, small_story, story
from training.domain.scenario.graph import Story
from training.domain.scenario.played import ClauseInPlay, PlayedRun, PlayedStep, RunOf, analyse_play, clauses_in_play
from training.domain.scenario.running import begin, node_of, take
from training.domain.scenario.scoring import best_points

WAYS = (("listen", "tell"), ("hurry", "tell"), ("listen", "later"), ("hurry", "sorry", "keep"))


def run(told: Story, *choices: str, seconds: float | None = 20) -> PlayedRun:
    """A run with these choices, to its ending."""
    state, steps = begin(told), []
    for key in choices:
        chosen = told.scene(state.key).choice(key)
        assert chosen is not None
        steps.append(PlayedStep(state.key, key, seconds))
        state = take(state, chosen)
    score = max(0, state.points) / best_points(told)
    return PlayedRun(tuple(steps), node_of(told, state).key, state.mood, score, score >= 0.7)


def runs(told: Story, times: int, *ways: tuple[str, ...]) -> list[PlayedRun]:
    return [run(told, *way) for _ in range(times) for way in ways]


def test_nothing_is_said_of_fewer_than_five_runs() -> None:
    played = analyse_play(small_story(), runs(small_story(), 1, *WAYS), {"price": 3, "gift": 4})

    assert (played.runs, played.shown) == (4, Shown.NOTHING)
    assert (played.score, played.passed, played.seconds) == (None, None, None)
    assert [played.counts, played.endings, played.moods] == [{}, {}, {}]
    assert [(scene.statistics.facility, scene.seconds, scene.left) for scene in played.scenes] == [
        (None, None, None),
        (None, None, 3),
        (None, None, 4),
    ]


def test_story_that_some_have_played() -> None:
    played = analyse_play(small_story(), runs(small_story(), 2, *WAYS), {"price": 1})

    assert played.shown is Shown.FACILITY
    # listen keeps all 2, hurry half of them; later loses all 3, sorry loses nothing yet, keep loses the 1 that is left.
    assert [scene.statistics.facility for scene in played.scenes] == [0.5, 0.75, None]
    assert [scene.statistics.discrimination_index for scene in played.scenes] == [None] * 3
    assert played.endings == {"stays": 4, "leaves": 4}
    assert played.moods == {1: 0, 2: 0, 3: 8, 4: 0, 5: 0}
    assert (played.score, played.passed) == (pytest.approx((5 + 4 + 2 + 3) / 20), 0.5)
    assert played.left == 1
    assert played.seconds == 40


def test_choices_are_counted_where_enough_came() -> None:
    played = analyse_play(small_story(), runs(small_story(), 2, *WAYS))

    assert played.counts == {
        ("greeting", "hurry"): 4,
        ("greeting", "listen"): 4,
        ("price", "tell"): 4,
        ("price", "later"): 2,
        ("price", "sorry"): 2,
    }


def test_pauses_are_left_out_of_times() -> None:
    told = small_story()
    paused = [run(told, "listen", "tell", seconds=None)] * 6

    played = analyse_play(told, paused + runs(told, 5, ("listen", "tell")))

    assert [scene.seconds for scene in played.scenes] == [20, 20, None]
    assert played.seconds == 40


def test_decision_that_goes_with_the_others_tells_who_does_well() -> None:
    told = small_story()
    played = analyse_play(told, runs(told, 16, ("listen", "tell"), ("hurry", "later")))

    greeting, price, _gift = played.scenes
    assert greeting.statistics.discrimination_index == pytest.approx(100)
    assert (greeting.verdict, price.verdict) == (Verdict.FINE, Verdict.FINE)
    assert greeting.statistics.facility_of_best == 1
    assert played.to_check == 0


def test_decision_that_who_does_well_elsewhere_gets_wrong_is_to_check() -> None:
    told = small_story()
    played = analyse_play(told, runs(told, 16, ("listen", "later"), ("hurry", "tell")))

    assert [scene.is_to_check for scene in played.scenes] == [True, True, False]
    assert played.to_check == 2


def test_decision_with_nothing_at_stake_is_no_wrong_key() -> None:
    told = story(scene("shop", choice("one", "end"), choice("other", "end")), ending("end"))
    told = replace(
        told, nodes=(*told.nodes[:1], scene("unmet", choice("x", "end", points={"REL-1": 1})), ending("end"))
    )
    played = analyse_play(told, [PlayedRun((PlayedStep("shop", "one"),), "end", 3, 0, False)] * 40)

    shop, unmet = played.scenes
    assert (shop.is_at_stake, unmet.is_at_stake) == (False, False)
    assert shop.statistics.facility == 1
    assert not shop.is_to_check


def test_critical_choice_loses_all_there_is_to_lose() -> None:
    told = story(
        scene(
            "till",
            replace(choice("pocket", "end", points={"REL-1": 2}), is_critical=True),
            choice("hand-over", "end", points={"REL-1": 2}),
        ),
        ending("end"),
    )
    played = analyse_play(told, runs(told, 4, ("pocket",), ("hand-over",)))
    assert played.scenes[0].statistics.facility == 0.5


def round_story() -> Story:
    """Asking gains a point once, and leads back."""
    return story(
        scene(
            "shop",
            choice("ask", "shop", points={"REL-1": 1}),
            choice("sell", "end", points={"REL-1": 2}),
            choice("shrug", "end", points={"REL-1": 0}),
        ),
        ending("end"),
    )


def test_only_the_first_time_in_a_scene_is_its_decision() -> None:
    told = round_story()
    played = analyse_play(told, runs(told, 10, ("ask", "sell"), ("ask", "shrug"), ("ask", "ask", "sell"), ("sell",)))

    (shop,) = played.scenes
    # Of the 3 points that can be lost, those who sell at once lose 1.
    assert shop.statistics.attempts == 40
    assert shop.statistics.facility == pytest.approx(1 - 1 / 4 / 3)
    assert played.counts["shop", "ask"] == 30


@given(st.lists(st.sampled_from([*product(("hurry", "listen"), ("tell", "later")), *WAYS]), min_size=1, max_size=60))
def test_facilities_are_shares(ways: list[tuple[str, ...]]) -> None:
    told = small_story()
    played = analyse_play(told, [run(told, *way) for way in ways])
    assert all(0 <= scene.statistics.facility <= 1 for scene in played.scenes if scene.statistics.facility is not None)
    assert sum(played.endings.values()) in {0, len(ways)}


def people(told: Story, scenario: int, *ways: tuple[str, ...]) -> list[RunOf]:
    return [RunOf(person, scenario, run(told, *way)) for person, way in enumerate(ways)]


def test_clauses_that_most_is_lost_on_come_first() -> None:
    told = small_story()
    played = [(told, people(told, 1, *[("listen", "later")] * 3)), (told, people(told, 2, *[("hurry", "later")] * 5))]

    assert clauses_in_play(played) == [
        ClauseInPlay("REL-2", 1 - 5 / 29, 29, 5, 2),
        ClauseInPlay("REL-1", 1 - 6 / 16, 16, 5, 2),
    ]


def test_clauses_that_few_people_met_are_left_out() -> None:
    told = small_story()
    assert clauses_in_play([(told, people(told, 1, *[("listen", "tell")] * 4))]) == []
    # The same four people in another scenario are still four.
    assert clauses_in_play([(told, people(told, number, *[("listen", "tell")] * 4)) for number in (1, 2)]) == []
