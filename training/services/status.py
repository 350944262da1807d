"""Keeping where everybody stands: in the same transaction as the fact, or anew from all facts."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from training.models.status import ProgramStatus
from training.selectors.status import KEPT, computed_statuses_unscoped, differences_unscoped, people_in_chunks_unscoped


@transaction.atomic
def keep_status(*, learners: Collection[int], programs: Collection[int] | None = None) -> None:
    """Write where these people (by id) stand with these programmes, or with all they have, from the facts."""
    if learners:
        ProgramStatus.objects.bulk_create(
            computed_statuses_unscoped(learners, programs),
            update_conflicts=True,
            unique_fields=["learner", "program"],
            update_fields=list(KEPT),
            batch_size=1000,
        )


def rebuild_status() -> int:
    """Mend every row that isn't what the facts say; how many they were. A transaction for each few hundred people."""
    found = 0
    for learners in people_in_chunks_unscoped():
        with transaction.atomic():
            differing = differences_unscoped(learners)
            ProgramStatus.objects.filter(learner__in={person for person, _program in differing}).delete()
            keep_status(learners={person for person, _program in differing})
            found += len(differing)
    return found
