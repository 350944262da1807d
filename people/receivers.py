"""What happens when somebody signs in, and when invitations are to be mailed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from core import clock
from people.models import Invitation, User
from people.selectors import branch_for_person
from people.signals import invitations_requested
from people.tasks import send_invitations


@receiver(user_logged_in, dispatch_uid="people.note_time_zone")
def note_time_zone(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The session carries the branch's zone, so that no page has to look it up."""
    branch = branch_for_person(user, clock.now())
    request.session["time_zone"] = branch.time_zone if branch else None


@receiver(invitations_requested, sender=Invitation, dispatch_uid="people.send_invitations")
def on_invitations_requested(sender: Any, **kwargs: Any) -> None:
    def enqueue() -> None:
        send_invitations.enqueue()

    # Robust: what can't be enqueued is found by its rows, and run_due sends it.
    transaction.on_commit(enqueue, robust=True)
