"""Sending what waits.

Once is what the rows promise: a notice is in one mail, and a mail that the server took is never sent again. What no row can
know is whether the server took a mail whose sender was killed before it could write that down. Such a mail is sent once more: a
second copy does no harm and bears the same Message-ID, by which mailboxes drop it, while a missed deadline does. Each try is
counted before it is made, so that a mail that kills its sender isn't tried for ever.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import get_connection
from django.db import transaction

from outbox.contributions import optional_kinds
from outbox.domain.retrying import next_try
from outbox.models import Mail, Notice, NoticePreference
from outbox.services.composing import composed

logger = logging.getLogger(__name__)

PEOPLE_AT_ONCE = 500
LONGEST_RUN = timedelta(minutes=10)
"""Less than CLAIM_HOLDS, so that nobody takes a slow sender for one that was killed; the next run goes on."""


def send_due_mail(*, now: datetime) -> int:
    """Gather what is due, one mail a person, and send it; how many mails the server took.

    A mail that it refuses keeps the error and waits for its next try. Where the server can't be reached at all, nothing is tried
    and what the mail backend raises is raised: the run of due work then says so.
    """
    Notice.objects.too_old_to_mail(now).update(send_after=None, is_too_old=True)
    while _gather(now=now):
        pass
    if not Mail.objects.to_send(now).exists():
        return 0
    sent, ends, server = 0, time.monotonic() + LONGEST_RUN.total_seconds(), get_connection()
    try:
        while time.monotonic() < ends:
            server.open()
            mail = _claim(now=now)
            if mail is None:
                break
            sent += _is_sent(mail, server, now=now)
    finally:
        with suppress(Exception):
            server.close()
    return sent


def retry_mail(*, mail: Mail, by: Any, now: datetime) -> None:
    """Try a mail that was given up once more, with the next run. It keeps its count, so that a refusal gives it up at once."""
    if Mail.objects.given_up().filter(pk=mail.pk).update(next_try_at=now):
        logger.info("Mail %s is tried again by %s", mail.pk, by.pk)


@transaction.atomic
def _gather(*, now: datetime) -> bool:
    """Put what some people are due into one mail each; False where nobody is due anything."""
    due = Notice.objects.to_mail(now)
    people = list(due.order_by().values_list("recipient", flat=True).distinct()[:PEOPLE_AT_ONCE])
    locked = due.filter(recipient__in=people).select_related("recipient").order_by("created_at", "pk")
    notices = list(locked.select_for_update(skip_locked=True, of=("self",)))
    refused = NoticePreference.objects.of(people)
    wanted = defaultdict(list)
    for notice in notices:
        is_refused = notice.kind in optional_kinds() and (notice.recipient_id, notice.kind) in refused
        if notice.recipient.is_active and not is_refused:
            wanted[notice.recipient_id].append(notice)
    mails = Mail.objects.bulk_create(Mail(recipient_id=pk, created_at=now, next_try_at=now) for pk in wanted)
    for mail in mails:
        for notice in wanted[mail.recipient_id]:
            notice.mail = mail
    Notice.objects.filter(pk__in=[notice.pk for notice in notices if notice.mail is None]).update(send_after=None)
    Notice.objects.bulk_update([notice for notice in notices if notice.mail], ["mail"], batch_size=PEOPLE_AT_ONCE)
    return bool(notices)


@transaction.atomic
def _claim(*, now: datetime) -> Mail | None:
    """The next mail to send, marked as ours; None where others were quicker."""
    free = Mail.objects.to_send(now).select_for_update(skip_locked=True).order_by("next_try_at", "pk")
    mail = free.first()
    if mail:
        mail.claimed_at, mail.tries = now, mail.tries + 1
        if next_try(mail.tries, now) is None:
            mail.next_try_at = None  # nobody tries it again if we are killed
        mail.save(update_fields=["claimed_at", "tries", "next_try_at"])
    return mail


def _is_sent(mail: Mail, server: Any, *, now: datetime) -> bool:
    rows = Mail.objects.filter(pk=mail.pk)
    try:
        composed(mail=mail, connection=server).send()
    except Exception as error:  # whatever it is, the others are to get theirs
        # What a mail server says holds the address, which the log is not to keep: it stands in the row.
        is_ours = not isinstance(error, OSError)
        logger.warning("Mail %s wasn't sent: %s", mail.pk, type(error).__name__, exc_info=is_ours)
        rows.update(claimed_at=None, next_try_at=next_try(mail.tries, now), error=f"{type(error).__name__}: {error}")
        with suppress(Exception):
            server.close()
        return False
    rows.update(claimed_at=None, next_try_at=None, sent_at=now, error="")
    return True
