"""Trims the admin to what people need here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.panels import StartPanel

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
