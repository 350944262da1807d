"""What an edition changed in substance, for those to learn who hold evidence of what it said before."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from training.querysets import DeltaRefresherQuerySet

DAYS = 14


class DeltaRefresher(models.Model):
    """A short refresher of what changed: waits until what cites the clauses was looked through, is begun, or is dismissed.

    Its activities are ProgramActivity rows: the chapters, the questions as a quiz of their own, one role-play. days: to do it in.
    """

    edition = models.OneToOneField("standards.Edition", on_delete=models.PROTECT, related_name="delta")
    codes = models.TextField()
    days = models.PositiveSmallIntegerField(default=DAYS, validators=[MinValueValidator(1), MaxValueValidator(365)])
    prepared_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    why_dismissed = models.CharField(max_length=200, blank=True)

    objects = DeltaRefresherQuerySet.as_manager()

    class Meta:
        ordering = ["-edition__number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begun_at=None) | Q(dismissed_at=None), name="training_delta_begun_or_dismissed"
            )
        ]

    def __str__(self) -> str:
        return _("What changed: %(codes)s") % {"codes": self.codes}

    @property
    def is_waiting(self) -> bool:
        return self.begun_at is None and self.dismissed_at is None


class DeltaClause(models.Model):
    """A clause that the edition changed, in the version that it has there."""

    delta = models.ForeignKey(DeltaRefresher, on_delete=models.CASCADE, related_name="clauses")
    version = models.ForeignKey("standards.ClauseVersion", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version__clause__code"]
        constraints = [models.UniqueConstraint(fields=["delta", "version"], name="training_deltaclause_unique")]

    def __str__(self) -> str:
        return str(self.version)
