"""Loops of any graph: strongly connected components."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


def components(
    roots: Iterable[T], successors: Callable[[T], Iterable[T]], settled: Container[T] = ()
) -> Iterator[list[T]]:
    """Whatever can be reached from the roots, in groups whose members all lead to each other; each group after those it leads to.

    What is `settled` is passed over, with all that lies behind it. Tarjan (1972), with a stack of its own: a story may be deeper
    than Python's.
    """
    search = _Search(successors, settled)
    for root in roots:
        if search.is_new(root):
            yield from search.go_down(root)


class _Search(Generic[T]):
    """order: when each was met. lowest: the earliest that it is known to lead to. unsettled: those in no group yet, in order."""

    def __init__(self, successors: Callable[[T], Iterable[T]], settled: Container[T]) -> None:
        self.successors = successors
        self.settled = settled
        self.order: dict[T, int] = {}
        self.lowest: dict[T, int] = {}
        self.unsettled: dict[T, None] = {}

    def is_new(self, one: T) -> bool:
        return one not in self.order and one not in self.settled

    def go_down(self, root: T) -> Iterator[list[T]]:
        way = [(root, self._enter(root))]
        while way:
            here, after = way[-1]
            if (target := self._next_new(here, after)) is not None:
                way.append((target, self._enter(target)))
                continue
            way.pop()
            if way:
                self._lead(way[-1][0], self.lowest[here])
            if self.lowest[here] == self.order[here]:
                yield self._settle(here)

    def _enter(self, one: T) -> Iterator[T]:
        self.order[one] = self.lowest[one] = len(self.order)
        self.unsettled[one] = None
        return iter(self.successors(one))

    def _next_new(self, here: T, after: Iterator[T]) -> T | None:
        for target in after:
            if target in self.unsettled:
                self._lead(here, self.order[target])
            elif self.is_new(target):
                return target
        return None

    def _lead(self, one: T, met: int) -> None:
        self.lowest[one] = min(self.lowest[one], met)

    def _settle(self, first: T) -> list[T]:
        """The group whose first member this is: whatever was met since and is in none."""
        members = [self.unsettled.popitem()[0]]
        while members[-1] != first:
            members.append(self.unsettled.popitem()[0])
        return members
