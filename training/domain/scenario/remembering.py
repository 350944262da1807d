"""What a choice shows of how well somebody remembers the clauses that it cites."""

from __future__ import annotations

from quizzes.domain.recall import Rating
from training.domain.scenario.debriefing import Decision


def rating_of_choice(decision: Decision, points: int) -> Rating:
    """points: what the choice earned for the clause in question.

    A choice that fell into a pitfall, failed the run, went against the clause or missed it is Again; one that cost nothing, and was
    no detour either, is Good; any other is Hard. Easy is nothing that a choice among three can show.
    """
    if decision.choice.pitfalls or decision.is_critical or points < 0:
        return Rating.AGAIN
    if not decision.cost:
        return Rating.HARD if decision.is_detour else Rating.GOOD
    return Rating.HARD if points else Rating.AGAIN
