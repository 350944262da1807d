"""What the figures of a question are taken for."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from quizzes.domain.statistics.items import Item, ItemStatistics, QuizStatistics, Shown
from quizzes.domain.statistics.verdicts import Reliability, Verdict, reliability_of, verdict_on

FIGURES = ItemStatistics(
    Item(1, frozenset({1}), guess_score=Fraction(1, 4)), 100, Shown.ALL, 0.7, 0.4, 35, 50, 10, 0.9, 30
)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, Verdict.FINE),
        ({"shown": Shown.FACILITY}, Verdict.TOO_FEW),
        ({"discrimination_index": -40, "facility": 0.4, "facility_of_best": 0.1}, Verdict.KNOWERS_WRONG),
        ({"discrimination_index": -40, "facility_of_best": 0.5}, Verdict.KNOWERS_WORSE),
        ({"discrimination_index": -10}, Verdict.TELLS_LITTLE),
        # 1.645 ÷ √99 is 16.53 per cent.
        ({"discrimination_index": -16.5}, Verdict.TELLS_LITTLE),
        ({"discrimination_index": -16.55}, Verdict.KNOWERS_WORSE),
        ({"discrimination_index": -10, "attempts": 1000}, Verdict.KNOWERS_WORSE),
        ({"discrimination_index": 19.9}, Verdict.TELLS_LITTLE),
        ({"discrimination_index": 20}, Verdict.FINE),
        ({"facility": 0.25}, Verdict.HARDLY_ANYBODY),
        ({"facility": 0.26}, Verdict.FINE),
        ({"facility": 0.1, "item": Item(1, frozenset({1}))}, Verdict.HARDLY_ANYBODY),
        ({"facility": 0.2, "item": Item(1, frozenset({1}))}, Verdict.FINE),
        ({"facility": 0.95}, Verdict.EVERYBODY),
        ({"facility": 1.0, "discrimination_index": None, "standard_deviation": 0.0}, Verdict.EVERYBODY),
        ({"facility": 0.5, "discrimination_index": None, "standard_deviation": 0.0}, Verdict.TELLS_LITTLE),
        ({"discrimination_index": None}, Verdict.NOTHING_TO_COMPARE),
    ],
)
def test_verdict_on(changed: dict[str, object], expected: Verdict) -> None:
    assert verdict_on(replace(FIGURES, **changed)) is expected


def test_verdict_that_the_key_may_be_wrong_is_grave() -> None:
    assert [verdict for verdict in Verdict if verdict.is_grave] == [Verdict.KNOWERS_WRONG, Verdict.KNOWERS_WORSE]


@pytest.mark.parametrize(
    ("consistency", "expected"),
    [
        (None, None),
        (90, Reliability.GOOD),
        (74.6, Reliability.GOOD),
        (74.4, Reliability.MIDDLING),
        (63.6, Reliability.MIDDLING),
        (63.4, Reliability.POOR),
    ],
)
def test_reliability_of(consistency: float | None, expected: Reliability | None) -> None:
    assert reliability_of(QuizStatistics(30, Shown.ALL, internal_consistency=consistency)) is expected
