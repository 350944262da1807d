"""What the front door puts together from the apps below."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from certificates.models import Certificate
from people.models import User
from training.selectors.programs import ProgramCard


def certificates_by_assignment(viewer: User, cards: Iterable[ProgramCard]) -> dict[int, Certificate]:
    """One's own certificates for these assignments, by assignment id."""
    assignments = [card.assignment.pk for card in cards]
    if not assignments:
        return {}
    found = Certificate.objects.filter(learner=viewer, program_completion__assignment__in=assignments)
    return {certificate.program_completion.assignment_id: certificate for certificate in found.select_related("program_completion")}


def needs() -> dict[str, bool]:
    """What the site can't do without, and whether each is there: the database answers, and its tables are up to date."""
    try:
        executor = MigrationExecutor(connection)
        is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:  # whatever is wrong with the database, the answer is that it isn't ready
        return {"database": False, "migrations": False}
    return {"database": True, "migrations": is_migrated}
