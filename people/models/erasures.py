"""That somebody was erased, by whom, and how much went. Nothing of it says who they were."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import ErasureReason
from people.models.accounts import User


class Erasure(models.Model):
    """One for each erased person, whose account stays as a pseudonym.

    counts: model → rows that were deleted, blanked or in which a mention was replaced. remaining: places that still name the
    person and that nobody may rewrite, as [model, field, ids of rows]. files: those still to be deleted, as [model, field, name];
    empty from `files_deleted_at` on.
    """

    person = models.OneToOneField(User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="erasure")
    erased_by = models.ForeignKey(User, verbose_name=_("erased by"), on_delete=models.PROTECT, related_name="+")
    erased_at = models.DateTimeField(_("erased"))
    reason = models.CharField(_("reason"), max_length=20, choices=ErasureReason.choices)
    counts = models.JSONField(_("rows changed"), default=dict)
    remaining = models.JSONField(_("still named in"), default=list)
    files = models.JSONField(_("files to delete"), default=list)
    files_deleted_at = models.DateTimeField(_("files deleted"), null=True)

    class Meta:
        verbose_name = _("erasure")
        ordering = ["-erased_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person} {self.erased_at:%Y-%m-%d}"

    @property
    def rows(self) -> int:
        return sum(self.counts.values())
