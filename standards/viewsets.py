"""The chapters under an entry of the admin's menu, and moving a clause from one to another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from core.permissions import admin_only
from people.middleware import SignedInRequest
from standards.forms import MoveForm
from standards.models import ChapterPage
from standards.selectors.chapters import chapters_to_move_to, clauses_to_move, draft_for_editor
from standards.services import NotMovable, move_clause


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


@admin_only
@require_http_methods(["GET", "HEAD", "POST"])
def chapter_move(request: SignedInRequest, page_id: int) -> HttpResponse:
    """Move a clause of a chapter's latest draft to another chapter: choose it, read what will happen, do it."""
    draft = draft_for_editor(request.user, page_id)
    if draft is None:
        raise Http404
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        initial={"clause": request.GET.get("clause")},
        clauses=clauses_to_move(draft),
        chapters=chapters_to_move_to(request.user, draft),
    )
    if form.is_valid():
        code, target = form.cleaned_data["clause"], form.cleaned_data["chapter"]
        try:
            move_clause(code=code, from_chapter=draft, to_chapter=target, by=request.user, now=request.now)
        except NotMovable as refused:
            form.add_error(None, refused.reason)
        else:
            told = gettext("%(code)s is in the draft of “%(target)s” now. Publish that chapter, then “%(source)s”.")
            messages.success(request, told % {"code": code, "target": target.title, "source": draft.title})
            return redirect("wagtailadmin_pages:edit", target.pk)
    context = {"page": draft, "form": form, "page_title": gettext("Move a clause")}
    return render(request, "standards/admin/move.html", context, status=422 if form.errors else 200)
