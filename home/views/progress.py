"""How far a supervisor's teams are: the share certified over a year, and how far people come."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.selectors import organisation_today
from home.forms.organisation import AsOfForm
from home.permissions import supervisors_only
from home.views.charts import funnel_of, trend_of
from people.middleware import SignedInRequest
from training.selectors.organisation import trend_unscoped
from training.selectors.progress import progress_for_supervisor


@supervisors_only
@require_safe
def team_progress(request: SignedInRequest) -> HttpResponse:
    form = AsOfForm(request.GET, today=organisation_today(request.now))
    progress = progress_for_supervisor(request.user, request.now, team=form.chosen.team, program=form.chosen.program)
    months = trend_unscoped(progress.chosen, request.now)
    context = {
        "tab": "team",
        "progress": progress,
        "total": progress.total,
        "trend": trend_of(months),
        "misses_months": any(month.tally is None for month in months),
        "funnel": funnel_of(progress.total),
    }
    return render(request, "home/team_progress.html", context)
