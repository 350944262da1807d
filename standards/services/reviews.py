"""Looking clauses through on their dates, and reminding whoever looks after them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.selectors import organisation_today
from outbox.contributions import NoticeKind, NoticeText
from outbox.services import Message, tell_many
from people.models import User
from people.selectors import zones_of_people
from standards.domain.reviews import Stage, next_review_limits
from standards.models import Clause, ClauseReview, ClauseReviewNote
from standards.selectors.keeping import DueReminder, due_reminders_unscoped
from standards.services import StandardsChanged


class ReviewDateRefused(Exception):
    """The next review would be today, in the past or too far away."""


def _review_text(context: Mapping[str, Any]) -> NoticeText:
    on = date_format(context["due_on"], "j F Y")
    due = _("It was due on %(day)s. We don’t ask again.") if context["is_last"] else _("It is due on %(day)s.")
    body = _("Does it still say what we do? Then press “Reviewed, no change”. If not, tell who writes the standards.")
    title = _("Read %(code)s “%(title)s” once more") % {"code": context["code"], "title": context["title"]}
    return NoticeText(title, f"{due % {'day': on}} {body}")


REVIEW_DUE = NoticeKind("review_due", gettext_lazy("Clauses to review"), _review_text)


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


def tell_of_due_reviews(*, now: datetime) -> int:
    """Tell each owner what is due for review, once, and once more when it has long been overdue; how many times that was."""
    due = due_reminders_unscoped(now)
    if not due:
        return 0
    zones = zones_of_people({reminder.owner.pk for reminder in due}, now)
    messages = [_message(reminder, zones[reminder.owner.pk]) for reminder in due]
    tell_many(kind=REVIEW_DUE.name, messages=messages, now=now)
    return len(due)


def _message(reminder: DueReminder, zone: ZoneInfo) -> Message:
    clause = reminder.clause
    context = {
        "code": clause.code,
        "title": clause.content.title,
        "due_on": reminder.due_on,
        "is_last": reminder.stage is Stage.OVERDUE,
    }
    return Message(reminder.owner.pk, reminder.key, context, reverse("clause_review", args=[clause.code]), zone)
