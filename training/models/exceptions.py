"""What changes when somebody has to do a programme, or whether: more time, a waiver, what they learnt elsewhere."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Fact, private_storage
from training.models.assignments import ProgramAssignment
from training.models.programs import Program
from training.querysets import WaiverQuerySet


class Granted(Fact):
    """Who decided it, when and why. The words and the file can be erased, what was decided stays."""

    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        abstract = True


class Extension(Granted):
    """Until when one assignment is due now; the newest counts."""

    assignment = models.ForeignKey(ProgramAssignment, on_delete=models.PROTECT, related_name="extensions")
    due_on = models.DateField(_("due"))

    class Meta:
        ordering = ["granted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.due_on}"


class Waiver(Granted):
    """Somebody need not do a programme, from one day to another or for good; nobody asks them meanwhile."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="waivers")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="waivers")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    evidence = models.FileField(_("evidence"), storage=private_storage, upload_to="waivers", blank=True)

    objects: ClassVar[Any] = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["granted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="training_waiver_dates"
            )
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.program}"


class WaiverEnd(Granted):
    """The waiver no longer holds, from this day on."""

    waiver = models.OneToOneField(Waiver, on_delete=models.PROTECT, related_name="end")
    ended_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.waiver} ({self.ended_on})"


class PriorLearning(Granted):
    """Learnt elsewhere, and shown: it closes activities as if they had been done here. `reason` says what and where."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="prior_learning")
    learnt_on = models.DateField(_("learnt on"))
    evidence = models.FileField(_("evidence"), storage=private_storage, upload_to="prior-learning", blank=True)

    class Meta:
        ordering = ["granted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.learner}: {self.reason}"
