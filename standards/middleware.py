"""What the admin says to who wants to delete or unpublish a chapter that is in an edition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from standards.selectors.chapters import chapters_kept_unscoped

SINGLE = {"wagtailadmin_pages:delete": "delete", "wagtailadmin_pages:unpublish": "unpublish"}
BULK = "wagtail_bulk_action"


class ChaptersKeptMiddleware:
    """Refuses with what to do instead. Wagtail would say that the permission is missing, or leave the page out in silence.

    `ChapterPermissionTester` refuses the same; this is only the explanation.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        action, ids = _asked(request, kwargs)
        if not ids or not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        kept = chapters_kept_unscoped(ids, and_below=action == "delete")
        if not kept:
            return None
        message = (
            _("%(chapters)s can’t be deleted: editions and signatures rest on it.")
            if action == "delete"
            else _("%(chapters)s can’t be unpublished: editions and signatures rest on it.")
        )
        instead = _(
            "To end a chapter, take its clauses out and publish it: they are retired, and what was signed stays."
        )
        titles = ", ".join(f"“{chapter.title}”" for chapter in kept)
        messages.error(request, f"{message % {'chapters': titles}} {instead}")
        return redirect("wagtailadmin_explore", kept[0].get_parent().pk)


def _asked(request: HttpRequest, kwargs: dict[str, Any]) -> tuple[str, list[str]]:
    """What is to be done with which pages (ids as typed in the address); none where it's nothing of the kind."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name in SINGLE:
        return SINGLE[name], [str(kwargs["page_id"])]
    if name == BULK and (kwargs["app_label"], kwargs["model_name"]) == ("wagtailcore", "page"):
        is_about_it = kwargs["action"] in SINGLE.values()
        return kwargs["action"], [pk for pk in request.GET.getlist("id") if pk.isdecimal()] if is_about_it else []
    return "", []
