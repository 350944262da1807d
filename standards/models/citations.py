"""What cites a clause was looked through after the clause changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from core.models import Fact
from standards.models.clauses import ClauseVersion


class CitationCheck(Fact):
    """Somebody found what cites a clause still right, with this version of it before them.

    citing: the key of a `ClauseUse`, such as "question:7"; was_retired: the clause had been retired by then.
    """

    citing = models.CharField(max_length=60)
    version = models.ForeignKey(ClauseVersion, on_delete=models.PROTECT, related_name="citation_checks")
    was_retired = models.BooleanField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["citing", "version", "was_retired"], name="standards_citationcheck_unique")
        ]

    def __str__(self) -> str:
        return f"{self.citing}: {self.version}"
