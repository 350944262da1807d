"""How the demo's company has looked its standards through."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.domain.dates import add_months
from core.selectors import organisation_today, organisation_zone
from standards.domain.reviews import MONTHS_AHEAD
from standards.models import ClauseVersion
from standards.selectors.keeping import kept_clauses_unscoped
from standards.services.reviews import record_review

FORGOTTEN = 6
"""Of so many clauses that were due, one was not looked through."""


def make_reviews(*, now: datetime) -> None:
    """Each owner has reviewed what was due some days after it was, or after it last changed; some have forgotten one."""
    today = organisation_today(now)
    due = [
        (one, one.owner, one.due_on)
        for one in kept_clauses_unscoped(now)
        if one.owner and one.due_on and one.due_on <= today
    ]
    versions = ClauseVersion.objects.select_related("clause").in_bulk([one.clause.version_id for one, *_ in due])
    for number, (one, owner, due_on) in enumerate(due, start=1):
        version = versions[one.clause.version_id]
        at = _some_days_after(due_on, version.published_at, days=number % 5)
        if number % FORGOTTEN and at < now:
            next_review_on = add_months(organisation_today(at), MONTHS_AHEAD)
            record_review(clause=version.clause, version=version.pk, next_review_on=next_review_on, by=owner, now=at)


def _some_days_after(due_on: date, published_at: datetime, days: int) -> datetime:
    """Ten in the morning, so many days after it was due and published."""
    zone = organisation_zone()
    day = max(due_on, published_at.astimezone(zone).date() + timedelta(days=1)) + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 10, tzinfo=zone)
