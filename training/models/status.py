"""Where everybody stands with every programme, for lists over many people. It follows from the facts and can be made anew."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from training.models.assignments import ProgramAssignment
from training.models.programs import Program
from training.querysets import ProgramStatusQuerySet


class ProgramStatus(models.Model):
    """One person × one programme: the dates from which `training.domain.states.standing` tells the state of any day.

    assignment: of the newest cycle; a delta is none. due_on: with extensions and past leave counted in. done: activities
    needed that are done in that cycle. completed_on, expires_on, opens_on: of the newest completion, which holds while a
    refresher is open. Waivers and leave lie over it, and are few: whoever shows a status looks them up.
    """

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="statuses")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="statuses")
    assignment = models.ForeignKey(ProgramAssignment, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField(null=True)
    done = models.PositiveSmallIntegerField(default=0)
    is_open = models.BooleanField()
    is_released = models.BooleanField(default=False)
    completed_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    opens_on = models.DateField(null=True)

    objects = ProgramStatusQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "program"], name="training_programstatus_unique")]
        indexes = [
            models.Index(fields=["program", "expires_on"], name="training_status_expiry"),
            models.Index(fields=["program", "due_on"], name="training_status_due"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} × {self.program_id}"
