"""The states of training.domain.states as conditions on rows of ProgramStatus, each by itself, so that an index can serve it.

Where the database names the status of every row, see `ProgramStatusQuerySet.with_rank`. A test holds each condition against
`standing`, over every combination of facts.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from core.enums import Status


def shown_as(day: date) -> dict[Status, Q]:
    """What a row `with_overlays(day)` must be to be shown so on this day; of the nine, one holds."""
    is_done, has_expired = Q(completed_on__isnull=False), Q(expires_on__isnull=False, expires_on__lt=day)
    is_in_window = Q(opens_on__isnull=False, opens_on__lte=day)
    holds = is_done & (Q(expires_on__isnull=True) | Q(expires_on__gte=day))
    is_certified = holds & (Q(opens_on__isnull=True) | Q(opens_on__gt=day))
    never = Q(completed_on__isnull=True)
    # Something is asked: never done, expired, or the window is open.
    asked = Q(is_released=False) & (never | has_expired | is_in_window)
    free = asked & Q(is_waived=False, is_on_leave=False)
    in_time = never & (Q(due_on__isnull=True) | Q(due_on__gte=day))
    return {
        Status.RELEASED: Q(is_released=True),
        Status.CERTIFIED: Q(is_released=False) & is_certified,
        Status.WAIVED: asked & Q(is_waived=True),
        Status.ON_LEAVE: asked & Q(is_waived=False, is_on_leave=True),
        Status.EXPIRED: free & is_done & has_expired,
        Status.REFRESH: free & holds & is_in_window,
        Status.OVERDUE: free & never & Q(due_on__isnull=False, due_on__lt=day),
        Status.IN_PROGRESS: free & in_time & Q(done__gt=0),
        Status.ASSIGNED: free & in_time & Q(done=0),
    }
