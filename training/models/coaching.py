"""What supervisors note of the talks by which they help somebody along."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Fact


class CoachingTalk(Fact):
    """Somebody spoke with a learner, on which day. What about is for supervisors and administrators, and stands in its `wording`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="coaching_talks")
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("day"))
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("coaching talk")
        ordering = ["noted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.learner}, {self.held_on}"


class CoachingWords(models.Model):
    """The words of a talk, which can be erased: then they are blank."""

    wagtail_reference_index_ignore = True

    talk = models.OneToOneField(CoachingTalk, on_delete=models.PROTECT, related_name="wording")
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text
