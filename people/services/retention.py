"""What is only kept for a while goes when the while is over: each model says after how many days (settings)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from people.contributions import PersonalData, personal_data
from people.selectors.personal_data import model_of


def forget_old_traces(*, now: datetime) -> int:
    """Delete the rows that have been kept for as long as the settings say; how many."""
    return sum(_forget(entry, now) for entry in personal_data().values() if entry.kept_for)


def _forget(entry: PersonalData, now: datetime) -> int:
    days: int | None = getattr(settings, entry.kept_for)
    if days is None:
        return 0
    old = {f"{entry.aged_by}__lt": now - timedelta(days=days)}
    deleted: int = (
        model_of(entry)._default_manager.filter(**old).order_by().delete()[1].get(model_of(entry)._meta.label, 0)
    )
    return deleted
