"""Registers the standards' part of the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from people.models import User
from standards.models import ChapterPage
from standards.reports import SignaturesReportView, chapter_impact
from standards.viewsets import ChapterListingViewSet


@hooks.register("register_admin_viewset")
def register_chapters() -> ChapterListingViewSet:
    return ChapterListingViewSet()


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_impact(page: Page, user: User, **context: Any) -> Iterator[Button]:
    if (
        issubclass(page.specific_class, ChapterPage)
        and page.specific_deferred.is_source()
        and page.permissions_for_user(user).can_edit()
    ):
        yield Button(_("Impact"), url=reverse("chapter_impact", args=[page.pk]), icon_name="view", priority=12)


@hooks.register("register_admin_urls")
def register_reports() -> list[URLPattern]:
    return [
        path("standards/chapters/<int:page_id>/impact/", chapter_impact, name="chapter_impact"),
        path("reports/signatures/", SignaturesReportView.as_view(), name="signatures_report"),
        path(
            "reports/signatures/results/",
            SignaturesReportView.as_view(results_only=True),
            name="signatures_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_signatures_menu_item() -> MenuItem:
    return MenuItem(_("Signatures"), reverse("signatures_report"), name="signatures", icon_name="tick", order=100)
