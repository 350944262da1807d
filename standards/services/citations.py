"""What cites a clause that changed is looked through."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from people.models import User
from standards.models import (
    CitationCheck,
    ClauseVersion,
)
from standards.selectors.citations import outdated_uses_unscoped
from standards.services.signing import StandardsChanged


@transaction.atomic
def record_citation_check(*, citing: str, versions: Collection[int], by: User | None, now: datetime) -> None:
    """Somebody found what cites changed clauses still right. citing: the key of its `ClauseUse`; `versions`: ids, as shown.

    The same twice is once. Raises StandardsChanged when what was shown isn't what stands now.
    """
    shown = list(ClauseVersion.objects.filter(pk__in=versions).select_related("clause"))
    use = outdated_uses_unscoped().get(citing)
    left = {clause.version_id for clause in use.clauses} if use else set()
    if not left <= set(versions) or any(version.clause.current_version_id != version.pk for version in shown):
        raise StandardsChanged
    for version in shown:
        CitationCheck.objects.get_or_create(
            citing=citing,
            version=version,
            was_retired=version.clause.retired_at is not None,
            defaults={"checked_by": by, "checked_at": now},
        )
