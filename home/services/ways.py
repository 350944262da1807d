"""How a programme went for somebody of the demo's company."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """How somebody's programme went.

    assigned: days ago it was assigned, at most and at least. activities: how many they did. skill: how often they choose well.
    stumbles: whether a first go at a role-play and a quiz went wrong. pace: days for each activity, at most.
    tries: how often they try what they don't pass.
    """

    assigned: tuple[int, int]
    activities: int = 11
    skill: float = 0.97
    stumbles: bool = False
    pace: float = 1.8
    tries: int = 6


WAYS = {
    "certified": Way(assigned=(300, 25)),
    "retried": Way(assigned=(300, 30), stumbles=True, pace=2.2),
    "expired": Way(assigned=(396, 385), pace=0.9),
    "refreshing": Way(assigned=(352, 345), pace=0.9),
    "underway": Way(assigned=(16, 9), activities=4, pace=1.5),
    "overdue": Way(assigned=(54, 30), activities=3, pace=3),
    "idle": Way(assigned=(30, 23), activities=0),
    "fresh": Way(assigned=(3, 2), activities=0),
    "released": Way(assigned=(120, 100), activities=2),
    "struggling": Way(assigned=(24, 20), activities=4, skill=0.1, pace=2, tries=2),
    "away": Way(assigned=(60, 52), activities=3, pace=3),
    "extended": Way(assigned=(40, 36), activities=3, pace=3),
    "left": Way(assigned=(370, 340), activities=5, pace=3),
}

LATER_WAYS = {
    "done": (10, Way(assigned=(200, 25), pace=4)),
    "begun": (3, Way(assigned=(9, 5), activities=1, pace=1)),
    "late": (2, Way(assigned=(45, 30), activities=1, pace=3)),
    "waiting": (2, Way(assigned=(10, 3), activities=0)),
}
"""How a further, shorter programme went: out of how many people so many, and their way."""
