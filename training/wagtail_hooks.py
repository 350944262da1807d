"""Registers the training part of the admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from people.middleware import SignedInRequest
from people.models import User
from training.models import ScenarioPage
from training.reports.plays import ClausesInPlayReportView, ScenarioPlayReportView, ScenariosPlayReportView
from training.views.deltas import delta, deltas
from training.views.moving import (
    scenario_export,
    scenario_file_schema,
    scenario_import,
    scenario_import_review,
)
from training.views.programs import program_assign, program_audience, refuse_to_delete
from training.views.writing import scenario_findings
from training.viewsets import lessons
from training.viewsets.moving import offer_to_take_along
from training.viewsets.programs import ProgramViewSet
from training.viewsets.scenarios import ScenarioViewSetGroup, scenario_check, warn_of_changed_clauses

register_snippet(ProgramViewSet)
register_snippet(ScenarioViewSetGroup)


@hooks.register("register_admin_viewset")
def register_lessons() -> lessons.LessonListingViewSet:
    return lessons.LessonListingViewSet()


@hooks.register("register_admin_urls")
def register_views() -> list[URLPattern]:
    return [
        path("programmes/<int:program_id>/assign/", program_assign, name="program_assign"),
        path("programmes/<int:program_id>/audience/", program_audience, name="program_audience"),
        path("changes/", deltas, name="deltas"),
        path("changes/<int:number>/", delta, name="delta"),
        path("lessons/<int:page_id>/check/", lessons.lesson_check, name="lesson_check"),
        path("scenarios/<int:page_id>/check/", scenario_check, name="scenario_check"),
        path("scenarios/import/", scenario_import, name="scenario_import"),
        path(
            "scenarios/import/<slug:format_name>/<slug:digest>/", scenario_import_review, name="scenario_import_review"
        ),
        path("scenarios/schema.json", scenario_file_schema, name="scenario_file_schema"),
        path("scenarios/<int:page_id>/export/<slug:format_name>/", scenario_export, name="scenario_export"),
        path("scenarios/<int:page_id>/findings/", scenario_findings, name="scenario_findings"),
    ]


@hooks.register("register_admin_urls")
def register_play_reports() -> list[URLPattern]:
    reports = [
        ("reports/play/", ScenariosPlayReportView, "play_report"),
        ("reports/play/clauses/", ClausesInPlayReportView, "clauses_in_play_report"),
        ("reports/play/<int:page_id>/", ScenarioPlayReportView, "scenario_play_report"),
    ]
    return [
        entry
        for route, view, name in reports
        for entry in (
            path(route, view.as_view(), name=name),
            path(f"{route}results/", view.as_view(results_only=True), name=f"{name}_results"),
        )
    ]


class PlayReportMenuItem(MenuItem):
    def is_shown(self, request: SignedInRequest) -> bool:
        return request.user.has_perm("quizzes.change_question")


@hooks.register("register_reports_menu_item")
def register_play_report_menu_item() -> MenuItem:
    return PlayReportMenuItem(
        _("Learning from play"), reverse("play_report"), name="learning-from-play", icon_name="comment", order=155
    )


class DeltasMenuItem(MenuItem):
    def is_shown(self, request: SignedInRequest) -> bool:
        return request.user.has_perm("training.view_program")


@hooks.register("register_admin_menu_item")
def register_deltas_menu_item() -> MenuItem:
    return DeltasMenuItem(_("What changed"), reverse("deltas"), name="what-changed", icon_name="rotate", order=245)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_play_report(page: Page, user: User, **context: Any) -> Iterator[Button]:
    if (
        issubclass(page.specific_class, ScenarioPage)
        and page.specific_deferred.is_source()
        and page.first_published_at
        and user.has_perm("quizzes.change_question")
    ):
        url = reverse("scenario_play_report", args=[page.pk])
        yield Button(_("Learning from play"), url=url, icon_name="comment", priority=16)


hooks.register("before_edit_page", lessons.warn_of_changed_clauses)
hooks.register("before_edit_page", warn_of_changed_clauses)
hooks.register("register_page_header_buttons", offer_to_take_along)
hooks.register("register_page_listing_more_buttons", offer_to_take_along)


@hooks.register("before_delete_page")
def keep_pages_of_programs(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse_to_delete(request, [page])


@hooks.register("before_bulk_action")
def keep_pages_of_programs_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    deletes_pages = action_type == "delete" and all(isinstance(found, Page) for found in objects)
    return refuse_to_delete(request, objects) if deletes_pages else None
