"""Admin: one more try for a mail that was given up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.middleware import TimedRequest
from outbox.permissions import who_runs_the_outbox
from outbox.selectors import mails_for_report
from outbox.services import retry_mail


@who_runs_the_outbox
@require_POST
def mail_retry(request: TimedRequest, public_id: UUID) -> HttpResponse:
    mail = get_object_or_404(mails_for_report(), public_id=public_id)
    retry_mail(mail=mail, by=request.user, now=request.now)
    messages.success(request, _("The mail goes out with the next run of what is due, if the mail server takes it."))
    return redirect("outbox_report")
