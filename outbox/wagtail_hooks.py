"""Registers the outbox in the admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from outbox.permissions import RETRY
from outbox.reports import OutboxReportView
from outbox.views.retrying import mail_retry


@hooks.register("register_admin_urls")
def register_outbox() -> list[URLPattern]:
    return [
        path("reports/outbox/", OutboxReportView.as_view(), name="outbox_report"),
        path("reports/outbox/results/", OutboxReportView.as_view(results_only=True), name="outbox_report_results"),
        path("reports/outbox/<uuid:public_id>/retry/", mail_retry, name="mail_retry"),
    ]


class OutboxMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(RETRY))


@hooks.register("register_reports_menu_item")
def register_outbox_menu_item() -> MenuItem:
    return OutboxMenuItem(_("Outbox"), reverse("outbox_report"), name="outbox", icon_name="mail", order=160)
