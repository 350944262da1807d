"""What happens when somebody signs in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from core import clock
from people.models import User
from people.selectors import branch_for_person


@receiver(user_logged_in, dispatch_uid="people.note_time_zone")
def note_time_zone(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The session carries the branch's zone, so that no page has to look it up."""
    branch = branch_for_person(user, clock.now())
    request.session["time_zone"] = branch.time_zone if branch else None
