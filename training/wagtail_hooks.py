"""Registers the training part of the admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from training.views.moving import (
    scenario_export,
    scenario_file_schema,
    scenario_import,
    scenario_import_review,
)
from training.views.programs import program_assign, refuse_to_delete
from training.viewsets.moving import offer_to_take_along
from training.viewsets.programs import ProgramViewSet
from training.viewsets.scenarios import ScenarioViewSetGroup, scenario_check, warn_of_changed_clauses

register_snippet(ProgramViewSet)
register_snippet(ScenarioViewSetGroup)


@hooks.register("register_admin_urls")
def register_views() -> list[URLPattern]:
    return [
        path("programmes/<int:program_id>/assign/", program_assign, name="program_assign"),
        path("scenarios/<int:page_id>/check/", scenario_check, name="scenario_check"),
        path("scenarios/import/", scenario_import, name="scenario_import"),
        path(
            "scenarios/import/<slug:format_name>/<slug:digest>/", scenario_import_review, name="scenario_import_review"
        ),
        path("scenarios/schema.json", scenario_file_schema, name="scenario_file_schema"),
        path("scenarios/<int:page_id>/export/<slug:format_name>/", scenario_export, name="scenario_export"),
    ]


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
