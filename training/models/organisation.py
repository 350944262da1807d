"""How many people stood where on some day: a roll-up of the whole company, for a page that answers at once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

ALL, NONE = 0, -1
"""In place of an id: added up over all of them; in no team."""


class OrganisationCount(models.Model):
    """One counting. is_whole: of a day that was over, from the facts of then; else of the statuses as they were while it was counted.

    A whole one is kept; of the others only the newest. Without `counted_at` it isn't finished, and nobody is shown it.
    """

    day = models.DateField()
    is_whole = models.BooleanField()
    begun_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day"], condition=Q(is_whole=True), name="training_one_whole_count_a_day"),
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(is_whole=False, counted_at=None),
                name="training_one_unfinished_count_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class StatusCount(models.Model):
    """A place × a job role × a programme: how many people are in which state. Each of the three may be ALL.

    The place is a team (with its branch), a branch (team=ALL), or ALL; NONE is in no team. So each grouping finds its rows ready.
    Ids, not foreign keys: it is history, and stays when a team is deleted. The counts are those of training.domain.tallies.Tally.
    """

    count = models.ForeignKey(OrganisationCount, on_delete=models.CASCADE, related_name="rows", db_index=False)
    branch = models.BigIntegerField()
    team = models.BigIntegerField()
    job_role = models.BigIntegerField()
    program = models.BigIntegerField()
    certified = models.PositiveIntegerField(default=0)
    refresh = models.PositiveIntegerField(default=0)
    in_progress = models.PositiveIntegerField(default=0)
    assigned = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)
    expired = models.PositiveIntegerField(default=0)
    waived = models.PositiveIntegerField(default=0)
    on_leave = models.PositiveIntegerField(default=0)
    started = models.PositiveIntegerField(default=0)
    half = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            # Teams and branches of a programme and job role stand together in it …
            models.UniqueConstraint(
                fields=["count", "program", "job_role", "team", "branch"], name="training_statuscount_unique"
            )
        ]
        # … and the programmes and job roles of a place in this.
        indexes = [models.Index(fields=["count", "team", "branch"], name="training_statuscount_place")]

    def __str__(self) -> str:
        return f"{self.count}: {self.branch}/{self.team} × {self.job_role} × {self.program}"
