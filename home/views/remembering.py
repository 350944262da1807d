"""How well a team remembers, for who supervises it: averages of five people and more, never one person's."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.selectors import organisation_today
from home.permissions import supervisors_only
from people.middleware import SignedInRequest
from quizzes.selectors.recall import team_strength_for_supervisor


@supervisors_only
@require_safe
def team_memory(request: SignedInRequest) -> HttpResponse:
    today = organisation_today(request.now)
    context = {"tab": "team", "teams": team_strength_for_supervisor(request.user, request.now, today), "today": today}
    return render(request, "home/team_memory.html", context)
