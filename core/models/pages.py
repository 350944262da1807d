"""The page every page type of ours descends from: signed-in people of its audience only, and atomic publishing."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import Page, PageLogEntry


def publishing_user(revision: Any) -> Any:
    """Who publishes; Wagtail's signal doesn't say. Who wrote the revision, where a schedule does it; None for neither."""
    user = get_active_log_context().user
    if user is not None and user.is_authenticated:
        return user
    return revision.user if revision else None


def previously_live_revision_id(page: Page) -> int:
    """The revision that was live before the one that is being published, 0 for none. To be asked by a receiver: Wagtail logs after it."""
    published = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish", revision__isnull=False)
    return published.order_by("-pk").values_list("revision_id", flat=True).first() or 0


class FramedPreview:
    """The editor frames its previews: theirs is the strict policy of what they show, but for that one thing."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        response: HttpResponse = super().serve_preview(request, mode_name)  # type: ignore[misc]
        response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
        return response


class BasePage(FramedPreview, Page):
    """Holds content only. A learner's state and player live in views; `get_learner_url` says where.

    Wagtail serves a live page to anybody; `serve` does not, unless the class says `is_public`.
    """

    is_public = False

    class Meta:
        abstract = True

    def is_for(self, user: Any) -> bool:
        """Whether this person is in the page's audience: every active account, unless a subclass narrows it."""
        return user.is_authenticated and user.is_active

    def get_learner_url(self) -> str | None:
        """The address of the view that shows this page to learners, or None where the page shows itself."""
        return None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_public:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.is_for(request.user):
                raise Http404
        if address := self.get_learner_url():
            return redirect(address)
        return super().serve(request, *args, **kwargs)

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> None:
        """As Wagtail's, but whole or not at all: a receiver that fails leaves the page as it was.

        Wagtail's own edit view goes past this method; there the admin's POST is the transaction (config.urls).
        """
        with transaction.atomic(), LogContext(user=user or get_active_log_context().user):
            super().publish(revision, user=user, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().unpublish(*args, **kwargs)
