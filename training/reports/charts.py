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


def counted_bars(name: str, title: str, counts: Iterable[tuple[str, int]], *, whole: int | None = None) -> CountedBars:
    """A bar for each label, in proportion to all, or to `whole` where people are in several; empty where there is nothing to count."""
    counts = list(counts)
    total = sum(count for _label, count in counts) if whole is None else whole
    if not total:
        return CountedBars(name, title, ())
    rows = tuple(
        CountedBar(label, count, round(100 * count / total), place * ROW + 14, WIDTH * count / total)
        for place, (label, count) in enumerate(counts)
    )
    return CountedBars(name, title, rows)


TREND_LEFT, TREND_WIDTH, TREND_TOP, TREND_HEIGHT = 44, 340, 16, 120


@dataclass(frozen=True)
class TrendPoint:
    """percent: None where nobody counted, or nobody was to be counted; it has no place in the line then."""

    label: str
    short: str
    percent: int | None
    counted: str
    x: float
    y: float | None

    @property
    def above(self) -> float | None:
        """Where the figure stands: over its point."""
        return None if self.y is None else self.y - 8


@dataclass(frozen=True)
class Trend:
    """A line over time, from nothing to a hundred per cent; it breaks where a figure is missing."""

    name: str
    title: str
    points: tuple[TrendPoint, ...]
    grid: tuple[tuple[int, float], ...] = tuple(
        (percent, TREND_TOP + TREND_HEIGHT * (100 - percent) / 100) for percent in (0, 50, 100)
    )
    left: int = TREND_LEFT
    right: int = TREND_LEFT + TREND_WIDTH
    foot: int = TREND_TOP + TREND_HEIGHT + 22
    height: int = TREND_TOP + TREND_HEIGHT + 30

    @property
    def told(self) -> list[TrendPoint]:
        return [point for point in self.points if point.y is not None]

    @property
    def lines(self) -> list[str]:
        """The points of each unbroken stretch, as a polyline takes them."""
        stretches: list[list[str]] = [[]]
        for point in self.points:
            if point.y is None:
                stretches.append([])
            else:
                stretches[-1].append(f"{point.x:.1f},{point.y:.1f}")
        return [" ".join(stretch) for stretch in stretches if len(stretch) > 1]


def trend(name: str, title: str, figures: Iterable[tuple[str, str, int | None, str]]) -> Trend:
    """figures: label, a short one, per cent (None: unknown), and what was counted in words; in the order of time."""
    told = list(figures)
    step = TREND_WIDTH / max(1, len(told) - 1)
    points = (
        TrendPoint(
            label,
            short,
            percent,
            counted,
            TREND_LEFT + place * step,
            None if percent is None else TREND_TOP + TREND_HEIGHT * (100 - percent) / 100,
        )
        for place, (label, short, percent, counted) in enumerate(told)
    )
    return Trend(name, title, tuple(points))
