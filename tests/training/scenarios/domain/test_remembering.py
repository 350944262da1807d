from __future__ import annotations

from dataclasses import replace

import pytest

from quizzes.domain.recall import Rating
from training.domain.scenario.debriefing import Decision
from training.domain.scenario.graph import Choice, Scene
from training.domain.scenario.remembering import rating_of_choice


def decision(cost: int = 0, **changed: object) -> Decision:
    choice = replace(Choice("say", "end", points=(("REL-1", 1),)), **changed)
    return Decision(Scene("shop", choices=(choice,)), choice, choice, cost, cost, frozenset({"say"}))


@pytest.mark.parametrize(
    ("cost", "points", "rating"),
    [
        (0, 2, Rating.GOOD),
        (0, 0, Rating.GOOD),
        (1, 1, Rating.HARD),
        (1, 0, Rating.AGAIN),
        (0, -1, Rating.AGAIN),
        (1, -1, Rating.AGAIN),
    ],
)
def test_a_choice_shows_what_is_remembered(cost: int, points: int, rating: Rating) -> None:
    assert rating_of_choice(decision(cost), points) is rating


@pytest.mark.parametrize("changed", [{"pitfalls": ("brush_off",)}, {"is_critical": True}])
def test_pitfall_and_critical_choice_show_nothing_remembered(changed: dict[str, object]) -> None:
    assert rating_of_choice(decision(**changed), 2) is Rating.AGAIN


def test_detour_is_hard() -> None:
    assert rating_of_choice(replace(decision(), is_detour=True), 0) is Rating.HARD
