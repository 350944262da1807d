"""What was told to whom, and whether its mail went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Q
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy

from core.reports import ColumnsReportView
from outbox.contributions import notice_kinds
from outbox.enums import MailState
from outbox.models import Mail, Notice
from outbox.selectors import notices_for_report


@dataclass(frozen=True)
class OutboxLine:
    """A notice in the report. Not its words: a kind whose words can't be made is what one comes here to find."""

    person: str
    email: str
    kind: str
    told_at: datetime
    sent_at: datetime | None
    read_at: datetime | None
    mail_state: MailState
    tries: int
    error: str
    retry_url: str

    @property
    def state(self) -> str:
        return str(self.mail_state.label)


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.name, kind.label) for kind in notice_kinds().values()]


IN_STATE = {
    MailState.NO_MAIL: Q(mail=None, send_after=None, is_too_old=False),
    MailState.TOO_OLD: Q(mail=None, is_too_old=True),
    MailState.WAITING: Q(mail=None, send_after__isnull=False)
    | Q(mail__sent_at=None, mail__next_try_at__isnull=False, mail__error=""),
    MailState.SENT: Q(mail__sent_at__isnull=False),
    MailState.FAILED: Q(mail__sent_at=None, mail__next_try_at__isnull=False) & ~Q(mail__error=""),
    MailState.GIVEN_UP: Q(mail__isnull=False, mail__sent_at=None, mail__next_try_at=None),
}


class OutboxFilterSet(WagtailFilterSet):
    person = django_filters.CharFilter(label=gettext_lazy("Name or e-mail"), method="of_person")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Mail"),
        method="in_state",
        choices=[(state.name.lower(), state.label) for state in MailState],
    )
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=_kinds)

    class Meta:
        model = Notice
        fields: list[str] = []

    def of_person(self, found: Any, name: str, value: str) -> Any:
        return found.filter(Q(recipient__name__icontains=value) | Q(recipient__email__icontains=value))

    def in_state(self, found: Any, name: str, value: str) -> Any:
        return found.filter(IN_STATE[MailState[value.upper()]])


class MailColumn(Column):
    """The state with its error, and the button that tries again what was given up."""

    cell_template_name = "outbox/admin/mail_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "csrf_token": get_token(parent_context["request"])}


class OutboxReportView(ColumnsReportView):
    """The newest first."""

    page_title = gettext_lazy("Outbox")
    header_icon = "mail"
    index_url_name = "outbox_report"
    index_results_url_name = "outbox_report_results"
    filterset_class = OutboxFilterSet
    permission_policy = ModelPermissionPolicy(Mail)
    permission_required = "retry"
    export_filename = "outbox"
    columns = [
        Column("person", label=gettext_lazy("Person")),
        Column("email", label=gettext_lazy("E-mail")),
        Column("kind", label=gettext_lazy("Kind")),
        DateColumn("told_at", label=gettext_lazy("Told")),
        DateColumn("read_at", label=gettext_lazy("Read")),
        MailColumn("state", label=gettext_lazy("Mail")),
        DateColumn("sent_at", label=gettext_lazy("Sent")),
    ]
    list_export = ["person", "email", "kind", "told_at", "read_at", "state", "sent_at", "tries", "error"]
    export_headings = {"tries": gettext_lazy("Tries"), "error": gettext_lazy("Error")}

    def get_queryset(self) -> Any:
        return notices_for_report()

    def get_table(self, object_list: Any) -> Any:
        return super().get_table([_line(notice) for notice in object_list])

    def decorate_paginated_queryset(self, object_list: Any) -> list[OutboxLine]:
        return [_line(notice) for notice in object_list]


def _line(notice: Notice) -> OutboxLine:
    mail, state = notice.mail, notice.mail_state
    is_given_up = state is MailState.GIVEN_UP
    return OutboxLine(
        person=str(notice.recipient),
        email=notice.recipient.email,
        kind=str(notice_kinds()[notice.kind].label),
        told_at=notice.created_at,
        sent_at=mail.sent_at if mail else None,
        read_at=notice.read_at,
        mail_state=state,
        tries=mail.tries if mail else 0,
        error=mail.error if mail else "",
        retry_url=reverse("mail_retry", args=[mail.public_id]) if mail and is_given_up else "",
    )
