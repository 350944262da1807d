"""What happens when somebody signs in, or has a new password."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from core import clock
from people.enums import SecurityChange
from people.models import User
from people.selectors import branch_for_person
from people.services import tell_of_security


@receiver(user_logged_in, dispatch_uid="people.note_time_zone")
def note_time_zone(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The session carries the branch's zone, so that no page has to look it up."""
    branch = branch_for_person(user, clock.now())
    request.session["time_zone"] = branch.time_zone if branch else None


@receiver([password_changed, password_reset], dispatch_uid="people.tell_of_password")
def tell_of_password(sender: Any, user: User, **kwargs: Any) -> None:
    tell_of_security(person=user, change=SecurityChange.PASSWORD, now=clock.now())
