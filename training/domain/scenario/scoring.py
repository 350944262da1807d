"""Points, and what the best way through would have earned. A story here is sound: acyclic, every choice leads on."""

from __future__ import annotations

import math
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from training.domain.scenario.graph import Story
from training.domain.scenario.walking import walk

SCALED_PLACES = Decimal("0.0001")


def best_points_from(story: Story) -> dict[str, int]:
    """Key of each scene that can be reached → the most points that its choices and all after them can earn. Endings: 0."""
    best = {ending.key: 0 for ending in story.endings}
    for key in walk(story).settled:
        best[key] = max(choice.total + best[choice.target] for choice in story.scene(key).choices)
    return best


def best_points(story: Story) -> int:
    return best_points_from(story)[story.start]


def decisions_from(story: Story) -> dict[str, tuple[int, int]]:
    """Key of each scene that can be reached → fewest and most decisions from there to an ending."""
    left = {ending.key: (0, 0) for ending in story.endings}
    for key in walk(story).settled:
        after = [left[choice.target] for choice in story.scene(key).choices]
        left[key] = 1 + min(fewest for fewest, _ in after), 1 + max(most for _, most in after)
    return left


def is_success(points: int, best: int, mastery_score: Decimal) -> bool:
    """Whether the share of the best points, unrounded, reaches the pass mark. Raises ZeroDivisionError where best is 0."""
    return Fraction(points, best) >= Fraction(mastery_score)


def scaled_score(points: int, best: int) -> Decimal:
    """The share of the best points with four places, rounded down: so 0.6999… never shows as a pass mark of 0.70."""
    return (Decimal(points) / Decimal(best)).quantize(SCALED_PLACES, rounding=ROUND_DOWN)


def needed_points(best: int, mastery_score: Decimal) -> int:
    """The fewest points that pass."""
    return math.ceil(best * Fraction(mastery_score))
