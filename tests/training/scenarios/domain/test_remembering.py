from __future__ import annotations

import pytest

from quizzes.domain.recall import Rating
from training.domain.scenario.debriefing import Decision
from training.domain.scenario.graph import Choice, Scene
from training.domain.scenario.remembering import rating_of_choice


@pytest.mark.parametrize(
    ("pitfalls", "cost", "points", "rating"),
    [
        ((), 0, 2, Rating.GOOD),
        ((), 0, 0, Rating.GOOD),
        ((), 1, 1, Rating.HARD),
        ((), 1, 0, Rating.AGAIN),
        (("brush_off",), 0, 2, Rating.AGAIN),
    ],
)
def test_a_choice_shows_what_is_remembered(pitfalls: tuple[str, ...], cost: int, points: int, rating: Rating) -> None:
    choice = Choice("say", "end", points=(("REL-1", points),), pitfalls=pitfalls)

    assert rating_of_choice(Decision(Scene("shop", choices=(choice,)), choice, choice, cost), points) is rating
