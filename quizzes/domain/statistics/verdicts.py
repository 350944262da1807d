"""What the figures mean, as one word for each question."""

from __future__ import annotations

import math
from enum import StrEnum

from quizzes.domain.statistics.items import Item, ItemStatistics, QuizStatistics, Shown

EVERYBODY_FROM = 0.95
"""Facility from which Moodle calls a question extremely easy (docs.moodle.org/dev/Quiz_report_statistics, as all limits here)."""
HARDLY_ANYBODY_TO = 0.1
"""Facility to which it is very difficult, where guessing brings less."""
LITTLE_UNDER = 20
"""Discrimination index, in per cent, under which it is very weak; Ebel and Frisbie (“Essentials of Educational Measurement”, 1991) would
mend or drop such a question too."""
KNOWERS_WRONG_TO = 1 / 3
"""Facility of the best third to which “nearly everybody who knew the rest got this wrong” is a fair thing to say."""
SATISFACTORY_FROM, UNSATISFACTORY_UNDER = 75, 64
"""Internal consistency, in per cent."""


class Verdict(StrEnum):
    """What to say about a question, the gravest first."""

    TOO_FEW = "too_few"
    KNOWERS_WRONG = "knowers_wrong"
    KNOWERS_WORSE = "knowers_worse"
    HARDLY_ANYBODY = "hardly_anybody"
    EVERYBODY = "everybody"
    TELLS_LITTLE = "tells_little"
    NOTHING_TO_COMPARE = "nothing_to_compare"
    FINE = "fine"

    @property
    def is_grave(self) -> bool:
        """Whether the key may be wrong."""
        return self in {Verdict.KNOWERS_WRONG, Verdict.KNOWERS_WORSE}


class Reliability(StrEnum):
    """What to say about a quiz: how far its result can be relied on."""

    GOOD = "good"
    MIDDLING = "middling"
    POOR = "poor"


def verdict_on(statistics: ItemStatistics) -> Verdict:
    facility, index = statistics.facility, statistics.discrimination_index
    if statistics.shown is not Shown.ALL or facility is None:
        return Verdict.TOO_FEW
    if index is not None and index < -_chance(statistics.attempts):
        is_wrong = statistics.facility_of_best is not None and statistics.facility_of_best <= KNOWERS_WRONG_TO
        return Verdict.KNOWERS_WRONG if is_wrong else Verdict.KNOWERS_WORSE
    if facility <= _guessed(statistics.item):
        return Verdict.HARDLY_ANYBODY
    if facility >= EVERYBODY_FROM:
        return Verdict.EVERYBODY
    if index is None:
        return Verdict.NOTHING_TO_COMPARE if statistics.standard_deviation else Verdict.TELLS_LITTLE
    return Verdict.TELLS_LITTLE if index < LITTLE_UNDER else Verdict.FINE


def reliability_of(statistics: QuizStatistics) -> Reliability | None:
    """By whole per cents, as they are shown. None where the quiz has no internal consistency to judge."""
    if statistics.internal_consistency is None:
        return None
    consistency = round(statistics.internal_consistency)
    if consistency >= SATISFACTORY_FROM:
        return Reliability.GOOD
    return Reliability.POOR if consistency < UNSATISFACTORY_UNDER else Reliability.MIDDLING


def _chance(attempts: int) -> float:
    """How far below 0 a discrimination index falls by chance alone, one time in twenty: 1.645 standard errors of a correlation."""
    return 100 * 1.645 / math.sqrt(attempts - 1)


def _guessed(item: Item) -> float:
    """The facility that is no better than guessing."""
    return max(HARDLY_ANYBODY_TO, float(item.guess_score / item.maximum) if item.guess_score else 0)
