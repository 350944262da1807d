"""The page every page type of ours descends from: signed-in people of its audience only, and atomic publishing."""

from __future__ import annotations

import logging
from typing import Any

from csp.constants import SELF
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import Page, PageLogEntry

logger = logging.getLogger(__name__)

SCHEDULED = "wagtail.publish.scheduled"
"""Wagtail's name for a publication that `publish_scheduled` makes."""


class PublicationRefused(Exception):
    """This can't go live. Says why, and what to do, in words for the person who asked."""


def publishing_user(revision: Any) -> Any:
    """Who publishes; Wagtail's signal doesn't say. Who wrote the revision, where a schedule does it; None for neither."""
    user = get_active_log_context().user
    if user is not None and user.is_authenticated:
        return user
    return revision.user if revision else None


def last_publication(page: Page) -> PageLogEntry | None:
    """When a revision of the page last went live. Asked by a receiver, the one before: Wagtail logs after it."""
    published = PageLogEntry.objects.filter(
        page=page.pk, action__in=("wagtail.publish", SCHEDULED), revision__isnull=False
    )
    return published.order_by("-pk").first()


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

    @property
    def decision_url(self) -> str:
        """Where somebody decides on a change of this page with all that it touches in sight; empty where there is no such place."""
        return ""

    def publication_fault(self) -> str:
        """Why this draft can't go live as it stands, in words for its editor; empty if it can."""
        return ""

    def check_publication(self, revision: Any) -> None:
        """Raises PublicationRefused where this revision may not go live."""

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> None:
        """As Wagtail's, but whole or not at all: a receiver that fails leaves the page as it was.

        Wagtail's own edit view goes past this method; there the admin's POST is the transaction (config.urls). What goes live
        by schedule and can't is logged: it must not keep the next page from going live.
        """
        try:
            with transaction.atomic(), LogContext(user=user or get_active_log_context().user):
                self.check_publication(revision)
                super().publish(revision, user=user, **kwargs)
        except Exception:
            if kwargs.get("log_action") != SCHEDULED:
                raise
            logger.exception("Not published as scheduled: %s (page %s)", self, self.pk)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().unpublish(*args, **kwargs)
