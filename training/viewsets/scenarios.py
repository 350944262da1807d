"""Scenarios and their personas under one entry of the admin's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from training.models import ScenarioPage
from training.viewsets.personas import PersonaViewSet


class ScenarioListingViewSet(PageListingViewSet):
    model = ScenarioPage
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
        DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]


class ScenarioViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Scenarios")
    menu_icon = "comment"
    menu_order = 210
    items = (ScenarioListingViewSet, PersonaViewSet)
