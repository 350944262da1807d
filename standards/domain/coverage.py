"""By what people practise a clause, and what a clause lacks of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Practice(StrEnum):
    """A question of the quizzes, or a choice in a scenario."""

    QUESTION = "question"
    CHOICE = "choice"


def lacking(counts: Mapping[Practice, int]) -> tuple[Practice, ...]:
    """The kinds of practice of which a clause has none."""
    return tuple(practice for practice in Practice if not counts.get(practice))


def is_neglected(*, is_mandatory: bool, lacks: tuple[Practice, ...]) -> bool:
    """Whether people must know a clause before they work and can't practise it in every way: it stands on top of the report."""
    return is_mandatory and bool(lacks)
