"""What editors look at before they publish."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.permissions import admin_only
from people.middleware import SignedInRequest
from standards.selectors.impact import impact_for_editor


@admin_only
@require_safe
def chapter_impact(request: SignedInRequest, page_id: int) -> HttpResponse:
    """What publishing the latest draft of a chapter would touch."""
    found = impact_for_editor(request.user, page_id)
    if found is None:
        raise Http404
    draft, impact = found
    context = {"page": draft, "impact": impact, "page_title": _("Impact")}
    return render(request, "standards/admin/impact.html", context)
