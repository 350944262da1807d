"""Points, and what the best way through would have earned."""

from __future__ import annotations

import math
from collections import deque
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from training.domain.scenario.graph import Story
from training.domain.scenario.outlook import Outlook
from training.domain.scenario.running import State, begin
from training.domain.scenario.walking import walk

SCALED_PLACES = Decimal("0.0001")


class EndlessStory(ValueError):
    """No way leads to an ending."""


def best_points(story: Story) -> int:
    """The most points of any run that reaches an ending, critical choices or not. Raises TooTangled, EndlessStory."""
    return best_gain(story, begin(story))


def best_gain(story: Story, state: State) -> int:
    """The most points that a run can still gain on its way to an ending. Raises TooTangled, EndlessStory."""
    return gain_from(Outlook(story), state)


def gain_from(outlook: Outlook, state: State) -> int:
    """`best_gain` for one who asks more than once of a story. Raises TooTangled, EndlessStory."""
    gain = outlook.best_gain(state)
    if gain is None:
        raise EndlessStory
    return gain


def decisions_from(story: Story) -> dict[str, tuple[int, int]]:
    """Key of each scene that can be reached → fewest and most decisions from there to an ending, whatever the conditions.

    The most is that of a run that goes back only where nothing else leads on. A scene that no ending lies behind isn't there.
    """
    fewest = _fewest_decisions(story)
    walked = walk(story)
    most = {ending.key: 0 for ending in story.endings}
    for key in walked.settled:
        if key in fewest:
            onward = (
                choice.target for choice in story.scene(key).choices if (key, choice.key) not in walked.leads_back
            )
            most[key] = max((1 + most[target] for target in onward if target in most), default=fewest[key])
    return {key: (fewest[key], decisions) for key, decisions in most.items()}


def _fewest_decisions(story: Story) -> dict[str, int]:
    """Key of each node that an ending lies behind → the fewest decisions until then."""
    before: dict[str, list[str]] = {}
    for scene in story.scenes:
        for choice in scene.choices:
            before.setdefault(choice.target, []).append(scene.key)
    fewest = {ending.key: 0 for ending in story.endings}
    waiting = deque(fewest)
    while waiting:
        here = waiting.popleft()
        for key in before.get(here, ()):
            if key not in fewest:
                fewest[key] = fewest[here] + 1
                waiting.append(key)
    return fewest


def is_success(points: int, best: int, mastery_score: Decimal, has_failed: bool = False) -> bool:
    """Whether the share of the best points, unrounded and not below 0, reaches the pass mark, and no critical choice was taken.

    Raises ZeroDivisionError where best is 0.
    """
    return Fraction(max(0, points), best) >= Fraction(mastery_score) and not has_failed


def scaled_score(points: int, best: int) -> Decimal:
    """The share of the best points, not below 0, with four places, rounded down: so 0.6999… never shows as a pass mark of 0.70."""
    return (Decimal(max(0, points)) / Decimal(best)).quantize(SCALED_PLACES, rounding=ROUND_DOWN)


def needed_points(best: int, mastery_score: Decimal) -> int:
    """The fewest points that pass."""
    return math.ceil(best * Fraction(mastery_score))
