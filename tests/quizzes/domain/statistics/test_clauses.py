"""Which clauses are understood worst."""

from __future__ import annotations

from quizzes.domain.statistics.clauses import worst_understood
from quizzes.domain.statistics.items import Item, ItemStatistics, Shown


def test_worst_understood() -> None:
    def item(key: int, attempts: int, facility: float | None) -> ItemStatistics:
        return ItemStatistics(Item(key, frozenset({key})), attempts, Shown.FACILITY, facility)

    first, second, third, few = item(1, 10, 0.9), item(2, 30, 0.5), item(3, 10, 0.6), item(4, 4, None)

    ranked = worst_understood([(70, first), (70, second), (71, third), (72, few), (73, third)])

    assert [(one.clause, round(one.facility, 9), one.questions, one.answers) for one in ranked] == [
        (70, 0.6, 2, 40),
        (71, 0.6, 1, 10),
        (73, 0.6, 1, 10),
    ]
