"""The public front page, and the root of everything below it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.models import BasePage


class HomePage(BasePage):
    """What anybody sees at `/`. Who is signed in goes on to their training."""

    is_public = True
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "home/landing.html"

    headline = models.CharField(_("headline"), max_length=120, default="Good service, written down and practised")
    lead = models.CharField(
        _("lead"),
        max_length=300,
        default="Read the standard, practise it on a customer who talks back, check yourself, and have it on paper.",
    )

    content_panels = [*BasePage.content_panels, FieldPanel("headline"), FieldPanel("lead")]

    class Meta:
        verbose_name = _("front page")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("my_training")
        return super().serve(request, *args, **kwargs)
