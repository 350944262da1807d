"""The chapters under an entry of the admin's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.pages import PageListingViewSet

from standards.models import ChapterPage


class ChapterListingViewSet(PageListingViewSet):
    model = ChapterPage
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
