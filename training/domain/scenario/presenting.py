"""How a scene is put before its learner: in which order the choices stand, and how long there is to choose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from quizzes.domain.digests import shuffled
from training.domain.scenario.graph import Choice, Scene

GRACE = timedelta(seconds=3)
"""What the network may take: a choice made in the last second still counts."""
HUNDRED = 100


def mixed(choices: Iterable[Choice], scene: str, seed: str) -> list[Choice]:
    """The choices of a scene in an order of this run's own, which is `seed`'s: the same in every tab and on every device."""
    by_key = {choice.key: choice for choice in choices}
    return [by_key[key] for key in shuffled(list(by_key), f"{seed}:{scene}")]


def late_choice(scene: Scene) -> Choice | None:
    """What is taken for somebody whose time is up; None in a scene without a clock."""
    return scene.choice(scene.late) if scene.seconds else None


def limit_for(scene: Scene, extra_time: int) -> timedelta | None:
    """How long somebody who gets `extra_time` per cent more has to choose; None for as long as they like."""
    if scene.seconds is None or late_choice(scene) is None:
        return None
    return timedelta(seconds=scene.seconds) * (HUNDRED + extra_time) / HUNDRED


def is_up(since: datetime, limit: timedelta | None, now: datetime) -> bool:
    """Whether the time that began at `since` is over, the network's share included: what arrives from now on is late."""
    return limit is not None and now > since + limit + GRACE
