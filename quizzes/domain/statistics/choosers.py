"""Who chose what: everybody, the third with the highest totals, and the third with the lowest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizzes.domain.answers import Given
from quizzes.domain.statistics.choices import Possible
from quizzes.domain.statistics.items import FEWEST_FOR_ALL

Chosen = tuple[int, Collection[Given]]
"""The total of an attempt, and what was chosen in it; empty for no answer."""


class ChoiceVerdict(StrEnum):
    """What to say about one thing that can be chosen."""

    BEST_PREFER_IT = "best_prefer_it"
    NOBODY = "nobody"
    FINE = "fine"


@dataclass(frozen=True)
class Choosers:
    """How many chose this. best, worst: None where totals are too much alike to tell thirds apart."""

    possible: Possible
    everybody: int
    best: int | None
    worst: int | None
    verdict: ChoiceVerdict


@dataclass(frozen=True)
class ChooserTable:
    """best, worst: how many are in each third, with all who have the same total as its last. Empty under 30 attempts."""

    attempts: int
    best: int | None = None
    worst: int | None = None
    rows: tuple[Choosers, ...] = ()
    unanswered: int = 0

    @property
    def is_shown(self) -> bool:
        return self.attempts >= FEWEST_FOR_ALL


def chooser_table(attempts: Iterable[Chosen], choices: Sequence[Possible], *, several: bool = False) -> ChooserTable:
    """What nobody chose is left out, unless it is right or listed.

    several: right options are chosen together, not one instead of another.
    """
    attempts = list(attempts)
    if len(attempts) < FEWEST_FOR_ALL:
        return ChooserTable(len(attempts))
    best, worst = _thirds(attempts)
    everybody, of_best, of_worst = _counted(attempts), _counted(best or ()), _counted(worst or ())
    rightly = _best_on_right(choices, of_best, several)
    rows = tuple(
        Choosers(
            choice,
            everybody[choice.given],
            of_best[choice.given] if best else None,
            of_worst[choice.given] if worst else None,
            _verdict(choice, everybody[choice.given], of_best[choice.given], rightly.get(choice.given.part)),
        )
        for choice in choices
        if choice.is_listed or choice.is_right or everybody[choice.given]
    )
    unanswered = sum(not chosen for _total, chosen in attempts)
    return ChooserTable(len(attempts), len(best) if best else None, len(worst) if worst else None, rows, unanswered)


def _thirds(attempts: Sequence[Chosen]) -> tuple[list[Chosen] | None, list[Chosen] | None]:
    """Ties go in together, so that the order of attempts says nothing; none where the thirds would have people in common."""
    totals = sorted(total for total, _chosen in attempts)
    size = len(totals) // 3
    low, high = totals[size - 1], totals[-size]
    if low == high:
        return None, None
    return [one for one in attempts if one[0] >= high], [one for one in attempts if one[0] <= low]


def _counted(attempts: Iterable[Chosen]) -> Counter[Given]:
    return Counter(given for _total, chosen in attempts for given in chosen)


def _best_on_right(choices: Iterable[Possible], of_best: Counter[Given], several: bool) -> dict[str, int]:
    """By part: how many of the best third chose what is right there; of several right options, the one that fewest of them chose."""
    counts: dict[str, list[int]] = defaultdict(list)
    for choice in choices:
        if choice.is_right:
            counts[choice.given.part].append(of_best[choice.given])
    return {part: min(found) if several else sum(found) for part, found in counts.items()}


def _verdict(choice: Possible, everybody: int, of_best: int, best_on_right: int | None) -> ChoiceVerdict:
    """A wrong option that more of the best third chose than the right one is the surest sign of a wrong key, and one that nobody chooses
    makes the question easier to guess (Haladyna and Rodriguez, “Developing and Validating Test Items”, 2013, on distractors).
    """
    if best_on_right is not None and not choice.is_right and of_best > best_on_right:
        return ChoiceVerdict.BEST_PREFER_IT
    return ChoiceVerdict.NOBODY if choice.is_listed and not everybody else ChoiceVerdict.FINE
