"""Long lists in parts that a database takes in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

BATCH = 500

Item = TypeVar("Item")


def in_batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """The items in their order, `size` at a time; what is left comes last."""
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some
