"""Something that a person is told, and what they would rather not have mailed."""

from __future__ import annotations

import json
import logging
import uuid
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from outbox.contributions import NoticeText, notice_kinds
from outbox.enums import MailState
from outbox.models.mails import Mail
from outbox.querysets import NoticeQuerySet, PreferenceQuerySet

logger = logging.getLogger(__name__)


class DatesEncoder(json.JSONEncoder):
    """Dates and moments as {"date": …} and {"moment": …}; everything else must be plain."""

    def default(self, o: Any) -> Any:
        if isinstance(o, datetime):
            return {"moment": o.isoformat()}
        return {"date": o.isoformat()} if isinstance(o, date) else super().default(o)


class DatesDecoder(json.JSONDecoder):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options, object_hook=_with_dates)


def _with_dates(read: dict[str, Any]) -> Any:
    match read:
        case {"date": str(day), **more} if not more:
            return date.fromisoformat(day)
        case {"moment": str(moment), **more} if not more:
            return datetime.fromisoformat(moment)
    return read


class Notice(models.Model):
    """One thing told to one person, once: `key` says what ("due-14:assignment:17"). Its words are made when they are read.

    context: plain values, dates among them. url: the path on this site that it leads to. send_after: when its mail may go out, None
    where it isn't mailed. is_too_old: it wasn't, for two weeks, and isn't any more. mail: the one that holds it, which may hold
    others of the same person.
    """

    wagtail_reference_index_ignore = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    context = models.JSONField(default=dict, encoder=DatesEncoder, decoder=DatesDecoder)
    url = models.CharField(max_length=500)
    created_at = models.DateTimeField(_("told"))
    is_in_bell = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    send_after = models.DateTimeField(null=True)
    is_too_old = models.BooleanField(default=False)
    mail = models.ForeignKey(Mail, null=True, on_delete=models.PROTECT, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="outbox_notice_told_once")]
        indexes = [
            models.Index(
                fields=["recipient"], condition=Q(is_in_bell=True, read_at__isnull=True), name="outbox_notice_unread"
            ),
            models.Index(fields=["recipient", "-created_at", "-id"], name="outbox_notice_of_person"),
            models.Index(
                fields=["send_after"],
                condition=Q(mail__isnull=True, send_after__isnull=False),
                name="outbox_notice_due",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def text(self) -> NoticeText:
        """In the language that is active. Raises what the kind raises where it can't make anything of the context."""
        return notice_kinds()[self.kind].text(self.context)

    @cached_property
    def shown_text(self) -> NoticeText:
        """The same for a list, which one notice must not take away: of an older release, say, or erased."""
        try:
            return self.text
        except Exception:
            logger.exception("Notice %s has no words", self.pk)
            return NoticeText(str(notice_kinds()[self.kind].label))

    @property
    def mail_state(self) -> MailState:
        if self.mail:
            return self.mail.state
        if self.is_too_old:
            return MailState.TOO_OLD
        return MailState.WAITING if self.send_after else MailState.NO_MAIL


class NoticePreference(models.Model):
    """A kind of mail that a person does without; the bell still shows it."""

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="outbox_noticepreference_unique")]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
