"""Work in the background: who does it, and long work with its progress."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobWorker(models.Model):
    """A process that runs jobs, and when it last said that it lives."""

    name = models.CharField(_("name"), max_length=64, unique=True)
    started_at = models.DateTimeField(_("started at"))
    seen_at = models.DateTimeField(_("seen at"))
    stopped_at = models.DateTimeField(_("stopped at"), null=True)

    class Meta:
        verbose_name = _("job worker")

    def __str__(self) -> str:
        return self.name


class LongJob(models.Model):
    """Work of many steps. Each step and its progress are one transaction, so that it goes on where it was stopped."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("key"), max_length=120, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begun by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    arguments = models.JSONField(_("arguments"), default=dict)
    url = models.CharField(_("address of what it works on"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"))
    started_at = models.DateTimeField(_("started at"), null=True)
    moved_at = models.DateTimeField(_("last step at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("total"), null=True)
    place = models.JSONField(_("place"), null=True)
    result = models.JSONField(_("result"), default=dict)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("long job")
        permissions = [("operate", "See what runs in the background, and run it again")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(finished_at=None) & ~Q(key=""),
                name="one_unfinished_long_job_a_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
