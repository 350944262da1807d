"""Invitations by mail. The token is made when the mail is, so that the database never holds one; what is waiting is found by its row."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.domain.batches import BATCH, in_batches
from core.selectors import base_address, organisation
from people.models import Invitation, User
from people.selectors import hash_token
from people.services.accounts import INVITATION_DAYS

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 1000
MOST_FAILURES = 3
"""In a row: then the mail server is taken to be down, and the next run tries the others."""


@transaction.atomic
def request_invitations(*, user_ids: Iterable[int], by: User | None, now: datetime) -> int:
    """Ask for a mail to each of these active people, which `run_due` sends; how many will get one. Who waits for one already gets one."""
    ids = sorted(set(user_ids))
    asked = 0
    for some in in_batches(ids):
        users = User.objects.active().filter(pk__in=some).order_by("pk").select_for_update(no_key=True)
        active = list(users.values_list("pk", flat=True))
        waiting = Invitation.objects.waiting().filter(user__in=active)
        known = set(waiting.values_list("user_id", flat=True))
        dates: dict[str, Any] = {"requested_at": now, "expires_at": now + timedelta(days=INVITATION_DAYS)}
        waiting.update(**dates, invited_by=by, tries=0, tried_at=None)
        new = [Invitation(user_id=pk, invited_by=by, created_at=now, **dates) for pk in active if pk not in known]
        Invitation.objects.bulk_create(new, BATCH)
        asked += len(active)
    return asked


def send_due_invitations(*, now: datetime, most: int = MOST_AT_ONCE) -> int:
    """Mail what is waiting, each claimed and the claim committed before it goes out; how many went."""
    due = list(Invitation.objects.due(now).order_by("requested_at", "pk").values_list("pk", flat=True)[:most])
    sent = failures = 0
    connection = get_connection()
    for pk in due:
        claimed = _claim(pk, now)
        if claimed is None:
            continue
        try:
            connection.open()
            _message(*claimed, connection).send()
        except Exception:  # whatever a mail backend raises, the others are to get theirs
            logger.exception("Invitation %s wasn't sent", pk)
            connection.close()
            failures += 1
            if failures == MOST_FAILURES:
                break
        else:
            Invitation.objects.filter(pk=pk).update(sent_at=now)
            sent, failures = sent + 1, 0
    connection.close()
    return sent


@transaction.atomic
def _claim(pk: int, now: datetime) -> tuple[User, str] | None:
    """Who gets the mail, and the token to put in it; None where another run has it. Earlier links of this person stop working."""
    invitation = Invitation.objects.due(now).select_for_update(of=["self"], no_key=True).filter(pk=pk).first()
    if invitation is None:
        return None
    token = secrets.token_urlsafe(32)
    others = Invitation.objects.filter(user=invitation.user_id, accepted_at=None, expires_at__gt=now)
    others.exclude(pk=pk).update(expires_at=now)
    expires_at = now + timedelta(days=INVITATION_DAYS)
    Invitation.objects.filter(pk=pk).update(
        token_sha256=hash_token(token), expires_at=expires_at, tries=F("tries") + 1, tried_at=now
    )
    return invitation.user, token


def _message(user: User, token: str, connection: Any) -> EmailMultiAlternatives:
    """In the person's language, where the interface speaks it."""
    language = user.language if user.language in settings.INTERFACE_LANGUAGES else settings.LANGUAGE_CODE
    with override(language):
        context = {
            "person": user,
            "organisation": organisation(),
            "link": base_address() + reverse("invitation", args=[token]),
            "days": INVITATION_DAYS,
            "language": language,
        }
        subject = _("Your training account at %(organisation)s") % {"organisation": organisation().name}
        text, html = (render_to_string(f"people/mail/invitation.{kind}", context) for kind in ("txt", "html"))
    message = EmailMultiAlternatives(subject, text, to=[user.email], connection=connection)
    message.attach_alternative(html, "text/html")
    return message
