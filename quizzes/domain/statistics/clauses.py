"""Which clauses are understood worst."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.domain.statistics.items import ItemStatistics


@dataclass(frozen=True)
class ClauseUnderstanding:
    """facility: of the questions on a clause, each as often as it was asked."""

    clause: int
    facility: float
    questions: int
    answers: int


def worst_understood(asked: Iterable[tuple[int, ItemStatistics]]) -> list[ClauseUnderstanding]:
    """From pairs of a clause (id) and a question on it, the worst clause first. Questions with too few attempts to show don't count."""
    by_clause: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for clause, item in asked:
        if item.facility is not None:
            by_clause[clause].append((item.item.key, item.attempts, item.facility))
    found = []
    for clause, items in by_clause.items():
        answers = sum(attempts for _key, attempts, _facility in items)
        facility = math.fsum(attempts * facility for _key, attempts, facility in items) / answers
        found.append(ClauseUnderstanding(clause, facility, len({key for key, *_ in items}), answers))
    return sorted(found, key=lambda one: (one.facility, -one.answers, one.clause))
