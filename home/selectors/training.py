"""What My training adds from the apps below."""

from __future__ import annotations

from collections.abc import Iterable

from certificates.models import Certificate
from people.models import User
from training.selectors.programs import ProgramCard


def certificates_by_assignment(viewer: User, cards: Iterable[ProgramCard]) -> dict[int, Certificate]:
    """One's own certificates for these assignments, by assignment id."""
    assignments = [card.assignment.pk for card in cards]
    if not assignments:
        return {}
    found = Certificate.objects.filter(learner=viewer, program_completion__assignment__in=assignments)
    return {
        certificate.program_completion.assignment_id: certificate
        for certificate in found.select_related("program_completion")
    }
