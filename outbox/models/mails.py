"""A mail to one person, holding one notice or several."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outbox.enums import MailState
from outbox.querysets import MailQuerySet


class Mail(models.Model):
    """Made before it is sent, claimed by who sends it. `public_id` is its Message-ID, the same at each try.

    next_try_at: None once it is sent or given up. tries: those begun, counted before they are made. error: of the last one.
    """

    wagtail_reference_index_ignore = True  # nobody asks where a mail is used

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("made"))
    next_try_at = models.DateTimeField(_("next try"), null=True)
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)
    error = models.TextField(_("error"), blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        permissions = [("retry_mail", _("See what was told to whom, and send failed mails again"))]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(next_try_at__isnull=False), name="outbox_mail_to_send")
        ]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def state(self) -> MailState:
        if self.sent_at:
            return MailState.SENT
        if self.next_try_at is None:
            return MailState.GIVEN_UP
        return MailState.FAILED if self.error else MailState.WAITING
