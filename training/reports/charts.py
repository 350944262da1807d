"""Where things stand in the pictures of play; the tables beside them say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LEFT, WIDTH, ROW = 4, 250, 40


@dataclass(frozen=True)
class CountedBar:
    """y: of its label; the bar is below."""

    label: str
    count: int
    percent: int
    y: int
    width: float

    @property
    def top(self) -> int:
        return self.y + 6

    @property
    def end(self) -> float:
        return LEFT + self.width + 6


@dataclass(frozen=True)
class CountedBars:
    """name: what the picture is called by, in its HTML and its title."""

    name: str
    title: str
    rows: tuple[CountedBar, ...]
    left: int = LEFT

    @property
    def height(self) -> int:
        return ROW * len(self.rows)


def counted_bars(name: str, title: str, counts: Iterable[tuple[str, int]]) -> CountedBars:
    """A bar for each label, in proportion to all; empty where there is nothing to count."""
    counts = list(counts)
    total = sum(count for _label, count in counts)
    if not total:
        return CountedBars(name, title, ())
    rows = tuple(
        CountedBar(label, count, round(100 * count / total), place * ROW + 14, WIDTH * count / total)
        for place, (label, count) in enumerate(counts)
    )
    return CountedBars(name, title, rows)
