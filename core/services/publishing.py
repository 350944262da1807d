"""Publishing what waited for its time."""

from __future__ import annotations

from datetime import datetime

from django.core.management import call_command
from wagtail.models import Revision


def publish_scheduled(*, now: datetime) -> int:
    """Let go live what was scheduled until now. What can't is logged (BasePage.publish), stays scheduled and isn't counted."""
    scheduled = Revision.objects.filter(approved_go_live_at__lt=now)
    due = scheduled.count()
    call_command("publish_scheduled")
    return due - scheduled.count()
