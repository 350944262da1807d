"""What a debrief says of a run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.scenarios.domain.stories import (
    choice,
    ending,
    most_points,
    scene,
    small_story,
    sound_stories,
    story,
    when,
)
from training.domain.scenario.debriefing import ClauseScore, Verdict, clause_scores, review
from training.domain.scenario.graph import Story
from training.domain.scenario.running import Taken, begin, gain, offered, replay, take
from training.domain.scenario.scoring import best_gain, best_points

Run = tuple[Story, list[Taken]]


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """A sound story and a run that may go round in it for a while, then takes the best way out."""
    told = draw(sound_stories())
    state, taken = begin(told), []
    while choices := offered(told, state):
        lead_on = [one for one in choices if one.key.startswith("choice")]
        chosen = draw(st.sampled_from(choices if len(taken) < 6 else lead_on))
        taken.append((state.key, chosen.key))
        state = take(state, chosen)
    return told, taken


@given(runs())
def test_points_and_costs_add_up_to_the_best_points(run: Run) -> None:
    told, taken = run
    decisions = review(told, taken)
    assert sum(one.points for one in decisions) == replay(told, taken)[-1].points
    assert sum(one.possible for one in decisions) == best_points(told)
    assert all(one.cost >= 0 for one in decisions)


@given(sound_stories())
def test_best_way_loses_nothing(told: Story) -> None:
    state, taken = begin(told), []
    while choices := offered(told, state):
        best = max(choices, key=lambda one: (gain(state, one) + best_gain(told, take(state, one)), one.key))
        # What is as good as going on may lead round for ever.
        taken.append((state.key, best.key))
        state = take(state, best)
        if len(taken) > 50:
            return
    decisions = review(told, taken)
    assert state.points == most_points(told)
    assert all(not one.cost and one.best is one.choice for one in decisions)


@given(runs())
def test_clause_scores_never_exceed_what_was_offered(run: Run) -> None:
    decisions = review(*run)
    scores = clause_scores(decisions)
    assert all(0 <= score.points <= score.offered for score in scores)
    if all(points >= 0 for one in decisions for _, points in one.choice.points):
        assert sum(score.points for score in scores) == sum(one.points for one in decisions)


def test_review_of_a_run_worked_out_by_hand() -> None:
    decisions = review(small_story(), [("greeting", "hurry"), ("price", "sorry"), ("gift", "keep")])
    assert [(one.points, one.cost, one.verdict) for one in decisions] == [
        (1, 1, Verdict.PARTLY),
        (2, 0, Verdict.STRONG),
        (0, 1, Verdict.COSTLY),
    ]


def test_clause_scores_of_a_run_worked_out_by_hand() -> None:
    decisions = review(small_story(), [("greeting", "hurry"), ("price", "later")])
    assert clause_scores(decisions) == [ClauseScore("REL-1", 0, 2), ClauseScore("REL-2", 1, 4)]


def test_equally_good_choice_is_its_own_best() -> None:
    told = story(
        scene("greeting", choice("one", "end", points={"REL-1": 2}), choice("two", "end", points={"REL-2": 2})),
        ending("end"),
    )
    decision = review(told, [("greeting", "two")])[0]
    assert (decision.best.key, decision.cost) == ("two", 0)
    assert clause_scores([decision]) == [ClauseScore("REL-2", 2, 2)]


def counter() -> Story:
    """At the counter one may ask, wrongly or well, as often as one likes, and look into the store before one goes."""
    return story(
        scene(
            "counter",
            choice("shrug", "silence", points={"REL-1": 0}),
            choice("ask", "silence", points={"REL-1": 2}),
            choice("look", "store", points={"REL-2": 0}),
            when(choice("go", "end", points={"REL-2": 1}), visited="counter"),
        ),
        scene("silence", choice("back", "counter", points={"REL-1": 0})),
        scene("store", choice("find", "counter", points={"REL-2": 3})),
        ending("end"),
    )


def test_choice_that_could_be_taken_back_is_a_detour_and_one_that_leads_to_points_is_not() -> None:
    ways = ["shrug", "back", "look", "find", "ask", "back", "ask", "back", "go"]
    places = {"back": "silence", "find": "store"}
    decisions = review(counter(), [(places.get(key, "counter"), key) for key in ways])
    assert [(one.points, one.cost, one.is_detour) for one in decisions] == [
        (0, 0, True),
        (0, 0, False),
        (0, 0, False),
        (3, 0, False),
        (2, 0, False),
        (0, 0, False),
        (0, 0, True),
        (0, 0, False),
        (1, 0, False),
    ]
    assert [decisions[place].verdict for place in (0, 2)] == [Verdict.PARTLY, Verdict.STRONG]
    assert clause_scores(decisions) == [ClauseScore("REL-1", 2, 2), ClauseScore("REL-2", 4, 4)]


def test_choice_offered_under_a_condition_costs_only_where_it_held() -> None:
    told = story(
        scene("door", choice("smile", "shop", mood_change=1), choice("nod", "shop")),
        scene("shop", choice("go", "end"), when(choice("sell", "end", points={"REL-1": 2}), mood_at_least=4)),
        ending("end"),
    )
    assert [one.cost for one in review(told, [("door", "smile"), ("shop", "go")])] == [0, 2]
    assert [one.cost for one in review(told, [("door", "nod"), ("shop", "go")])] == [2, 0]
    with pytest.raises(KeyError):
        review(told, [("door", "nod"), ("shop", "sell")])


def test_critical_choice_is_costly_whatever_it_earned() -> None:
    told = story(
        scene("shop", replace(choice("grab", "end", points={"REL-1": 2}), is_critical=True), choice("go", "end")),
        ending("end"),
    )
    decision = review(told, [("shop", "grab")])[0]
    assert (decision.cost, decision.is_critical, decision.verdict) == (0, True, Verdict.COSTLY)


def test_points_against_a_clause_take_from_its_score_and_never_below_zero() -> None:
    told = story(
        scene(
            "shop",
            choice("lie", "more", points={"REL-1": -2, "REL-2": -1, "RES-1": 1}),
            choice("tell", "more", points={"REL-1": 3}),
        ),
        scene("more", choice("mend", "end", points={"REL-1": 1, "RES-1": -1}), choice("go", "end")),
        ending("end"),
    )
    decisions = review(told, [("shop", "lie"), ("more", "mend")])
    assert clause_scores(decisions) == [ClauseScore("REL-1", 0, 4), ClauseScore("RES-1", 0, 1)]


@pytest.mark.parametrize(("points", "offered", "is_low"), [(0, 2, True), (1, 2, True), (2, 3, False), (2, 2, False)])
def test_half_or_less_of_a_clause_is_low(points: int, offered: int, is_low: bool) -> None:
    assert ClauseScore("REL-1", points, offered).is_low is is_low


@pytest.mark.parametrize("taken", [("nowhere", "tell"), ("greeting", "shout"), ("price", "tell")])
def test_review_refuses_what_the_run_was_not_at(taken: Taken) -> None:
    with pytest.raises(KeyError):
        review(small_story(), [taken])
