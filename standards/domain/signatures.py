"""Counting signatures: which are enough, and numbers that give nobody away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standards.domain.acknowledging import InForce, clauses_to_sign

SMALLEST_GROUP = 5


def is_enough(clause: InForce, number: int) -> bool:
    """Whether who has signed this version of a clause has nothing more to sign of it."""
    return not clauses_to_sign([clause], {clause.clause_id: number})


@dataclass(frozen=True)
class ShownCount:
    """A number as it may be shown. number: None for a group too small to show; is_more: there are more than `number`."""

    number: int | None
    is_more: bool = False


def shown_counts(counts: Sequence[int]) -> list[ShownCount]:
    """Parts of a known whole, none of a group under SMALLEST_GROUP.

    Where one is hidden, the largest part becomes “more than”: taken from the whole, it would give the hidden one away.
    """
    shown = [ShownCount(None if 0 < count < SMALLEST_GROUP else count) for count in counts]
    hidden = sum(count.number is None for count in shown)
    largest = counts.index(max(counts))
    if hidden and shown[largest].number is not None:
        hidden_sum = sum(count for count in counts if 0 < count < SMALLEST_GROUP)
        at_least = counts[largest] + hidden_sum - hidden * (SMALLEST_GROUP - 1)
        shown[largest] = ShownCount(max(at_least, SMALLEST_GROUP) - 1, is_more=True)
    return shown
