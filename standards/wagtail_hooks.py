"""Registers the standards' part of the admin."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from standards.reports import SignaturesReportView
from standards.viewsets import ChapterListingViewSet


@hooks.register("register_admin_viewset")
def register_chapters() -> ChapterListingViewSet:
    return ChapterListingViewSet()


@hooks.register("register_admin_urls")
def register_reports() -> list[URLPattern]:
    return [
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
