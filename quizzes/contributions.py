"""What the apps above know of people's memory: each registers where it shows, so that recall can be made anew from the facts."""

from __future__ import annotations

from typing import Protocol

from people.models import User
from quizzes.domain.recall import Exposure


class Exposures(Protocol):
    def __call__(self, learner: User) -> list[Exposure]:
        """Everything that this person ever showed of any clause."""


_sources: dict[Exposures, None] = {}


def register_exposures(source: Exposures) -> None:
    _sources[source] = None


def exposures_of(learner: User) -> list[Exposure]:
    """From all sources, oldest first."""
    return sorted((one for source in _sources for one in source(learner)), key=lambda one: (one.at, one.source.id))
