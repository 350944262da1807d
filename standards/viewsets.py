"""The chapters under an entry of the admin's menu."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from standards.models import ChapterPage


class ChapterIndexView(IndexView):
    """In the order of the document, unless asked otherwise."""

    default_ordering = "path"

    def order_queryset(self, queryset: Any) -> Any:
        return queryset.order_by("path") if self.ordering == "path" else super().order_queryset(queryset)


class ChapterListingViewSet(PageListingViewSet):
    model = ChapterPage
    index_view_class = ChapterIndexView
    name = "standards"
    icon = "doc-full"
    menu_label = _("Standards")
    menu_order = 200
    add_to_admin_menu = True
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Chapter"), sort_key="title", classname="title"),
        Column("summary", label=_("Summary")),
        DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]
