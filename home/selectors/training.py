"""What My training adds from the apps below."""

from __future__ import annotations

from collections.abc import Iterable

from certificates.models import Certificate
from training.selectors.my_training import ProgramCard

WITH_CERTIFICATES = ("completion__certificate",)
"""What `my_training_for_learner` is to fetch along, so that the certificates cost no query of their own."""


def certificates_by_assignment(cards: Iterable[ProgramCard]) -> dict[int, Certificate]:
    """The certificates of these assignments, by assignment id; the cards were fetched WITH_CERTIFICATES."""
    completions = {card.assignment.pk: getattr(card.assignment, "completion", None) for card in cards}
    return {
        assignment: completion.certificate
        for assignment, completion in completions.items()
        if completion is not None and hasattr(completion, "certificate")
    }
