"""Marks of many attempts, as columns of integers: one column for each version of a question."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Self

AttemptMarks = Sequence[tuple[int, int, str, float | None]]
"""What one attempt came to, question by question: position, version of the question (id), mark as an exact fraction, seconds or None."""


@dataclass
class Column:
    """The marks of one item, the totals of the attempts that had it (both in units of `Sheet.unit`), and the seconds it took them."""

    marks: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @classmethod
    def joined(cls, columns: Iterable[Column]) -> Self:
        """Several versions of a question as one item."""
        whole = cls()
        for column in columns:
            whole.marks += column.marks
            whole.totals += column.totals
            whole.seconds += column.seconds
        return whole


@dataclass(frozen=True)
class Sheet:
    """columns: version → its marks; totals: of each attempt, as they were read; unit: how many of the integers make a mark of 1."""

    unit: int
    columns: dict[int, Column]
    totals: list[int]

    @classmethod
    def read(cls, attempts: Iterable[AttemptMarks]) -> Self:
        """The first attempt of each person, none without questions. Raises ValueError for a mark that is no number."""
        # Turned round at once: ten thousand tuples to keep, not a million rows.
        turned = [tuple(zip(*attempt, strict=True)) for attempt in attempts]
        marks = {
            mark: Fraction(mark) for mark in set().union(*(given for _positions, _versions, given, _seconds in turned))
        }
        unit = math.lcm(*(value.denominator for value in marks.values()))
        whole = {mark: int(value * unit) for mark, value in marks.items()}
        # Attempts with the same questions in the same order are made into columns together.
        alike: dict[tuple[int, ...], list[tuple[list[int], int, tuple[float | None, ...]]]] = defaultdict(list)
        all_totals: list[int] = []
        for _positions, versions, given, seconds in turned:
            whole_marks = [whole[mark] for mark in given]
            all_totals.append(sum(whole_marks))
            alike[versions].append((whole_marks, all_totals[-1], seconds))
        columns: dict[int, Column] = defaultdict(Column)
        for versions, rows in alike.items():
            by_attempt, totals, times = zip(*rows, strict=True)
            by_item = zip(versions, zip(*by_attempt, strict=True), zip(*times, strict=True), strict=True)
            for version, column_marks, column_seconds in by_item:
                column = columns[version]
                column.marks += column_marks
                column.totals += totals
                column.seconds += [taken for taken in column_seconds if taken is not None]
        return cls(unit, dict(columns), all_totals)
