"""What people ask and suggest at a clause, and what they are told."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Fact
from standards.enums import EnquiryKind, ReplyOutcome
from standards.models.clauses import ClauseVersion
from standards.querysets import EnquiryQuerySet


class Enquiry(Fact):
    """A question or a suggestion, at the version that was in force then; open until the first of its `replies`."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=EnquiryKind.choices)
    version = models.ForeignKey(ClauseVersion, on_delete=models.PROTECT, related_name="enquiries")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enquiries")
    is_named = models.BooleanField()
    asked_at = models.DateTimeField()

    objects: ClassVar[Any] = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("question or suggestion")
        verbose_name_plural = _("questions and suggestions")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("question", args=[self.public_id])


class EnquiryText(models.Model):
    """The words of an enquiry, which can be erased: then they are blank."""

    wagtail_reference_index_ignore = True

    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="wording")
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text


class EnquiryReply(Fact):
    """An answer, or why there is none, when the clause stood at `version`. The last one counts: a correction is one more."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="replies")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20, choices=ReplyOutcome.choices)
    text = models.TextField()
    version = models.ForeignKey(ClauseVersion, on_delete=models.PROTECT, related_name="+")
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField()

    class Meta:
        ordering = ["enquiry", "number"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "number"], name="standards_enquiryreply_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.enquiry} {self.number}"
