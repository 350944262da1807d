"""Chainable reads of notices and mails."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q

from outbox.contributions import notice_kinds
from outbox.domain.retrying import CLAIM_HOLDS

STALE = timedelta(days=14)
"""After so long without any mail nobody wants to be told of what was then."""


class NoticeQuerySet(models.QuerySet):
    def in_bell(self) -> Self:
        return self.filter(is_in_bell=True, kind__in=notice_kinds())

    def unread(self) -> Self:
        return self.in_bell().filter(read_at=None)

    def to_mail(self, now: datetime) -> Self:
        """What is to go out by now and is in no mail yet."""
        due = self.filter(send_after__lte=now, send_after__gt=now - STALE)
        return due.filter(mail=None, kind__in=notice_kinds())

    def too_old_to_mail(self, now: datetime) -> Self:
        """What has waited for longer than STALE, and stays in the bell alone."""
        return self.filter(send_after__lte=now - STALE, mail=None)


class MailQuerySet(models.QuerySet):
    def to_send(self, now: datetime) -> Self:
        """What is to be tried by now and nobody is sending; a claim older than CLAIM_HOLDS is of a sender that was killed."""
        is_free = Q(claimed_at=None) | Q(claimed_at__lte=now - CLAIM_HOLDS)
        return self.filter(is_free, sent_at=None, next_try_at__lte=now)

    def given_up(self) -> Self:
        return self.filter(sent_at=None, next_try_at=None)


class PreferenceQuerySet(models.QuerySet):
    def of(self, people: Any) -> set[tuple[int, str]]:
        """(person, kind) of each mail that these people do without."""
        return set(self.filter(user__in=people).values_list("user_id", "kind"))
