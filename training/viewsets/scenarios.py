"""Scenarios and their personas under one entry of the admin's menu."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.permissions import admin_only
from people.middleware import SignedInRequest
from standards.reports.citations import check_citations, warn_of_outdated
from standards.selectors.citations import outdated_uses_unscoped
from training.models import ScenarioPage
from training.selectors.scenarios import scenario_for_editor, scenario_key
from training.viewsets.moving import import_buttons
from training.viewsets.personas import PersonaViewSet


class ScenarioIndexView(IndexView):
    @property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *import_buttons(self.request.user)]

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """With the codes of the clauses that changed since somebody looked at each scenario."""
        paginated = super().paginate_queryset(queryset, page_size)
        outdated = outdated_uses_unscoped()
        for page in paginated[2]:
            page.outdated = outdated[scenario_key(page)].codes if scenario_key(page) in outdated else ""
        return paginated


class ScenarioListingViewSet(PageListingViewSet):
    model = ScenarioPage
    index_view_class = ScenarioIndexView
    icon = "comment"
    menu_label = _("Scenarios")
    menu_order = 1
    name = "scenarios"
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("persona", label=_("Persona"), sort_key="persona__name"),
        Column("minutes", label=_("Minutes"), sort_key="minutes"),
        Column("mastery_score", label=_("Mastery score"), sort_key="mastery_score"),
        Column("outdated", label=_("To look through")),
        DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]


class ScenarioViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Scenarios")
    menu_icon = "comment"
    menu_order = 210
    items = (ScenarioListingViewSet, PersonaViewSet)


@admin_only
@require_http_methods(["GET", "HEAD", "POST"])
def scenario_check(request: SignedInRequest, page_id: int) -> HttpResponse:
    """What changed in the clauses that a scenario's choices cite since somebody looked at it."""
    page = scenario_for_editor(request.user, page_id)
    if page is None:
        raise Http404
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return check_citations(request, scenario_key(page), page.title, edit_url)


def warn_of_changed_clauses(request: SignedInRequest, page: Page) -> None:
    """Before the editor of a scenario is shown."""
    if request.method == "GET" and isinstance(page, ScenarioPage):
        warn_of_outdated(request, scenario_key(page))
