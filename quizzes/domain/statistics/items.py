"""Facility, discrimination, weight of each item; consistency and error of the quiz."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from operator import mul, sub
from statistics import median

from quizzes.domain.statistics.marks import Column, Sheet

FEWEST_FOR_FACILITY = 5
FEWEST_FOR_ALL = 30


class Shown(StrEnum):
    """How much there is to show, by the number of attempts."""

    NOTHING = "nothing"
    FACILITY = "facility"
    ALL = "all"

    @classmethod
    def for_attempts(cls, attempts: int) -> Shown:
        if attempts < FEWEST_FOR_FACILITY:
            return cls.NOTHING
        return cls.FACILITY if attempts < FEWEST_FOR_ALL else cls.ALL


class Missing(StrEnum):
    """Why a quiz with enough attempts has no internal consistency."""

    ONE_ITEM = "one_item"
    DIFFERENT_ITEMS = "different_items"
    SAME_TOTALS = "same_totals"


@dataclass(frozen=True)
class Item:
    """A question to be looked at: all its versions, or one. guess_score: what guessing brings on average; None where nobody can guess."""

    key: int
    versions: frozenset[int]
    guess_score: Fraction | None = None
    maximum: Fraction = Fraction(1)


@dataclass(frozen=True)
class ItemStatistics:
    """What is None is withheld (see `shown`) or has no value: nothing varies that it would rest on.

    facility and facility_of_best (the third that did best in the rest of the quiz) are parts of the maximum; standard_deviation is in
    marks; discrimination_index, discriminative_efficiency and effective_weight are per cent; seconds is the median.
    """

    item: Item
    attempts: int
    shown: Shown
    facility: float | None = None
    standard_deviation: float | None = None
    discrimination_index: float | None = None
    discriminative_efficiency: float | None = None
    effective_weight: float | None = None
    facility_of_best: float | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class QuizStatistics:
    """facility: all marks given, of all that could be had. mean, standard_deviation, standard_error are in marks; the others per cent."""

    attempts: int
    shown: Shown
    facility: float | None = None
    mean: float | None = None
    standard_deviation: float | None = None
    internal_consistency: float | None = None
    error_ratio: float | None = None
    standard_error: float | None = None
    missing: Missing | None = None


@dataclass(frozen=True)
class Analysis:
    quiz: QuizStatistics
    items: tuple[ItemStatistics, ...]


@dataclass(frozen=True)
class _Sums:
    """Of an item's marks x, of the totals t of its attempts, and of what those brought apart from it: the rest y = t − x.

    `spread` of two is s·Σab − Σa·Σb, which is s(s − 1) times their covariance: exact, in squared units.
    """

    column: Column
    size: int
    x: int
    t: int
    xx: int
    xt: int
    tt: int

    @classmethod
    def of(cls, column: Column) -> _Sums:
        x, t = column.marks, column.totals
        return cls(column, len(x), sum(x), sum(t), sum(map(mul, x, x)), sum(map(mul, x, t)), sum(map(mul, t, t)))

    @property
    def spread_x(self) -> int:
        return self.size * self.xx - self.x * self.x

    @property
    def spread_xt(self) -> int:
        return self.size * self.xt - self.x * self.t

    @property
    def spread_xy(self) -> int:
        return self.spread_xt - self.spread_x

    @property
    def spread_y(self) -> int:
        return self.size * self.tt - self.t * self.t - 2 * self.spread_xt + self.spread_x

    @property
    def root_of_weight(self) -> float | None:
        """√cov(x, t); None where the covariance is negative or there is none."""
        if self.size < 2 or self.spread_xt < 0:
            return None
        return math.sqrt(self.spread_xt / (self.size * (self.size - 1)))


def analyse(sheet: Sheet, items: Sequence[Item]) -> Analysis:
    """Together the items should be all that was asked: weights add up to 100 over them."""
    sums = [
        _Sums.of(Column.joined(sheet.columns[version] for version in sorted(item.versions & sheet.columns.keys())))
        for item in items
    ]
    all_weights = math.fsum(one.root_of_weight or 0 for one in sums)
    return Analysis(
        _quiz_statistics(sheet, items, sums),
        tuple(_item_statistics(item, one, sheet.unit, all_weights) for item, one in zip(items, sums, strict=True)),
    )


def _item_statistics(item: Item, sums: _Sums, unit: int, all_weights: float) -> ItemStatistics:
    shown = Shown.for_attempts(sums.size)
    if shown is Shown.NOTHING:
        return ItemStatistics(item, sums.size, shown)
    facility = float(Fraction(sums.x, sums.size * unit) / item.maximum)
    if shown is Shown.FACILITY:
        return ItemStatistics(item, sums.size, shown, facility)
    rest = list(map(sub, sums.column.totals, sums.column.marks))
    in_order = sorted(rest)
    best_from = in_order[-(sums.size // 3)]
    of_best = [mark for mark, other in zip(sums.column.marks, rest, strict=True) if other >= best_from]
    return ItemStatistics(
        item,
        sums.size,
        shown,
        facility,
        math.sqrt(sums.spread_x / (sums.size * (sums.size - 1))) / unit,
        _discrimination_index(sums),
        _discriminative_efficiency(sums, in_order),
        _effective_weight(sums, all_weights),
        float(Fraction(sum(of_best), len(of_best) * unit) / item.maximum),
        median(sums.column.seconds) if sums.column.seconds else None,
    )


def _discrimination_index(sums: _Sums) -> float | None:
    """How well the item goes with the rest: the correlation of x and y, in per cent."""
    if not sums.spread_x or not sums.spread_y:
        return None
    return 100 * sums.spread_xy / math.sqrt(sums.spread_x * sums.spread_y)


def _discriminative_efficiency(sums: _Sums, rest_in_order: list[int]) -> float | None:
    """The covariance of x and y, in per cent of the highest that these marks could have: with the best marks at the best rests."""
    if not sums.spread_x or not sums.spread_y:
        return None
    highest = sums.size * sum(map(mul, sorted(sums.column.marks), rest_in_order)) - sums.x * (sums.t - sums.x)
    return float(100 * sums.spread_xy / highest)


def _effective_weight(sums: _Sums, all_weights: float) -> float | None:
    if sums.root_of_weight is None or not all_weights:
        return None
    return 100 * sums.root_of_weight / all_weights


def _quiz_statistics(sheet: Sheet, items: Sequence[Item], sums: Sequence[_Sums]) -> QuizStatistics:
    size, total = len(sheet.totals), sum(sheet.totals)
    shown = Shown.for_attempts(size)
    if shown is Shown.NOTHING:
        return QuizStatistics(size, shown)
    possible = sum((one.size * item.maximum for item, one in zip(items, sums, strict=True)), Fraction())
    facility, mean = float(Fraction(total, sheet.unit) / possible), total / (size * sheet.unit)
    if shown is Shown.FACILITY:
        return QuizStatistics(size, shown, facility, mean)
    spread = size * sum(map(mul, sheet.totals, sheet.totals)) - total * total
    deviation = math.sqrt(spread / (size * (size - 1))) / sheet.unit
    if missing := _missing(size, spread, sums):
        return QuizStatistics(size, shown, facility, mean, deviation, missing=missing)
    of_items = Fraction(sum(one.spread_x for one in sums), spread)
    consistency = 100 * Fraction(len(items), len(items) - 1) * (1 - of_items)
    ratio = 100 * math.sqrt(1 - consistency / 100)
    return QuizStatistics(size, shown, facility, mean, deviation, float(consistency), ratio, ratio * deviation / 100)


def _missing(size: int, spread: int, sums: Sequence[_Sums]) -> Missing | None:
    if any(one.size != size for one in sums):
        return Missing.DIFFERENT_ITEMS
    if len(sums) < 2:
        return Missing.ONE_ITEM
    return None if spread else Missing.SAME_TOTALS
