"""What `manage.py run_due` did last."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DueWorkRun(models.Model):
    """The latest run of one kind of due work (core.contributions). One that never finished is running, or was killed.

    name: the one under which it is registered. done: how many things it did. error: of a run that failed, with its traceback.
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("due work")
        verbose_name_plural = _("due work")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
