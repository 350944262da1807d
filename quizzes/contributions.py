"""What those above say about quizzes: since when a person's attempts count, where training begins anew."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from people.models import User


class CountsSince(Protocol):
    def __call__(self, learner: User, quiz_id: int, /) -> datetime | None:
        """Attempts begun before this moment don't use up those allowed; None if all do."""


_providers: list[CountsSince] = []


def register_counts_since(provider: CountsSince) -> None:
    if provider not in _providers:
        _providers.append(provider)


def attempts_count_since(learner: User, quiz_id: int) -> datetime | None:
    """The latest of what is registered."""
    moments = [moment for provider in _providers if (moment := provider(learner, quiz_id))]
    return max(moments, default=None)
