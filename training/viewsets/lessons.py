"""Lessons under an entry of the admin's menu."""

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

from core.permissions import admin_only
from people.middleware import SignedInRequest
from standards.reports.citations import check_citations, warn_of_outdated
from standards.selectors.citations import outdated_uses_unscoped
from training.models import LessonPage
from training.selectors.lessons import lesson_for_editor, lesson_key


class LessonIndexView(IndexView):
    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """With the codes of the clauses that changed since somebody looked at each lesson."""
        paginated = super().paginate_queryset(queryset, page_size)
        outdated = outdated_uses_unscoped()
        for page in paginated[2]:
            page.outdated = outdated[lesson_key(page)].codes if lesson_key(page) in outdated else ""
        return paginated


class LessonListingViewSet(PageListingViewSet):
    model = LessonPage
    index_view_class = LessonIndexView
    name = "lessons"
    icon = "glasses"
    menu_label = _("Lessons")
    menu_order = 205
    add_to_admin_menu = True
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("minutes", label=_("Minutes"), sort_key="minutes"),
        Column("outdated", label=_("To look through")),
        DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]


@admin_only
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_check(request: SignedInRequest, page_id: int) -> HttpResponse:
    """What changed in the clauses that a lesson cites since somebody looked at it."""
    page = lesson_for_editor(request.user, page_id)
    if page is None:
        raise Http404
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return check_citations(request, lesson_key(page), page.title, edit_url)


def warn_of_changed_clauses(request: SignedInRequest, page: Page) -> None:
    """Before the editor of a lesson is shown."""
    if request.method == "GET" and isinstance(page, LessonPage):
        warn_of_outdated(request, lesson_key(page))
