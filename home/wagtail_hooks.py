"""Trims the admin to what people need here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.panels import StartPanel
from home.views.operations import job_again, long_job, operations
from people.middleware import SignedInRequest

HIDDEN = {"documents", "help"}


@hooks.register("construct_main_menu")
def hide_what_nobody_uses(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN]


@hooks.register("construct_homepage_summary_items", order=100)
def hide_documents_summary(request: HttpRequest, summary_items: list[Any]) -> None:
    summary_items[:] = [item for item in summary_items if "document" not in type(item).__name__.lower()]


@hooks.register("construct_homepage_panels")
def say_where_to_start(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(StartPanel())


@hooks.register("insert_global_admin_css")
def link_our_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("register_admin_urls")
def register_operations() -> list[URLPattern]:
    return [
        path("operations/", operations, name="operations"),
        path("operations/jobs/<uuid:job_id>/again/", job_again, name="job_again"),
        path("operations/jobs/<uuid:public_id>/", long_job, name="long_job"),
    ]


class OperationsMenuItem(MenuItem):
    def is_shown(self, request: SignedInRequest) -> bool:
        return request.user.has_perm("core.operate")


@hooks.register("register_reports_menu_item")
def register_operations_menu_item() -> MenuItem:
    return OperationsMenuItem(_("Operations"), reverse("operations"), name="operations", icon_name="cogs", order=900)


class OrganisationMenuItem(MenuItem):
    def is_shown(self, request: SignedInRequest) -> bool:
        return request.user.has_perm("people.view_all_people")


@hooks.register("register_reports_menu_item")
def register_organisation_menu_item() -> MenuItem:
    return OrganisationMenuItem(
        _("Organisation"), reverse("organisation"), name="organisation", icon_name="table", order=10
    )
