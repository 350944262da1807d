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
from wagtail.permissions import page_permission_policy

from people.middleware import SignedInRequest
from people.models import User
from standards import workflow
from standards.models import ChapterPage
from standards.reports.citations import OutdatedUsesReportView
from standards.reports.coverage import CoverageReportView
from standards.reports.enquiries import EnquiriesReportView
from standards.reports.impact import chapter_impact, decide_chapter
from standards.reports.reviews import ReviewsReportView
from standards.reports.signatures import SignaturesReportView
from standards.viewsets import ChapterListingViewSet, chapter_move


@hooks.register("register_admin_viewset")
def register_chapters() -> ChapterListingViewSet:
    return ChapterListingViewSet()


hooks.register("construct_page_action_menu", workflow.offer_approval)
hooks.register("before_edit_page", workflow.point_to_impact)
hooks.register("before_edit_page", workflow.tell_of_another_writer)
hooks.register("after_edit_page", workflow.say_why_not)
hooks.register("after_create_page", workflow.say_why_not)
hooks.register("before_bulk_action", workflow.say_why_not_in_bulk)
hooks.register("before_convert_alias_page", workflow.refuse_conversion)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_impact_and_move(page: Page, user: User, **context: Any) -> Iterator[Button]:
    if (
        issubclass(page.specific_class, ChapterPage)
        and page.specific_deferred.is_source()
        and page.permissions_for_user(user).can_edit()
    ):
        yield Button(_("Impact"), url=reverse("chapter_impact", args=[page.pk]), icon_name="view", priority=12)
        yield Button(_("Move a clause"), url=reverse("chapter_move", args=[page.pk]), icon_name="redirect", priority=14)


@hooks.register("register_admin_urls")
def register_reports() -> list[URLPattern]:
    return [
        path("standards/chapters/<int:page_id>/impact/", chapter_impact, name="chapter_impact"),
        path("standards/chapters/<int:page_id>/decision/", decide_chapter, name="decide_chapter"),
        path("standards/chapters/<int:page_id>/move/", chapter_move, name="chapter_move"),
        path("reports/signatures/", SignaturesReportView.as_view(), name="signatures_report"),
        path("reports/to-look-through/", OutdatedUsesReportView.as_view(), name="outdated_uses_report"),
        path(
            "reports/to-look-through/results/",
            OutdatedUsesReportView.as_view(results_only=True),
            name="outdated_uses_report_results",
        ),
        path(
            "reports/signatures/results/",
            SignaturesReportView.as_view(results_only=True),
            name="signatures_report_results",
        ),
        path("reports/reviews/", ReviewsReportView.as_view(), name="reviews_report"),
        path("reports/reviews/results/", ReviewsReportView.as_view(results_only=True), name="reviews_report_results"),
        path("reports/coverage/", CoverageReportView.as_view(), name="coverage_report"),
        path(
            "reports/coverage/results/", CoverageReportView.as_view(results_only=True), name="coverage_report_results"
        ),
        path("reports/questions/", EnquiriesReportView.as_view(), name="questions_report"),
        path(
            "reports/questions/results/",
            EnquiriesReportView.as_view(results_only=True),
            name="questions_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_signatures_menu_item() -> MenuItem:
    return MenuItem(_("Signatures"), reverse("signatures_report"), name="signatures", icon_name="tick", order=100)


@hooks.register("register_reports_menu_item")
def register_reviews_menu_item() -> MenuItem:
    return MenuItem(_("Reviews due"), reverse("reviews_report"), name="reviews", icon_name="calendar-check", order=110)


@hooks.register("register_reports_menu_item")
def register_coverage_menu_item() -> MenuItem:
    return MenuItem(_("Coverage"), reverse("coverage_report"), name="coverage", icon_name="tasks", order=120)


@hooks.register("register_reports_menu_item")
def register_questions_menu_item() -> MenuItem:
    return MenuItem(
        _("Questions and suggestions"), reverse("questions_report"), name="questions", icon_name="comment", order=130
    )


class EditorsMenuItem(MenuItem):
    def is_shown(self, request: SignedInRequest) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}))


@hooks.register("register_reports_menu_item")
def register_outdated_uses_menu_item() -> MenuItem:
    return EditorsMenuItem(
        _("To look through"), reverse("outdated_uses_report"), name="to-look-through", icon_name="rotate", order=140
    )
