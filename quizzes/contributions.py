"""What those above say about quizzes: since when a person's attempts count, and where else it shows what somebody remembers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from quizzes.domain.recall import Exposure

if TYPE_CHECKING:
    from people.models import User


class CountsSince(Protocol):
    def __call__(self, learner: User, quiz_id: int, /) -> datetime | None:
        """Attempts begun before this moment don't use up those allowed; None if all do."""


class Exposures(Protocol):
    def __call__(self, learner: User) -> list[Exposure]:
        """Everything that this person ever showed of any clause."""


_providers: list[CountsSince] = []
_sources: dict[Exposures, None] = {}


def register_counts_since(provider: CountsSince) -> None:
    if provider not in _providers:
        _providers.append(provider)


def attempts_count_since(learner: User, quiz_id: int) -> datetime | None:
    """The latest of what is registered."""
    moments = [moment for provider in _providers if (moment := provider(learner, quiz_id))]
    return max(moments, default=None)


def register_exposures(source: Exposures) -> None:
    _sources[source] = None


def exposures_of(learner: User) -> list[Exposure]:
    """From all sources, oldest first."""
    return sorted((one for source in _sources for one in source(learner)), key=lambda one: (one.at, one.source.id))
