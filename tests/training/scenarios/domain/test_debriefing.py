"""What a debrief says of a run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.scenarios.domain.stories import choice, ending, paths, scene, small_story, sound_stories, story
from training.domain.scenario.debriefing import ClauseScore, Verdict, clause_scores, review
from training.domain.scenario.graph import Story
from training.domain.scenario.scoring import best_points


@st.composite
def runs(draw: st.DrawFn) -> tuple[Story, list[tuple[str, str]]]:
    told = draw(sound_stories(max_scenes=5))
    path = draw(st.sampled_from(list(paths(told))))
    return told, [(key, one.key) for key, one in path]


@given(runs())
def test_points_and_costs_add_up_to_the_best_points(run: tuple[Story, list[tuple[str, str]]]) -> None:
    told, taken = run
    decisions = review(told, taken)
    assert sum(one.possible for one in decisions) == best_points(told)
    assert all(one.cost >= 0 for one in decisions)


@given(sound_stories(max_scenes=5))
def test_best_way_is_strong_throughout_and_misses_no_point(told: Story) -> None:
    best = max(paths(told), key=lambda path: sum(one.total for _, one in path))
    decisions = review(told, [(key, one.key) for key, one in best])
    assert {one.verdict for one in decisions} == {Verdict.STRONG}
    assert all(score.points == score.offered for score in clause_scores(decisions))


@given(runs())
def test_clause_scores_never_exceed_what_was_offered(run: tuple[Story, list[tuple[str, str]]]) -> None:
    decisions = review(*run)
    scores = clause_scores(decisions)
    assert all(0 <= score.points <= score.offered for score in scores)
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


@pytest.mark.parametrize(("points", "offered", "is_low"), [(0, 2, True), (1, 2, True), (2, 3, False), (2, 2, False)])
def test_half_or_less_of_a_clause_is_low(points: int, offered: int, is_low: bool) -> None:
    assert ClauseScore("REL-1", points, offered).is_low is is_low


@pytest.mark.parametrize("taken", [("nowhere", "tell"), ("price", "shout")])
def test_review_refuses_what_the_story_does_not_have(taken: tuple[str, str]) -> None:
    with pytest.raises(KeyError):
        review(small_story(), [taken])
