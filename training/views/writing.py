"""What the editor of a scenario asks for while somebody writes."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.permissions import admin_only
from people.middleware import SignedInRequest
from training.selectors.scenarios import scenario_for_editor
from training.selectors.writing import findings_for_editor


@admin_only
@require_safe
def scenario_findings(request: SignedInRequest, page_id: int) -> HttpResponse:
    """A part of a page: what the linter says of the newest draft."""
    page = scenario_for_editor(request.user, page_id)
    if page is None:
        raise Http404
    return render(request, "training/admin/findings.html", {"findings": findings_for_editor(page)})
