"""Who chose what: everybody, the third with the highest totals, and the third with the lowest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from quizzes.domain.statistics.items import FEWEST_FOR_ALL

Answer = tuple[Fraction, Collection[str]]
"""The total of an attempt, and what was chosen in it: ids of options or of parts; empty for no answer."""


class ChoiceVerdict(StrEnum):
    """What to say about one thing that can be chosen."""

    BEST_PREFER_IT = "best_prefer_it"
    NOBODY = "nobody"
    FINE = "fine"


@dataclass(frozen=True)
class Choosers:
    """How many chose this. best, worst: None where totals are too much alike to tell thirds apart."""

    choice: str
    is_right: bool
    everybody: int
    best: int | None
    worst: int | None
    verdict: ChoiceVerdict


@dataclass(frozen=True)
class ChooserTable:
    """best, worst: how many are in each third, with all who have the same total as its last. Empty under 30 attempts."""

    attempts: int
    best: int | None
    worst: int | None
    rows: tuple[Choosers, ...]
    unanswered: int

    @property
    def is_shown(self) -> bool:
        return self.attempts >= FEWEST_FOR_ALL


def chooser_table(answers: Iterable[Answer], choices: Sequence[str], right: Collection[str]) -> ChooserTable:
    """choices: all that could be chosen, in the order to show; of what was chosen the rest isn't counted."""
    answers = list(answers)
    if len(answers) < FEWEST_FOR_ALL:
        return ChooserTable(len(answers), None, None, (), 0)
    best, worst = _thirds(answers)
    everybody, of_best, of_worst = _counted(answers), _counted(best or ()), _counted(worst or ())
    best_of_right = min((of_best[choice] for choice in choices if choice in right), default=None)
    rows = tuple(
        Choosers(
            choice,
            choice in right,
            everybody[choice],
            of_best[choice] if best else None,
            of_worst[choice] if worst else None,
            _verdict(everybody[choice], of_best[choice], None if choice in right else best_of_right),
        )
        for choice in choices
    )
    unanswered = sum(not chosen for _total, chosen in answers)
    return ChooserTable(len(answers), len(best) if best else None, len(worst) if worst else None, rows, unanswered)


def _thirds(answers: Sequence[Answer]) -> tuple[list[Answer] | None, list[Answer] | None]:
    """Ties go in together, so that the order of attempts says nothing; none where the thirds would have people in common."""
    totals = sorted(total for total, _chosen in answers)
    size = len(totals) // 3
    low, high = totals[size - 1], totals[-size]
    if low == high:
        return None, None
    return [answer for answer in answers if answer[0] >= high], [answer for answer in answers if answer[0] <= low]


def _counted(answers: Iterable[Answer]) -> Counter[str]:
    return Counter(choice for _total, chosen in answers for choice in set(chosen))


def _verdict(everybody: int, of_best: int, best_of_right: int | None) -> ChoiceVerdict:
    """A wrong option that more of the best third chose than a right one is the surest sign of a wrong key, and one that nobody chooses
    makes the question easier to guess (Haladyna and Rodriguez, “Developing and Validating Test Items”, 2013, on distractors)."""
    if best_of_right is not None and of_best > best_of_right:
        return ChoiceVerdict.BEST_PREFER_IT
    return ChoiceVerdict.FINE if everybody else ChoiceVerdict.NOBODY
