"""Where things stand in the pictures; templates draw them, and the tables beside them say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator

from quizzes.domain.statistics.choosers import Choosers, ChooserTable
from quizzes.domain.statistics.verdicts import Verdict
from quizzes.selectors.statistics import AnalysedQuestion

LEFT, TOP, WIDTH, HEIGHT = 44, 12, 300, 220
BAR_LEFT, BAR_WIDTH, ROW = 4, 250, 62


@dataclass(frozen=True)
class Point:
    """A question by its number in the table. shape: "stop" for one to check, "look" for one to look at, "fine"."""

    number: int
    x: float
    y: float
    shape: str


@dataclass(frozen=True)
class Scatter:
    """Facility to the right, discrimination upwards. left_out: questions without one of the two."""

    points: tuple[Point, ...]
    left_out: int
    left: int = LEFT
    top: int = TOP
    right: int = LEFT + WIDTH
    bottom: int = TOP + HEIGHT

    @property
    def across(self) -> list[tuple[float, int]]:
        """Where the marks of the facility stand, in per cent."""
        return [(LEFT + WIDTH * percent / 100, percent) for percent in (0, 25, 50, 75, 100)]

    @property
    def upwards(self) -> list[tuple[float, int]]:
        return [(_height(index), index) for index in (100, 50, 0, -50, -100)]


def scatter(questions: Sequence[AnalysedQuestion]) -> Scatter:
    """In the order of the table; there is something to see from two points on."""
    points = tuple(
        Point(number, LEFT + WIDTH * facility, _height(index), _shape(question.verdict))
        for number, question in enumerate(questions, start=1)
        if (facility := question.statistics.facility) is not None
        and (index := question.statistics.discrimination_index) is not None
    )
    return Scatter(points, len(questions) - len(points))


def _height(index: float) -> float:
    return TOP + HEIGHT * (100 - index) / 200


def _shape(verdict: Verdict) -> str:
    return "stop" if verdict.is_grave else "fine" if verdict is Verdict.FINE else "look"


@dataclass(frozen=True)
class Bar:
    """Of one third. y: its upper edge; percent: of that third who chose it."""

    y: int
    width: float
    percent: int
    is_best: bool

    @property
    def end(self) -> float:
        return BAR_LEFT + self.width + 6


@dataclass(frozen=True)
class BarRow:
    label: str
    y: int
    is_right: bool
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Bars:
    rows: tuple[BarRow, ...]
    left: int = BAR_LEFT

    @property
    def height(self) -> int:
        return ROW * len(self.rows)


def bars(table: ChooserTable, labels: Iterable[str]) -> Bars:
    """Two bars a choice, for the best and the worst third; empty where there are no thirds."""
    if not (table.best and table.worst):
        return Bars(())
    return Bars(
        tuple(
            BarRow(
                Truncator(label).chars(48),
                place * ROW + 16,
                row.possible.is_right,
                _bars(place * ROW + 22, row, table.best, table.worst),
            )
            for place, (row, label) in enumerate(zip(table.rows, labels, strict=True))
        )
    )


def _bars(y: int, row: Choosers, best: int, worst: int) -> tuple[Bar, ...]:
    parts = ((row.best or 0) / best, (row.worst or 0) / worst)
    return tuple(
        Bar(y + 17 * number, BAR_WIDTH * part, round(100 * part), is_best=number == 0)
        for number, part in enumerate(parts)
    )
