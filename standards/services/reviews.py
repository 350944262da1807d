"""Looking clauses through on their dates, and reminding whoever looks after them."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.translation import ngettext

from core.selectors import base_address, organisation_today
from people.models import User
from standards.domain.reviews import may_send, next_review_limits
from standards.models import Clause, ClauseReview, ClauseReviewNote, ReviewReminder
from standards.selectors.keeping import DueReminder, due_reminders_unscoped
from standards.services import StandardsChanged

logger = logging.getLogger(__name__)


class ReviewDateRefused(Exception):
    """The next review would be today, in the past or too far away."""


@transaction.atomic
def record_review(
    *, clause: Clause, version: int, next_review_on: date, note: str = "", by: User, now: datetime
) -> ClauseReview:
    """Somebody looked a clause through and found nothing to change. version: id of the ClauseVersion that they saw.

    The same review twice on one day is one. Raises StandardsChanged where another version is in force by now or the clause is
    retired, ReviewDateRefused for a next review that is too near or too far.
    """
    locked = Clause.objects.select_for_update(no_key=True).get(pk=clause.pk)
    if locked.retired_at or locked.current_version_id != version:
        raise StandardsChanged
    today = organisation_today(now)
    first, last = next_review_limits(today)
    if not first <= next_review_on <= last:
        raise ReviewDateRefused
    same = ClauseReview.objects.filter(
        clause=locked, version_id=version, reviewed_by=by, next_review_on=next_review_on
    ).last()
    if same and organisation_today(same.reviewed_at) == today:
        return same
    review = ClauseReview.objects.create(
        clause=locked, version_id=version, reviewed_by=by, reviewed_at=now, next_review_on=next_review_on
    )
    if note:
        ClauseReviewNote.objects.create(review=review, text=note)
    return review


def send_review_reminders(*, now: datetime) -> int:
    """Mail each owner what is due for review, once, and once more when it has long been overdue; how many mails went out.

    Each mail is claimed and the claim committed before it goes out, so that no crash sends it for ever. Where the mail server
    doesn't take one, the claim is given back for the next run, and the other owners still get theirs.
    """
    sent = 0
    for owner, due in due_reminders_unscoped(now).items():
        claimed = _claim_reminders(owner, due, now)
        if not claimed:
            continue
        rows = ReviewReminder.objects.filter(pk__in=claimed)
        try:
            _mail_reminders(owner, claimed.values())
        except Exception:  # whatever a mail backend raises, the others are to get theirs
            logger.exception("No review reminder for %s", owner.pk)
            rows.update(tries=F("tries") - 1, tried_at=None)
        else:
            rows.update(sent_at=now)
            sent += 1
    return sent


@transaction.atomic
def _claim_reminders(owner: User, due: Iterable[DueReminder], now: datetime) -> dict[int, DueReminder]:
    """Reminder id → what it is about, of those that this run may send."""
    User.objects.lock(owner)
    claimed = {}
    for reminder in due:
        row, _ = ReviewReminder.objects.get_or_create(
            clause_id=reminder.clause.clause_id, due_on=reminder.due_on, stage=reminder.stage.value, owner=owner
        )
        if may_send(tries=row.tries, tried_at=row.tried_at, sent_at=row.sent_at, now=now):
            claimed[row.pk] = reminder
    ReviewReminder.objects.filter(pk__in=claimed).update(tries=F("tries") + 1, tried_at=now)
    return claimed


def _mail_reminders(owner: User, due: Collection[DueReminder]) -> None:
    subject = ngettext("%(count)s clause is due for review", "%(count)s clauses are due for review", len(due))
    context = {"owner": owner, "due": due, "base_address": base_address()}
    send_mail(
        subject=subject % {"count": len(due)},
        message=render_to_string("standards/mail/review_due.txt", context),
        from_email=None,
        recipient_list=[owner.email],
    )
